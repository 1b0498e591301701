// `tram dossier`: how each code is read, and what a gateway says of it.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "tests/gateway/LiveCity.h"
#include "tests/support/TempDir.h"

using namespace tram;
using nlohmann::json;

namespace {

struct Told {
    std::string out;
    int exit = 0;
};

Told tell(const std::vector<std::string>& arguments) {
    std::vector<std::string> argv{"/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&1", TRAM_TOOL, "dossier"};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    Told told;
    told.out = test::runAndRead(argv, told.exit);
    return told;
}

}  // namespace

TEST_CASE("tram dossier says how each code is read") {
    const auto told =
        tell({"--read-only", " h29.25 – 26O310 – 0420", "G09.20-20260609-0092637", "H29.25-2603",
              "H29.25-26A310-0420", "HH29-260310-0420", std::string(300, 'H'), ""});
    CHECK(told.out ==
          "complete H29.25-260310-0420\n"
          "complete G09.20-20260609-0092637 elsewhere\n"
          "incomplete H29.25-2603\n"
          "wrong_shape H29.25-26A310-0420 day\n"
          "wrong_shape HH29-260310-0420 organisation\n"
          "too_long\n"
          "empty\n");
    CHECK(told.exit == 1);
    CHECK(tell({"--read-only", "H29.25-260310-0420"}).exit == 0);
}

TEST_CASE("tram dossier asks the gateway it is told where the dossier stands") {
    test::LiveCity city;
    const auto told = tell({"--gateway", city.url(), "h29.168-261105-0042", "H29.168-261105-0043"});
    CHECK(told.out.starts_with("complete H29.168-261105-0042 papers_asked promised="));
    CHECK(told.out.ends_with("\ncomplete H29.168-261105-0043 not_found\n"));
    CHECK(told.exit == 1);
    const auto line = json::parse(tell({"--json", "--gateway", city.url(), "h29.168-261105-0042"}).out);
    CHECK(line.at("code") == "H29.168-261105-0042");
    CHECK(line.at("dossier").at("state") == "papers_asked");
    CHECK(line.at("dossier").at("task").at("papers").size() == 1);
}
