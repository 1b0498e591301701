#include "dossier/Timeline.h"

#include <catch2/catch.hpp>

using namespace tram;
using namespace tram::dossier;
using wire::DossierState;
using wire::DossierStatus;

namespace {

base::WallTime at(const std::string& text) {
    base::WallTime time{};
    REQUIRE(base::fromRfc3339(text, time));
    return time;
}
const std::string kNow = "2026-11-30T09:00:00+07:00";

DossierStatus status(DossierState state) {
    DossierStatus one;
    one.code = "H29.168-261105-0042";
    one.state = state;
    return one;
}
Timeline seen(const DossierStatus& one) {
    return timelineOf(one, at(kNow));
}
Outlook outlook(DossierState state, std::optional<int> left = std::nullopt, bool task = false) {
    auto one = status(state);
    if (left) one.promised = "2026-12-04";
    one.workingDays = left;
    if (task) one.task.emplace();
    return seen(one).outlook;
}

}  // namespace

TEST_CASE("only what was reported is shown, newest first, the same state twice if it came twice") {
    auto one = status(DossierState::PapersAsked);
    one.events = {{DossierState::PapersAsked, "2026-11-12T08:00:00+07:00", "B", ""},
                  {DossierState::Received, "2026-11-05T08:00:00+07:00", "A", ""},
                  {DossierState::PapersAsked, "2026-11-20T08:00:00+07:00", "B", ""},
                  {DossierState::Unknown, "2026-11-20T08:00:00+07:00", "C", "Chờ ký số"}};
    const auto entries = seen(one).entries;
    REQUIRE(entries.size() == 4);
    CHECK(entries[0].said == "Chờ ký số");  // told after the other of the same moment
    CHECK(entries[1].state == DossierState::PapersAsked);
    CHECK(entries[2].state == DossierState::PapersAsked);
    CHECK(entries[3].office == "A");
    CHECK(seen(status(DossierState::Received)).entries.empty());
}

TEST_CASE("times that cannot be are left out") {
    auto one = status(DossierState::InProgress);
    one.events = {{DossierState::Received, "1989-12-31T23:00:00Z", "", ""},
                  {DossierState::Received, "0001-01-01T00:00:00Z", "", ""},
                  {DossierState::InProgress, "2026-12-02T09:00:00+07:00", "", ""},
                  {DossierState::InProgress, "2026-11-30T10:00:00+07:00", "", ""}};
    one.received = "1970-01-01T00:00:00Z";
    one.finished = "2030-01-01T00:00:00Z";
    one.promised = "1900-01-01";
    one.workingDays = -99;
    const auto timeline = seen(one);
    CHECK(timeline.entries.size() == 1);  // a clock an hour ahead is a clock
    CHECK_FALSE(timeline.received);
    CHECK_FALSE(timeline.finished);
    CHECK_FALSE(timeline.promised);
    CHECK_FALSE(timeline.workingDays);
    CHECK(timeline.outlook == Outlook::Waiting);
    one.promised = "2099-01-01";
    CHECK_FALSE(seen(one).promised);
    one.promised = "2026-12-04";
    CHECK(seen(one).promised == calendar::dayFrom("2026-12-04"));
}

TEST_CASE("what a dossier comes to follows from its state, the promised day and today") {
    for (const auto state : {DossierState::Registered, DossierState::Received, DossierState::InProgress}) {
        CHECK(outlook(state) == Outlook::Waiting);
        CHECK(outlook(state, 3) == Outlook::Waiting);
        CHECK(outlook(state, 0) == Outlook::Waiting);
        CHECK(outlook(state, -1) == Outlook::Late);
        CHECK(outlook(state, -1, true) == Outlook::ToDo);
    }
    for (const auto state : {DossierState::PapersAsked, DossierState::PaymentAsked})
        CHECK(outlook(state, -5) == Outlook::ToDo);
    CHECK(outlook(DossierState::Finished, -5) == Outlook::Ready);
    for (const auto state :
         {DossierState::HandedOver, DossierState::Withdrawn, DossierState::Stopped, DossierState::Declined})
        CHECK(outlook(state, -5) == Outlook::Closed);
    CHECK(outlook(DossierState::Declined, {}, true) == Outlook::ToDo);
    CHECK(outlook(DossierState::Unknown) == Outlook::Untold);
    CHECK(outlook(DossierState::Unknown, {}, true) == Outlook::ToDo);
}

TEST_CASE("without a count of working days a dossier is late once its day is over") {
    auto one = status(DossierState::InProgress);
    one.promised = "2026-11-30";
    CHECK(seen(one).outlook == Outlook::Waiting);
    one.promised = "2026-11-29";
    CHECK(seen(one).outlook == Outlook::Late);
}

TEST_CASE("working days are shown while they matter") {
    auto one = status(DossierState::InProgress);
    one.promised = "2026-12-04";
    one.workingDays = 4;
    one.workingDaysRough = true;
    CHECK(seen(one).workingDays == 4);
    CHECK(seen(one).workingDaysRough);
    one.state = DossierState::HandedOver;
    CHECK_FALSE(seen(one).workingDays);
    CHECK_FALSE(seen(one).workingDaysRough);
}

TEST_CASE("a task's last day is over on the day after") {
    auto one = status(DossierState::PapersAsked);
    one.task.emplace().by = "2026-11-30";
    CHECK_FALSE(seen(one).doByOver);
    one.task->by = "2026-11-29";
    CHECK(seen(one).doByOver);
    one.task->by = "2026-02-30";
    CHECK_FALSE(seen(one).doBy);
}
