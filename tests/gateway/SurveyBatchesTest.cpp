// What is shown of answers: never fewer more at once than a batch has, whoever looks whenever.
#include <catch2/catch.hpp>
#include <iostream>
#include <random>
#include <set>

#include "SurveyDesk.h"

using namespace tram;
using namespace tram::test;
using std::chrono::days;
using std::chrono::hours;

namespace {

constexpr int kBatch = 3;

void threeAtOnce(gateway::GatewayConfig& config) {
    config.retention = {days(70), days(300), days(600), days(100)};
    config.surveys = {kBatch, days(2)};
}

/// Answers to "open", as they come.
struct BatchTown : SurveyDesk {
    BatchTown() : SurveyDesk(threeAtOnce) { publish(); }
    std::vector<base::Uuid> answer(int times, const char* how = "good") {
        std::vector<base::Uuid> sent;
        for (int i = 0; i < times; ++i)
            sent.push_back(
                send(surveyAnswer("open", R"({"how": ")" + std::string(how) + R"(", "wait": 7})")));
        return sent;
    }
    void nextHour() { quiet.clock.advance(hours(1)); }
    void afterTheEnd() {
        base::WallTime end;
        REQUIRE(base::fromRfc3339("2027-01-04T00:00:00+07:00", end));  // its last day, and two
        quiet.clock.advance(std::chrono::ceil<std::chrono::milliseconds>(end - quiet.clock.wall()));
    }
    /// -1 while they are too few.
    std::int64_t shown() {
        const auto told = results("open");
        CHECK(told->tallies.empty() != told->asOf.has_value());
        if (!told->asOf) return -1;
        CHECK(told->tallies[0].answered == told->counts.counted);
        return told->counts.counted;
    }
    std::set<std::string> marked() {
        std::set<std::string> ids;
        REQUIRE(quiet.city->surveys.each("open", gateway::SurveyStore::Which::Shown,
                                         [&](const auto& row) { ids.insert(row.id); }));
        return ids;
    }
    std::size_t lines(bool names = false) {
        const auto csv = gateway::answersCsv(*results("open"), quiet.city->surveyForms, quiet.city->surveys,
                                             names, quiet.clock.wall());
        REQUIRE(csv);
        return static_cast<std::size_t>(std::ranges::count(*csv, '\n')) - 1;
    }
};

}  // namespace

TEST_CASE("surveys: a batch is shown when it is whole and as many have come after it") {
    BatchTown town;
    town.answer(3);
    CHECK(town.shown() == -1);
    town.nextHour();
    CHECK(town.shown() == -1);
    CHECK(town.lines() == 0);
    CHECK(gateway::countsCsv(*town.results("open")).ends_with("least,most\r\n"));
    CHECK(gateway::chartSvg(*town.results("open"), "vi").find("n = …") != std::string::npos);
    town.answer(2, "bad");
    CHECK(town.shown() == -1);
    town.answer(1, "bad");
    CHECK(town.shown() == 3);
    CHECK(town.lines() == 3);
    CHECK(town.results("open")->tallies[0].bars[0].count == 3);
    CHECK(town.results("open")->tallies[0].bars[1].count == 0);
    CHECK(town.results("open")->tallies[2].numbers->mean == 7);
    town.answer(20, "bad");  // the hour is not over
    CHECK(town.shown() == 3);
    town.nextHour();
    CHECK(town.shown() == 3);  // nobody after them
    town.answer(3);
    CHECK(town.shown() == 26);
    CHECK(town.results("open")->asOf == base::coarseToHour(town.quiet.clock.wall()));
    CHECK(gateway::countsCsv(*town.results("open")).find(",23,26,") != std::string::npos);
    town.quiet.restart();
    CHECK(town.shown() == 26);
    CHECK(town.marked().size() == 26);
}

TEST_CASE("surveys: when nothing more can come, all are shown, unless they are too few") {
    BatchTown town;
    SECTION("the last batch is no smaller than others") {
        town.answer(3);
        town.nextHour();
        town.answer(4);
        CHECK(town.shown() == 3);
        town.afterTheEnd();
        CHECK(town.shown() == 7);
    }
    SECTION("fewer than two batches") {
        town.answer(4);
        town.quiet.clock.advance(days(30));
        CHECK(town.shown() == -1);
        town.afterTheEnd();
        CHECK(town.shown() == 4);
    }
    SECTION("too few") {
        town.answer(2);
        town.afterTheEnd();
        CHECK(town.shown() == -1);
        CHECK(town.lines() == 0);
    }
}

