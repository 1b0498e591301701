// The drill of docs/OPERATING.md, "Keys": the very lines that stand there, on a gateway that has lost its
// keys.
#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <sstream>

#include "KeyTools.h"
#include "base/Files.h"

using namespace tram;
using namespace tram::test;

namespace {

namespace fs = std::filesystem;

/// The lines of the first ```sh block after `heading`.
std::vector<std::string> blockAfter(const std::string& heading) {
    std::ifstream file(fs::path(TRAM_SOURCE_DIR) / "docs/OPERATING.md");
    std::vector<std::string> lines;
    bool under = false, inside = false;
    for (std::string line; std::getline(file, line);) {
        if (line.find(heading) != line.npos) under = true;
        if (inside && line == "```") return lines;
        if (inside) lines.push_back(line);
        if (under && line == "```sh") inside = true;
    }
    FAIL("no commands under " << heading);
    return lines;
}

void replaceAll(std::string& text, const std::string& place, const std::string& value) {
    for (auto at = text.find(place); at != text.npos; at = text.find(place, at + value.size()))
        text.replace(at, place.size(), value);
}

/// Runs what an operator types; our supervisor is the test.
class Operator {
  public:
    explicit Operator(LiveCity& city) : city_(city) { writeSecret(safe_ / "passphrase", kPassphrase); }

    std::string type(std::string line) {
        INFO(line);
        if (line == "systemctl stop tram-gateway") {
            if (up_) REQUIRE(city_.stopGateway(SIGTERM) == 0);
            up_ = false;
            return "";
        }
        if (line == "systemctl start tram-gateway") {
            city_.startGateway();
            up_ = true;
            return "";
        }
        replaceAll(line, "tram-gateway ", std::string(TRAM_GATEWAY) + " ");
        replaceAll(line, "--config /etc/tram/gateway.json", "--data " + city_.dataDir().string());
        replaceAll(line, "/var/lib/tram-gateway", city_.dataDir().string());
        replaceAll(line, "/media/escrow", safe_.path().string());
        replaceAll(line, "/run/passphrase", safe_ / "passphrase");
        int code = 0;
        auto said = runAndRead({"/bin/sh", "-c", line}, code);
        CHECK(code == 0);
        return said;
    }
    /// What the last line said.
    std::string typeAll(const std::vector<std::string>& lines) {
        std::string said;
        for (const auto& line : lines) said = type(line);
        return said;
    }
    fs::path escrow() const { return safe_ / "keys.escrow"; }

  private:
    LiveCity& city_;
    TempDir safe_;
    bool up_ = true;
};

/// With the receipt's secret: asking again and again for what is not there yet uses up the budget of misses.
bool known(PretendKiosk& kiosk, const PretendKiosk::Sent& sent) {
    return eventually([&] { return kiosk.follow(sent.code, sent.secret).status == 200; });
}

/// A disk that gave some files back and others not.
void loseKeys(const fs::path& keys) {
    for (const auto& entry : fs::directory_iterator(keys))
        if (entry.path().filename().string().starts_with("sealing")) fs::remove(entry.path());
    fs::resize_file(keys / "identity.key", 7);
}

}  // namespace

TEST_CASE("keys that were lost come back by the documented drill, and no report is lost") {
    const auto escrowing = blockAfter("**The escrow.**"),
               recovering = blockAfter("**The drill, when keys are lost.**");
    CHECK(escrowing.size() == 2);
    CHECK(recovering.size() == 6);

    LiveCity city;
    PretendKiosk kiosk(city);
    Operator us(city);
    CHECK(us.typeAll(escrowing).find("NOT ESCROWED") == std::string::npos);
    const auto first = kiosk.report(), keptUnderFirst = kiosk.report();
    CHECK(kiosk.verdict(first.envelope) == "accepted");

    // A key younger than that escrow; then the keys are gone.
    CHECK(us.type("tram-gateway keys rotate --config /etc/tram/gateway.json").find("NOT ESCROWED") !=
          std::string::npos);
    const auto younger = told(city, kiosk);
    kiosk.place.sealingKeys = younger.keys;
    const auto keptUnderSecond = kiosk.report();
    const auto olderEscrow = us.escrow().string() + ".1", youngerEscrow = us.escrow().string() + ".2";
    fs::rename(us.escrow(), olderEscrow);
    us.typeAll(escrowing);
    fs::rename(us.escrow(), youngerEscrow);
    fs::rename(olderEscrow, us.escrow());
    loseKeys(city.dataDir() / "keys");

    // The drill, with the escrow that is too old.
    const auto quarantine = us.typeAll(recovering);
    CHECK(quarantine.empty());
    CHECK(fs::exists(city.dataDir() / "keys.lost/identity.key"));
    CHECK(kiosk.follow(first.code, first.secret).status == 200);
    CHECK(kiosk.verdict(first.envelope) == "replayed");  // the same gateway, the same store
    CHECK(kiosk.verdict(keptUnderFirst.envelope) == "accepted");
    CHECK(known(kiosk, keptUnderFirst));
    CHECK(kiosk.verdict(keptUnderSecond.envelope) ==
          "accepted");  // kept once for ever, though it cannot be opened
    CHECK(city.tool({"quarantine", "list"}).find("unknown_sealing_key") != std::string::npos);

    // Kiosks are told anew, above all that was said before, and seal to what can be opened.
    const auto now = told(city, kiosk);
    CHECK(now.version > younger.version);
    REQUIRE(now.keys.size() == 1);
    CHECK(now.keys[0].key == younger.keys[1].key);

    // The younger escrow turns up, beside the running gateway.
    fs::rename(youngerEscrow, us.escrow());
    CHECK(us.type(recovering[2]).find("1 brought back") != std::string::npos);
    CHECK(known(kiosk, keptUnderSecond));
    CHECK(us.type(recovering[5]).empty());
    CHECK(told(city, kiosk).keys.size() == 2);
    CHECK(told(city, kiosk).keys[0].key == younger.keys[0].key);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}
