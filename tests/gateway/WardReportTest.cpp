// What was done at a ward's stations: sums once for each action, the same for stations and for operators.
#include <catch2/catch.hpp>

#include "PretendKiosk.h"
#include "QuietCity.h"
#include "gateway/inbox/Halves.h"
#include "gateway/tally/WardReports.h"
#include "wire/GuideTally.h"
#include "wire/Rating.h"
#include "wire/Turn.h"

using namespace tram;
using namespace tram::test;
using By = wire::WardReport::By;

namespace {

struct WardDesk {
    QuietCity quiet{[](auto& config) { config.turns.source = "demo"; }};

    template <class Fields>
    void send(const Fields& fields, const std::string& day = "2026-11-20") {
        const auto sealed = quiet.seal("x", 0, [&](wire::ActionBody& body, auto&) {
            body.kind = std::string(Fields::kKind);
            body.createdAt = day + "T09:00:00+07:00";
            body.fieldsJson = fields.toJson();
        });
        REQUIRE(quiet.take(sealed.bytes).verdict == wire::ActionVerdict::Accepted);
        const auto wrong = quiet.city->quarantine.find(sealed.id);
        REQUIRE(wrong);
        REQUIRE((!*wrong || (*wrong)->reason.empty()));
    }
    wire::GuideTally tally(const std::string& unit, bool away, const std::string& outcome = "done") const {
        wire::GuideTally one{"vneid", "any", outcome, quiet.kiosk.ward, unit, true, 0};
        one.away = away;
        return one;
    }
    void rate(int times) {
        wire::Rating rating;
        rating.about = wire::Rating::About::Kiosk;
        rating.stars = 4;
        for (int i = 0; i < times; ++i) send(rating);
    }
    base::Result<wire::WardReport> report(By by, const std::string& from, const std::string& to) {
        return gateway::wardReport(*quiet.city->storage.city, {quiet.kiosk.ward, from, to}, by,
                                   quiet.clock.wall());
    }
    std::string rows(By by, const std::string& from = "2026-11-01", const std::string& to = "2026-11-30") {
        const auto told = report(by, from, to);
        REQUIRE(told);
        REQUIRE(wire::WardReport::parse(told->toJson()));
        std::string all;
        for (const auto& row : told->rows)
            all += row.key + " " + row.errand + " " + std::to_string(row.count) + "\n";
        return all;
    }
};

}  // namespace

TEST_CASE("ward report: what was sent is counted once, by day, unit, errand and outcome") {
    WardDesk desk;
    desk.quiet.send("a");
    desk.quiet.send("b");
    desk.send(desk.tally("Khu phố 3", true));
    desk.send(desk.tally("Khu phố 3", true), "2026-11-19");
    desk.send(desk.tally("Khu phố 3", false, "not_done:may-cu"));
    CHECK(desk.rows(By::Errand) == "away away 2\nguide guide 1\nreport report 2\n");
    CHECK(desk.rows(By::Day) ==
          "2026-11-19 away 1\n2026-11-20 away 1\n2026-11-20 guide 1\n2026-11-21 report 2\n");
    CHECK(desk.rows(By::Unit) == " report 2\nKhu phố 3 away 2\nKhu phố 3 guide 1\n");
    CHECK(desk.rows(By::Outcome) == "done away 2\nnot_done:may-cu guide 1\n");
    CHECK(desk.rows(By::Errand, "2026-11-20", "2026-11-20") == "away away 1\nguide guide 1\n");
    CHECK(desk.rows(By::Errand, "2026-11-22", "2026-11-30").empty());
}

TEST_CASE("ward report: opened again after the halves differed, or forgotten, a report stays counted once") {
    WardDesk desk;
    const auto sent = desk.quiet.send("a");
    desk.quiet.sql(*desk.quiet.city->storage.reports, "DELETE FROM reports");
    const auto mended = gateway::Halves(desk.quiet.city->storage).mend();
    REQUIRE(mended);
    CHECK(mended->reopened == 1);
    desk.quiet.city->tidy();
    CHECK(desk.quiet.knows(sent.code));
    CHECK(desk.rows(By::Errand) == "report report 1\n");
    const auto code = base::TrackingCode::parse(sent.code);
    REQUIRE(desk.quiet.city->erasure.forget(*code));
    CHECK(desk.rows(By::Errand) == "report report 1\n");
}

