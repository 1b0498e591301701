// `tram doctor` about the printer: the real tool, the real tram-print, a CUPS of our own.
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>

#include "tests/gateway/LiveCity.h"
#include "tests/support/PrintRoom.h"

using namespace tram;

namespace {

/// What it says of the printer, and the remedy's line if there is one.
std::string doctorOf(const nlohmann::json& printer) {
    const test::TempDir dir;
    nlohmann::json config{{"demo", true},
                          {"gateway_url", "http://127.0.0.1:9"},
                          {"data_dir", (dir / "data").string()},
                          {"runtime_dir", (dir / "run").string()}};
    if (!printer.is_null()) config["printer"] = printer;
    std::ofstream(dir / "kiosk.json") << config.dump();
    int exit = 0;
    const auto all = test::runAndRead(
        {TRAM_TOOL, "doctor", "--lang", "en", "--config", (dir / "kiosk.json").string()}, exit);
    std::smatch found;
    REQUIRE(std::regex_search(all, found, std::regex("(\\[[A-Z ]+\\] +Printer: .*\n)( +→ .*\n)?")));
    return found[0];
}

bool has(const std::string& text, const std::string& part) {
    INFO(text);
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("tram doctor of a station without a printer is not unwell for that") {
    const auto said = doctorOf(nullptr);
    CHECK(has(said, "[ OK ]"));
    CHECK(has(said, "none is configured"));
}

TEST_CASE("tram doctor looks at the queue and says what it lacks") {
    test::PrintRoom room;
    const auto of = [&](const char* queue) {
        return doctorOf({{"queue", queue}, {"stock", "a4"}, {"server", room.socket().string()}});
    };
    const auto fine = of("paper");
    CHECK(has(fine, "[ OK ]"));
    CHECK(has(fine, "queue paper is ready"));
    const auto absent = of("absent");
    CHECK(has(absent, "[BAD ]"));
    CHECK(has(absent, "no such queue: absent"));
    CHECK(has(absent, "lpstat -e"));
    room.stop();
    const auto away = of("paper");
    CHECK(has(away, "CUPS does not answer"));
    CHECK(has(away, "systemctl status cups"));
}
