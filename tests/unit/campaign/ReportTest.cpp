#include "campaign/Report.h"

#include <catch2/catch.hpp>
#include <deque>

#include "base/Files.h"
#include "tests/support/FakeScheduler.h"
#include "tests/support/TempDir.h"
#include "tests/unit/wire/Samples.h"

using namespace tram;
using namespace tram::campaign;
using base::ProblemKind;
using By = wire::WardReport::By;

namespace {

wire::WardReport reportBy(By by, std::vector<wire::WardReport::Row> rows) {
    auto report = test::wardReport();
    report.by = by;
    report.rows = std::move(rows);
    return report;
}

/// A station, and a gateway that answers as it is told to.
struct Office {
    test::FakeClock clock;
    test::FakeScheduler scheduler{clock};
    test::TempDir dir;
    std::deque<base::Result<wire::WardReport>> answers;
    std::vector<ReportQuestion> asked;
    Report report{"27154", KeptReports(dir.path()),
                  [this](const ReportQuestion& question) -> base::Result<wire::WardReport> {
                      asked.push_back(question);
                      if (answers.empty()) return base::fail(ProblemKind::NoNetwork);
                      auto first = std::move(answers.front());
                      answers.pop_front();
                      return first;
                  },
                  scheduler, clock};

    void ask(By by = By::Day) {
        report.ask({by, "2026-11-16", "2026-11-22"});
        scheduler.settle();
    }
    template <class State>
    const State* is() const {
        return std::get_if<State>(&report.state());
    }
};

std::string shape(const ReportTable& table) {
    std::string all;
    for (const auto& column : table.columns) all += "|" + column;
    for (const auto& row : table.rows) {
        all += "\n" + row.key;
        for (const auto count : row.counts) all += " " + std::to_string(count);
    }
    all += "\n=";
    for (const auto sum : table.sums) all += " " + std::to_string(sum);
    return all;
}

}  // namespace

TEST_CASE("a ward's report is asked for, shown and kept for when there is no line") {
    Office office;
    CHECK(office.is<reporting::Idle>());
    CHECK(office.report.report() == nullptr);
    office.answers.emplace_back(test::wardReport());
    office.report.ask({By::Day, "2026-11-16", "2026-11-22"});
    CHECK(office.is<reporting::Asking>());
    office.scheduler.settle();
    CHECK(office.is<reporting::Fresh>());
    REQUIRE(office.report.report());
    CHECK(office.report.report()->rows == test::wardReport().rows);
    office.clock.advance(std::chrono::hours(30));
    office.report.again();
    office.scheduler.settle();
    const auto* kept = office.is<reporting::Kept>();
    REQUIRE(kept);
    CHECK(kept->problem.kind == ProblemKind::NoNetwork);
    CHECK(office.report.report()->rows == test::wardReport().rows);
    CHECK(office.report.age() >= std::chrono::hours(29));
    CHECK(office.asked.size() == 2);
}

TEST_CASE("a report of another kind, another ward or a later program is no substitute for one that is kept") {
    Office office;
    office.answers.emplace_back(test::wardReport());
    office.ask();
    office.ask(By::Unit);
    const auto* nothing = office.is<reporting::Nothing>();
    REQUIRE(nothing);
    CHECK(nothing->problem.kind == ProblemKind::NoNetwork);
    CHECK(office.report.report() == nullptr);
    auto foreign = test::wardReport();
    foreign.ward = "25747";
    office.answers.emplace_back(foreign);
    office.ask();
    REQUIRE(office.is<reporting::Kept>());
    CHECK(office.is<reporting::Kept>()->problem.kind == ProblemKind::BadResponse);
    CHECK(office.report.report()->ward == "27154");
    office.answers.emplace_back(base::fail(ProblemKind::StoreTooNew));
    office.ask();
    REQUIRE(office.is<reporting::Kept>());
    CHECK(office.is<reporting::Kept>()->problem.kind == ProblemKind::StoreTooNew);
    REQUIRE(base::writeFileAtomically(office.dir / "content/ward-report-day.json", "{\"v\": 2}"));
    office.ask();
    CHECK(office.is<reporting::Nothing>());
}

TEST_CASE("the answer to an earlier question does not cover the one to the last") {
    Office office;
    office.answers.emplace_back(reportBy(By::Errand, {{"report", "report", 9}}));
    office.report.ask({By::Day, "2026-11-16", "2026-11-22"});
    office.report.ask({By::Errand, "2026-11-16", "2026-11-22"});
    office.scheduler.settle();
    REQUIRE(office.report.report());
    CHECK(office.report.report()->by == By::Errand);
    CHECK(office.report.question().by == By::Errand);
    CHECK(office.asked.size() == 1);  // nobody waits for what nobody wants to see any more
}

TEST_CASE("a day, a week since Monday and a campaign until today or its end") {
    const auto day = *calendar::dayFrom("2026-11-22");  // a Sunday
    const auto text = [](const ReportQuestion& question) { return question.from + " " + question.to; };
    CHECK(text(ReportQuestion::ofDay(By::Day, day)) == "2026-11-22 2026-11-22");
    CHECK(text(ReportQuestion::ofWeek(By::Day, day)) == "2026-11-16 2026-11-22");
    CHECK(text(ReportQuestion::ofWeek(By::Day, day + std::chrono::days(1))) == "2026-11-23 2026-11-23");
    CHECK(text(ReportQuestion::until(By::Day, "2026-11-01", "2026-12-15", day)) == "2026-11-01 2026-11-22");
    CHECK(text(ReportQuestion::until(By::Day, "2026-11-01", "2026-11-10", day)) == "2026-11-01 2026-11-10");
    CHECK(text(ReportQuestion::until(By::Day, "2026-12-01", "2026-12-15", day)) == "2026-12-01 2026-12-01");
}

TEST_CASE("a report's table: by day every day until it was told, and sums by column") {
    auto report = test::wardReport();
    report.asOf = "2026-11-18T09:41:07+07:00";
    CHECK(shape(tableOf(report)) == "|report|away\n2026-11-16 3 0\n2026-11-17 0 12\n2026-11-18 0 0\n= 3 12");
}

TEST_CASE("a report's table: by unit those with most first, by errand in their order and without a sum") {
    CHECK(shape(tableOf(reportBy(By::Unit, {{"", "report", 3},
                                            {"=Khu phố 4", "guide", 2},
                                            {"Khu phố 3", "away", 40},
                                            {"Khu phố 3", "guide", 1}}))) ==
          "|report|guide|away\nKhu phố 3 0 1 40\n 3 0 0\n=Khu phố 4 0 2 0\n= 3 3 40");
    CHECK(shape(tableOf(reportBy(
              By::Errand, {{"away", "away", 7}, {"rating", "rating", 10}, {"report", "report", 3}}))) ==
          "|\nreport 3\naway 7\nrating 10\n=");
    CHECK(shape(tableOf(reportBy(By::Outcome, {}))) == "\n=");
}
