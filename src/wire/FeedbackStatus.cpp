#include <nlohmann/json.hpp>

#include "base/TrackingCode.h"
#include "wire/FeedbackReport.h"
#include "wire/Json.h"
#include "wire/Members.h"
#include "wire/Scrub.h"

namespace tram::wire {
namespace {

using base::Result;
using nlohmann::json;

constexpr std::size_t kMaxReportStatus = 512 * 1024, kMaxReportEvents = 200, kMaxUnit = 512,
                      kMaxProse = 64 * 1024;

constexpr std::pair<FeedbackState, std::string_view> kReportStates[] = {
    {FeedbackState::Received, "received"},   {FeedbackState::Accepted, "accepted"},
    {FeedbackState::Forwarded, "forwarded"}, {FeedbackState::InProgress, "in_progress"},
    {FeedbackState::Answered, "answered"},   {FeedbackState::Refused, "refused"},
};

bool isReportState(std::string_view text) {
    return feedbackStateFrom(text).has_value();
}

FeedbackState readReportState(Members& members) {
    return feedbackStateFrom(members.text("state", 16, isReportState)).value_or(FeedbackState::Received);
}

json toJsonValue(const FeedbackEvent& event) {
    json value = {{"state", name(event.state)}, {"at", event.at}};
    addIfAny(value, "unit", event.unit);
    return value;
}

FeedbackEvent readReportEvent(const json& value, Members& parent) {
    Members members(value);
    FeedbackEvent event;
    event.state = readReportState(members);
    event.at = members.text("at", 40, isRfc3339);
    event.unit = members.optionalText("unit", kMaxUnit);
    parent.adopt(members.finishLeniently());
    return event;
}

FeedbackStatus::Opened readOpened(const json& value, Members& parent) {
    Members members(value);
    FeedbackStatus::Opened opened;
    opened.text = members.prose("text", kMaxProse);
    opened.place = members.prose("place", kMaxProse);
    opened.answer = members.prose("answer", kMaxProse);
    parent.adopt(members.finishLeniently());
    return opened;
}

}  // namespace

std::string_view name(FeedbackState state) {
    for (const auto& [value, text] : kReportStates)
        if (value == state) return text;
    return "received";
}

std::optional<FeedbackState> feedbackStateFrom(std::string_view text) {
    for (const auto& [value, word] : kReportStates)
        if (word == text) return value;
    return std::nullopt;
}

std::string FeedbackStatus::toJson() const {
    ScrubbedJson status(json{{"tracking_code", trackingCode},
                             {"state", name(state)},
                             {"history", json::array()},
                             {"source", source},
                             {"as_of", asOf}});
    addIfAny(status.value, "external_number", externalNumber);
    addIfAny(status.value, "unit", unit);
    addIfAny(status.value, "due", due);
    for (const auto& event : history) status.value["history"].push_back(toJsonValue(event));
    if (opened)
        status.value["opened"] = {{"text", opened->text.reveal()},
                                  {"place", opened->place.reveal()},
                                  {"answer", opened->answer.reveal()}};
    return dumpJson(status.value);
}

Result<FeedbackStatus> FeedbackStatus::parse(std::string_view text) {
    auto parsed = parseJson(text, kMaxReportStatus);
    if (!parsed) return tl::unexpected(parsed.error());
    const ScrubbedJson body(std::move(*parsed));
    Members members(body.value);
    FeedbackStatus status;
    status.trackingCode =
        members.text("tracking_code", base::TrackingCode::kSymbols, base::TrackingCode::isSymbols);
    status.state = readReportState(members);
    status.externalNumber = members.optionalText("external_number", 64);
    status.unit = members.optionalText("unit", kMaxUnit);
    status.due = members.optionalText("due", 40, isRfc3339);
    for (const json& event : members.array("history", 0, kMaxReportEvents))
        status.history.push_back(readReportEvent(event, members));
    status.source = members.text("source", 256);
    status.asOf = members.text("as_of", 40, isRfc3339);
    if (members.has("opened")) status.opened = readOpened(members.object("opened"), members);
    return members.finishLeniently().map([&] { return std::move(status); });
}

}  // namespace tram::wire
