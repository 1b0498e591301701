#include "ui/screens/StatusParts.h"

#include "ui/screens/Parts.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using wire::FeedbackState;

namespace {

std::string key(FeedbackState state) {
    return "state." + std::string(wire::name(state));
}

/// What a state means depends on who is asked: a use of the law's rights never goes to 1022.
std::string explained(const Host& host, const wire::FeedbackStatus& status) {
    if (status.source == "rights") return host.tr("rights.explain." + std::string(wire::name(status.state)));
    return host.tr(key(status.state) + ".explain");
}

std::string whenAndWho(const Host& host, const wire::FeedbackEvent& event) {
    const std::string when = dayTime(event.at);
    return event.unit.empty() ? when : when + " · " + sourceName(host, event.unit);
}

}  // namespace

Mood moodOf(FeedbackState state) {
    if (state == FeedbackState::Answered) return Mood::Ok;
    return state == FeedbackState::Refused ? Mood::Warn : Mood::Info;
}

const char* stateIcon(FeedbackState state) {
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

std::string stateName(const Host& host, FeedbackState state) {
    return host.tr(key(state));
}

ViewRef answerCard(const Host& host, const wire::FeedbackStatus& status) {
    const bool refused = status.state == wire::FeedbackState::Refused;
    return card(column({paragraph(host.tr(refused ? "receipt.reason" : "receipt.answer"),
                                  {.role = Type::Title, .heading = true}),
                        plainText(status.opened->answer.reveal(), {.id = "receipt.answer"})},
                       {.gap = 12}));
}

ViewRef stateBanner(const Host& host, const wire::FeedbackStatus& status) {
    return banner({.mood = moodOf(status.state),
                   .icon = stateIcon(status.state),
                   .title = stateName(host, status.state),
                   .text = explained(host, status),
                   .id = "state"});
}

ViewRef history(const Host& host, const wire::FeedbackStatus& status) {
    std::vector<TimelineEntry> entries;
    for (auto event = status.history.rbegin(); event != status.history.rend(); ++event)
        entries.push_back({stateIcon(event->state), stateName(host, event->state), whenAndWho(host, *event),
                           event == status.history.rbegin() ? moodOf(event->state) : Mood::Ok});
    return card(column({paragraph(host.tr("follow.status.history"), {.role = Type::Title, .heading = true}),
                        timeline(std::move(entries))}));
}

}  // namespace tram::screens
