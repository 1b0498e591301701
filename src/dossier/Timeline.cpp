#include "dossier/Timeline.h"

#include <algorithm>

namespace tram::dossier {
namespace {

using calendar::Day;
using wire::DossierState;
using wire::DossierStatus;
using namespace std::chrono;

constexpr Day kFirst = 1990y / January / 1;
constexpr days kSkew{1}, kFarthest{366 * 20};

std::optional<base::WallTime> timeIn(const std::string& text, base::WallTime now) {
    base::WallTime time{};
    if (!base::fromRfc3339(text, time) || time < kFirst || time > now + kSkew) return std::nullopt;
    return time;
}

std::optional<Day> dayIn(const std::string& text, Day today) {
    const auto day = calendar::dayFrom(text);
    if (!day || *day < kFirst || *day > today + kFarthest) return std::nullopt;
    return day;
}

/// Newest first; of the same time the one that was told later stands above.
std::vector<Timeline::Entry> entriesOf(const DossierStatus& status, base::WallTime now) {
    std::vector<Timeline::Entry> entries;
    for (const auto& event : status.events) {
        const auto at = timeIn(event.at, now);
        if (!at) continue;
        const auto below = std::ranges::find_if(entries, [&](const auto& one) { return one.at <= *at; });
        entries.insert(below, {event.state, event.said, *at, event.office});
    }
    return entries;
}

/// The office's turn, by the state alone.
bool isUnderWay(DossierState state) {
    return state == DossierState::Registered || state == DossierState::Received ||
           state == DossierState::InProgress;
}

bool asks(DossierState state) {
    return state == DossierState::PapersAsked || state == DossierState::PaymentAsked;
}

bool isOver(const Timeline& timeline, Day today) {
    if (timeline.workingDays) return *timeline.workingDays < 0;
    return timeline.promised && *timeline.promised < today;
}

Outlook outlookOf(const DossierStatus& status, const Timeline& timeline, Day today) {
    if (asks(status.state)) return Outlook::ToDo;
    if (isUnderWay(status.state)) {
        if (status.task) return Outlook::ToDo;
        return isOver(timeline, today) ? Outlook::Late : Outlook::Waiting;
    }
    if (status.state == DossierState::Unknown) return status.task ? Outlook::ToDo : Outlook::Untold;
    if (status.state == DossierState::Finished) return Outlook::Ready;
    return status.state == DossierState::Declined && status.task ? Outlook::ToDo : Outlook::Closed;
}

}  // namespace

Timeline timelineOf(const DossierStatus& status, base::WallTime now) {
    const Day today = calendar::dayInCity(now);
    Timeline timeline;
    timeline.entries = entriesOf(status, now);
    timeline.received = timeIn(status.received, now);
    timeline.finished = timeIn(status.finished, now);
    timeline.promised = dayIn(status.promised, today);
    if (timeline.promised && (isUnderWay(status.state) || asks(status.state))) {
        timeline.workingDays = status.workingDays;
        timeline.workingDaysRough = status.workingDays && status.workingDaysRough;
    }
    if (status.task) timeline.doBy = dayIn(status.task->by, today);
    timeline.doByOver = timeline.doBy && *timeline.doBy < today;
    timeline.outlook = outlookOf(status, timeline, today);
    return timeline;
}

}  // namespace tram::dossier
