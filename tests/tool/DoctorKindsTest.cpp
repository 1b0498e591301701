// `tram doctor` about the kinds of content: the real tool beside a share directory that somebody has edited.
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "crypto/Keys.h"
#include "device/Enrolment.h"
#include "tests/gateway/LiveCity.h"
#include "tests/support/CityPacks.h"

using namespace tram;
namespace fs = std::filesystem;

namespace {

struct Doctor {
    Doctor() {
        for (const char* made : {"bin", "share/tram"}) fs::create_directories(dir / made);
        fs::copy_file(TRAM_TOOL, dir / "bin/tram");
        fs::copy(TRAM_BINARY_DIR "/share/tram/catalogue", dir / "share/tram/catalogue",
                 fs::copy_options::recursive);
        for (const char* beside : {"locale", "api", "content"})
            fs::create_symlink(fs::path(TRAM_BINARY_DIR "/share/tram") / beside, dir / "share/tram" / beside);
        std::ofstream(dir / "kiosk.json")
            << R"({"demo": true, "gateway_url": "http://127.0.0.1:9", "data_dir": ")"
            << (dir / "data").string() << R"(", "runtime_dir": ")" << (dir / "run").string() << "\"}";
    }
    std::string said() const {
        int exit = 0;
        return test::runAndRead({(dir / "bin/tram").string(), "doctor", "--lang", "en", "--config",
                                 (dir / "kiosk.json").string()},
                                exit);
    }
    void put(const char* name, const std::string& text) const {
        std::ofstream(dir / "share/tram/catalogue/kinds" / name) << text;
    }
    test::TempDir dir;
};

}  // namespace

TEST_CASE("tram doctor names each file of a kind that cannot be read") {
    const Doctor doctor;
    const auto whole = doctor.said();
    INFO(whole);
    CHECK(whole.find("Kinds of content: ") != std::string::npos);
    CHECK(whole.find("kinds can be read") != std::string::npos);
    doctor.put("library.json", R"({"kind": "library"})");
    doctor.put("theatre.json", "{");
    const auto broken = doctor.said();
    INFO(broken);
    CHECK(broken.find("kinds can be read") == std::string::npos);
    CHECK(broken.find("library.json") != std::string::npos);
    CHECK(broken.find("theatre.json") != std::string::npos);
}

TEST_CASE("tram doctor names the pack and the kind of what is published and not known here") {
    const Doctor doctor;
    fs::create_directories(doctor.dir / "data");
    test::PackKiosk kiosk(doctor.dir / "data");
    REQUIRE(kiosk.store.pin(kiosk.pinOf(kiosk.city.root())));
    const auto made = test::makePack("extra", "Thư viện", 0, "library");
    kiosk.place(made);
    auto trust = kiosk.store.trust().value();
    REQUIRE(kiosk.store.put(trust, kiosk.manifestOf(1, {made.named}), kiosk.clock.wall()));
    wire::EnrolmentAnswer answer{"01890a5d-ac96-774b-bcce-b302099a8057",
                                 "K7M",
                                 "27154",
                                 "Trạm",
                                 kiosk.gatewayKey.verifyKey().text(),
                                 kiosk.gatewayKey.verifyKey().text(),
                                 "urn:x",
                                 "https://x.example",
                                 {{crypto::OpeningKey::generate().sealingKey().text(),
                                   "2026-01-01T00:00:00+07:00", "2027-01-01T00:00:00+07:00"}}};
    REQUIRE(device::Enrolment{std::move(answer), crypto::SigningKey::generate()}.save(doctor.dir / "data"));
    const auto said = doctor.said();
    INFO(said);
    CHECK(said.find("extra: library (1)") != std::string::npos);
    CHECK(said.find("groups.json") != std::string::npos);

    auto guide =
        nlohmann::json::parse(base::readFile(doctor.dir / "share/tram/catalogue/kinds/guide.json").value());
    guide["kind"] = "library";
    doctor.put("library.json", guide.dump());
    CHECK(doctor.said().find("extra: library") == std::string::npos);
}