TEST_CASE("surveys: one that is erased changes no counts, and is in no file") {
    BatchTown town;
    const auto first = town.answer(4, "bad");
    town.nextHour();
    town.answer(4);
    REQUIRE(town.shown() == 4);
    REQUIRE(town.quiet.city->erasure.forget(first[0]));
    CHECK(town.shown() == 4);
    CHECK(town.results("open")->tallies[0].bars[1].count == 4);
    CHECK(town.lines() == 3);
    town.nextHour();
    town.answer(3);
    CHECK(town.shown() == 7);
    for (int at = 1; at < 4; ++at) REQUIRE(town.quiet.city->erasure.forget(first[at]));
    CHECK(town.shown() == 4);
    for (const auto& id : town.marked()) REQUIRE(town.quiet.city->erasure.forget(*base::Uuid::parse(id)));
    CHECK(town.shown() == -1);
    CHECK(town.results("open")->tallies.empty());
}

TEST_CASE("surveys: what was marked before a power cut and not counted is counted after it") {
    BatchTown town;
    town.answer(3);
    town.nextHour();
    town.answer(3);
    REQUIRE(town.shown() == 3);
    town.quiet.sql(*town.quiet.city->storage.reports, "UPDATE survey_shown SET counted = 0, stale = 1");
    CHECK(town.shown() == 3);
    town.quiet.sql(*town.quiet.city->storage.reports, "UPDATE survey_shown SET form = '', stale = 1");
    CHECK(town.shown() == 3);
    town.quiet.sql(*town.quiet.city->storage.reports, "UPDATE survey_shown SET tallies = '[{}]'");
    const auto damaged = gateway::surveyResults("open", town.quiet.city->surveyForms,
                                                *town.quiet.city->storage.reports, town.quiet.clock.wall());
    REQUIRE_FALSE(damaged);
    CHECK(damaged.error().kind == base::ProblemKind::StoreDamaged);
}

TEST_CASE("surveys: a signed one's names are handed out as they come, its counts are not") {
    BatchTown town;
    town.send(surveyAnswer("signed", R"({"how": "good"})"));
    const auto results = town.results("signed");
    CHECK_FALSE(results->asOf);
    const auto csv = [&](bool names) {
        return gateway::answersCsv(*results, town.quiet.city->surveyForms, town.quiet.city->surveys, names,
                                   town.quiet.clock.wall())
            .value();
    };
    CHECK(csv(true).find("CANARY") != std::string::npos);
    CHECK(std::ranges::count(csv(false), '\n') == 1);
}

TEST_CASE("surveys: whoever looks whenever never sees fewer than a batch more") {
    const auto seed = std::random_device{}();
    std::cout << "survey batches seed " << seed << '\n';
    CAPTURE(seed);
    std::mt19937 random(seed);
    BatchTown town;
    std::set<std::string> before;
    std::int64_t told = 0;
    std::vector<base::Uuid> sent;
    for (int step = 0; step < 60; ++step) {
        const auto more = town.answer(static_cast<int>(random() % 4), random() % 2 ? "good" : "bad");
        sent.insert(sent.end(), more.begin(), more.end());
        if (random() % 2) town.nextHour();
        if (random() % 6 == 0 && !sent.empty()) {
            const auto gone = sent.begin() + static_cast<std::ptrdiff_t>(random() % sent.size());
            REQUIRE(town.quiet.city->erasure.forget(*gone));
            before.erase(gone->text());
            sent.erase(gone);
        }
        if (step == 50) town.afterTheEnd();
        const auto now = town.shown();
        const auto shown = town.marked();
        CHECK(std::ranges::includes(shown, before));
        const auto came = shown.size() - before.size();
        CHECK((came == 0 || came >= kBatch));
        if (came == 0 && now != told && told > 0) CHECK(told - std::max<std::int64_t>(now, 0) >= kBatch);
        if (now >= 0) CHECK(now >= kBatch);
        before = shown;
        told = std::max<std::int64_t>(now, 0);
    }
}