TEST_CASE("ward report: numbers of a queue are counted when they are given, and once") {
    WardDesk desk;
    const auto& ward = desk.quiet.kiosk.ward;
    const auto id = base::Uuid::v7(desk.quiet.clock.wall());
    for (int i = 0; i < 2; ++i)
        REQUIRE(desk.quiet.city->turns.take({desk.quiet.kiosk.id, ward}, ward, {id, "ho-tich"},
                                            desk.quiet.clock.wall()));
    CHECK(desk.rows(By::Errand) == "turn turn 1\n");
}

TEST_CASE("ward report: ratings are told in tens, of a whole period alone") {
    WardDesk desk;
    desk.rate(9);
    CHECK(desk.rows(By::Errand).empty());
    desk.rate(4);
    CHECK(desk.rows(By::Errand) == "rating rating 10\n");
    CHECK(desk.rows(By::Day).empty());
    CHECK(desk.rows(By::Unit).empty());
}

TEST_CASE("ward report: days that do not exist, backwards, or too many are refused, by the member") {
    WardDesk desk;
    const auto wrong = [&](const std::string& from, const std::string& to) {
        const auto told = desk.report(By::Day, from, to);
        REQUIRE_FALSE(told);
        CHECK(told.error().kind == base::ProblemKind::OutOfRange);
        return std::string(told.error().fact("key"));
    };
    CHECK(wrong("", "2026-11-30") == "from");
    CHECK(wrong("2026-11-01", "2026-11-31") == "to");
    CHECK(wrong("2026-11-02", "2026-11-01") == "to");
    CHECK(wrong("2025-01-01", "2026-11-30") == "to");
    CHECK(desk.report(By::Day, "2025-10-27", "2026-11-30"));  // 400 of them
}

TEST_CASE("ward report: no cell of the CSV is a formula to a spreadsheet") {
    WardDesk desk;
    desk.send(desk.tally("=1+1", true));
    const auto told = desk.report(By::Unit, "2026-11-01", "2026-11-30");
    REQUIRE(told);
    CHECK(gateway::wardReportCsv(*told) ==
          "\xEF\xBB\xBF"
          "unit,errand,count\r\n\"'=1+1\",away,1\r\n");
}

TEST_CASE("ward report: a station and an operator are told the same") {
    LiveCity city;
    PretendKiosk kiosk(city);
    const auto today = base::toRfc3339(base::SystemClock().wall()).substr(0, 10);
    const auto sent = kiosk.report();
    CHECK(kiosk.verdict(sent.envelope) == "accepted");
    for (const char* by : {"errand", "day", "unit", "outcome"}) {
        const auto path = std::string("/v1/reports/ward?by=") + by + "&from=2026-11-01&to=" + today;
        const auto reply = city.send({.path = path, .headers = kiosk.auth()});
        REQUIRE(reply.status == 200);
        const auto told = wire::WardReport::parse(reply.body);
        REQUIRE(told);
        CHECK(told->ward == kiosk.place.wardCode);
        CHECK_FALSE(told->rows.empty());
        std::string lines;
        for (const auto& row : told->rows)
            lines += row.key + "\t" + row.errand + "\t" + std::to_string(row.count) + "\n";
        CHECK(city.tool({"report", "ward", "--ward", kiosk.place.wardCode, "--by", by, "--from", "2026-11-01",
                         "--to", today}) == lines);
    }
    const auto refused = [&](const std::string& query) {
        return city
            .send({.path = "/v1/reports/ward" + query, .headers = kiosk.auth(), .outsideContract = true})
            .status;
    };
    CHECK(refused("") == 400);
    CHECK(refused("?by=name&from=2026-11-01&to=2026-11-02") == 400);
    CHECK(refused("?by=day&from=2026-11-01&to=2026-11-31") == 400);
    CHECK(refused("?by=day&from=2020-11-01&to=2026-11-30") == 400);
    CHECK(city.send({.path = "/v1/reports/ward?by=day&from=2026-11-01&to=2026-11-02"}).status == 401);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}
