// `tram report` and `tram campaign` beside a real gateway: the same figures as the gateway's own command.
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/Clock.h"
#include "base/Files.h"
#include "campaign/ReportTable.h"
#include "content/WardCampaigns.h"
#include "tests/gateway/LiveCity.h"
#include "tests/support/PaperReader.h"
#include "tests/support/TempDir.h"

using namespace tram;
using nlohmann::json;

namespace {

struct Said {
    std::string out;
    int exit = 0;
};

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != text.npos;
}

/// A station that is enrolled at a pretend city.
struct WardStation {
    test::LiveCity city;
    test::TempDir dir;
    std::string config = (dir / "kiosk.json").string();

    WardStation() {
        std::ofstream(config) << json{
            {"demo", true},
            {"gateway_url", city.url()},
            {"data_dir", (dir / "data").string()},
            {"runtime_dir",
             (dir / "run").string()}}.dump();
        REQUIRE(ask({"enrol", "--code", city.enrolmentCode()}).exit == 0);
    }
    Said ask(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--config", config, "--lang", "en"});
        std::vector<std::string> argv{"/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&1", TRAM_TOOL};
        argv.insert(argv.end(), arguments.begin(), arguments.end());
        Said said;
        said.out = test::runAndRead(argv, said.exit);
        return said;
    }
};

std::string today() {
    return base::toRfc3339(base::SystemClock().wall()).substr(0, 10);
}

/// As `tram-gateway report ward` prints it.
std::string linesOf(const wire::WardReport& report) {
    std::string lines;
    for (const auto& row : report.rows)
        lines += row.key + "\t" + row.errand + "\t" + std::to_string(row.count) + "\n";
    return lines;
}

}  // namespace

TEST_CASE("tram report tells what the gateway's own command tells, and without a line what it told last") {
    WardStation station;
    for (const char* by : {"errand", "day", "unit", "outcome"}) {
        const auto said =
            station.ask({"report", "--by", by, "--from", "2026-11-01", "--to", today(), "--json"});
        REQUIRE(said.exit == 0);
        const auto report = wire::WardReport::parse(said.out.substr(0, said.out.size() - 1));
        REQUIRE(report);
        CHECK_FALSE(report->rows.empty());
        CHECK(linesOf(*report) == station.city.tool({"report", "ward", "--ward", report->ward, "--by", by,
                                                     "--from", "2026-11-01", "--to", today()}));
        // Each figure of the table stands in what is printed for people.
        const auto table = campaign::tableOf(*report);
        const auto shown = station.ask({"report", "--by", by, "--from", "2026-11-01", "--to", today()});
        CHECK(shown.exit == 0);
        for (const auto& row : table.rows)
            for (const auto count : row.counts) CHECK(holds(shown.out, " " + std::to_string(count)));
    }
    station.city.cutLine();
    const auto kept = station.ask({"report", "--by", "unit"});
    CHECK(kept.exit == 0);
    CHECK(holds(kept.out, "the report of last time"));
    CHECK(holds(kept.out, "Khu phố 1"));
    CHECK(station.city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("tram report without anything kept says what is wrong") {
    WardStation station;
    CHECK(station.ask({"report", "--from", "2026-11-31"}).exit == 1);
    CHECK(station.ask({"report", "--from", "2026-11-01", "--to", "2025-11-01"}).exit == 1);
    CHECK(station.ask({"report", "--by", "name"}).exit != 0);
    station.city.cutLine();
    CHECK(station.ask({"report"}).exit == 1);
    CHECK(station.ask({"campaign", "list"}).exit == 1);
}

TEST_CASE("tram campaign tells how far each is, and makes its poster") {
    WardStation station;
    const auto said = station.ask({"campaign", "list"});
    REQUIRE(said.exit == 0);
    const auto told = content::WardCampaigns(station.dir / "data").read();
    REQUIRE(told);
    REQUIRE(told->all.size() == 2);
    for (const auto& campaign : told->all) {
        CHECK(holds(said.out, campaign.id + ": " + campaign.title.en));
        CHECK(holds(said.out, std::to_string(campaign.counted()) + "/" + std::to_string(campaign.target())));
        for (const auto& unit : campaign.units) CHECK(holds(said.out, unit.name));
    }
    CHECK(holds(said.out, "nothing told yet"));
    const auto file = (station.dir / "poster.pdf").string();
    REQUIRE(station.ask({"campaign", "poster", "cong-dan-so-2026", file}).exit == 0);
    const auto bytes = base::readFile(file);
    REQUIRE(bytes);
    test::PaperReader reader(std::vector<unsigned char>(bytes->begin(), bytes->end()));
    CHECK(holds(reader.text(), "Công dân số"));
    const auto codes = test::PaperReader::codes(reader.pictures().at(0));
    REQUIRE_FALSE(codes.empty());
    CHECK(codes.front().ends_with("/muc/guide/cong-dan-so"));
    CHECK(station.ask({"campaign", "poster", "none-such", file}).exit == 1);
    station.city.cutLine();
    const auto kept = station.ask({"campaign", "list"});
    CHECK(kept.exit == 0);
    CHECK(holds(kept.out, "the figures of last time"));
    CHECK(holds(kept.out, "cong-dan-so-2026: "));
}
