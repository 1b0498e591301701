#include "ui/screens/StatusParts.h"

#include "ui/screens/Parts.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using wire::FeedbackState;

namespace {

const char* iconOf(FeedbackState state) {
    switch (state) {
        case FeedbackState::Received:
            return "cloud_done";
        case FeedbackState::Accepted:
            return "assignment_turned_in";
        case FeedbackState::Forwarded:
            return "forward";
        case FeedbackState::InProgress:
            return "autorenew";
        case FeedbackState::Answered:
            return "mark_email_read";
        case FeedbackState::Refused:
            return "assignment_late";
    }
    return "help";
}

Mood moodOf(FeedbackState state) {
    if (state == FeedbackState::Answered) return Mood::Ok;
    return state == FeedbackState::Refused ? Mood::Warn : Mood::Info;
}

std::string key(FeedbackState state) {
    return "state." + std::string(wire::name(state));
}

std::string whenAndWho(const wire::FeedbackEvent& event) {
    const std::string when = dayTime(event.at);
    return event.unit.empty() ? when : when + " · " + event.unit;
}

}  // namespace

ViewRef stateBanner(const Host& host, const wire::FeedbackStatus& status) {
    return banner({.mood = moodOf(status.state),
                   .icon = iconOf(status.state),
                   .title = host.tr(key(status.state)),
                   .text = host.tr(key(status.state) + ".explain"),
                   .id = "state"});
}

ViewRef history(const Host& host, const wire::FeedbackStatus& status) {
    std::vector<TimelineEntry> entries;
    for (auto event = status.history.rbegin(); event != status.history.rend(); ++event)
        entries.push_back({iconOf(event->state), host.tr(key(event->state)), whenAndWho(*event),
                           event == status.history.rbegin() ? moodOf(event->state) : Mood::Ok});
    return card(column({paragraph(host.tr("follow.status.history"), {.role = Type::Title, .heading = true}),
                        timeline(std::move(entries))}));
}

}  // namespace tram::screens
