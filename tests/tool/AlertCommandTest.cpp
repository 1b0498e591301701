// `tram alert show`, as an operator types it.
#include <catch2/catch.hpp>
#include <fstream>

#include "tests/gateway/LiveCity.h"
#include "tests/support/TempDir.h"

using namespace tram;
using Catch::Matchers::Contains;

namespace {

const std::string kSamples = TRAM_SOURCE_DIR "/resources/demo/alerts/";

std::string show(const std::vector<std::string>& arguments, int expected = 0) {
    std::vector<std::string> argv{"/bin/sh", "-c", "exec \"$0\" --lang en alert show \"$@\" 2>&1", TRAM_TOOL};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    int exit = 0;
    auto said = test::runAndRead(argv, exit);
    CHECK(exit == expected);
    return said;
}

}  // namespace

TEST_CASE("tram alert show says what a kiosk shows, where, and until when") {
    const auto tide = kSamples + "tide.xml", drill = kSamples + "drill.xml";
    const std::string morning = "2026-11-21T12:00:00+07:00";
    CHECK_THAT(show({tide, "--at", morning}), Contains("over the whole screen (Severe, Expected)") &&
                                                  Contains("High water") &&
                                                  Contains("until 20:00, 21/11/2026"));
    CHECK_THAT(show({tide, "--at", morning, "--language", "vi", "--ward", "27154"}),
               Contains("Nước triều lên cao") && Contains("1. Chuyển xe") && Contains("DEMO-TIDE-1"));
    CHECK_THAT(show({tide, "--at", "2026-11-21T20:00:00+07:00"}), Contains("run out"));
    CHECK_THAT(show({tide, "--at", "2026-11-21T09:39:59+07:00"}), Contains("holds from 09:40"));
    CHECK_THAT(show({drill, "--at", morning}), Contains("A DRILL"));
    const std::vector<std::string> there{drill, "--at", morning, "--geocode", "TRAM-WARD", "--ward"};
    const auto at = [&](const char* ward) {
        auto arguments = there;
        arguments.emplace_back(ward);
        return show(arguments);
    };
    CHECK_THAT(at("27154"), Contains("A DRILL"));
    CHECK_THAT(at("25747"), Contains("concerns other places"));
    CHECK_THAT(show({kSamples + "tide-cancel.xml"}),
               Contains("Cancel") && Contains("Ends DEMO-TIDE-1 of alerts@city.example, sent 09:40"));
}

TEST_CASE("tram alert show says exactly what is wrong") {
    test::TempDir dir;
    const auto wrong = [&](const std::string& text) {
        std::ofstream(dir / "a.xml") << text;
        return show({(dir / "a.xml").string()}, 1);
    };
    CHECK_THAT(wrong("<a"), Contains("not well-formed XML"));
    CHECK_THAT(wrong("<!DOCTYPE a><a/>"), Contains("DOCTYPE"));
    CHECK(wrong("<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'/>") == "sender: is missing\n");
    CHECK_THAT(wrong(std::string(400 * 1024, ' ')), Contains("large"));
    CHECK_THAT(show({(dir / "none.xml").string()}, 1), Contains("none.xml"));
    CHECK_THAT(show({kSamples + "tide.xml", "--ward", "1"}, 1), Contains("no ward"));
    CHECK_THAT(show({kSamples + "tide.xml", "--at", "noon"}, 1), Contains("2026-11-21T20:00:00+07:00"));
}
