#include "wire/Appointment.h"

#include <nlohmann/json.hpp>

#include "base/TrackingCode.h"
#include "wire/Json.h"
#include "wire/Members.h"
#include "wire/Phone.h"
#include "wire/Scrub.h"

namespace tram::wire {
namespace {

using base::Result;
using nlohmann::json;

constexpr std::size_t kMaxAppointmentLine = 512, kMaxAskersName = 512, kMaxAskersPhone = 32,
                      kMaxAppointment = 16 * 1024;
constexpr std::string_view kAppointmentStates[] = {"received", "asked", "confirmed", "refused", "withdrawn"};

bool isWishedHalf(std::string_view text) {
    return halfDayFrom(text).has_value();
}
bool isAppointmentState(std::string_view text) {
    return appointmentStateFrom(text).has_value();
}

HalfDay readWishedHalf(Members& members) {
    return halfDayFrom(members.text("half", 16, isWishedHalf)).value_or(HalfDay::Morning);
}

}  // namespace

std::string_view name(AppointmentState state) {
    return kAppointmentStates[static_cast<std::size_t>(state)];
}

std::optional<AppointmentState> appointmentStateFrom(std::string_view text) {
    for (std::size_t at = 0; at < std::size(kAppointmentStates); ++at)
        if (kAppointmentStates[at] == text) return static_cast<AppointmentState>(at);
    return std::nullopt;
}

base::SecretText AppointmentRequest::toJson() const {
    ScrubbedJson body(json{{"v", 1},
                           {"tracking_code", trackingCode},
                           {"office", office},
                           {"desk", desk},
                           {"procedure", procedure},
                           {"procedure_name", procedureName},
                           {"day", day},
                           {"half", wire::name(half)},
                           {"name", name.reveal()},
                           {"phone", phone.reveal()},
                           {"consent_version", consentVersion},
                           {"consent_at", consentAt},
                           {"language", language}});
    if (!subject.empty()) body.value["subject"] = subject.reveal();
    return base::SecretText(dumpJson(body.value));
}

Result<AppointmentRequest> AppointmentRequest::parse(std::string_view text) {
    auto parsed = parseJson(text, kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    const ScrubbedJson body(std::move(*parsed));
    Members members(body.value);
    members.version(1);
    AppointmentRequest request;
    request.trackingCode =
        members.text("tracking_code", base::TrackingCode::kSymbols, base::TrackingCode::isSymbols);
    request.office = members.text("office", kLongestEntryId, isOfficeId);
    request.desk = members.text("desk", kLongestEntryId);
    if (!request.desk.empty() && !isOfficeId(request.desk)) members.refuse("desk");
    request.procedure = members.text("procedure", kLongestEntryId);
    if (!request.procedure.empty() && !isEntryId(request.procedure)) members.refuse("procedure");
    request.procedureName = members.text("procedure_name", kMaxAppointmentLine);
    request.day = members.text("day", 10, isDate);
    request.half = readWishedHalf(members);
    request.name = members.secret("name", kMaxAskersName, isNotEmpty);
    request.phone = members.secret("phone", kMaxAskersPhone, isPhoneDigits);
    if (members.has("subject")) request.subject = members.secret("subject", 43, isSubject);
    request.consentVersion = members.text("consent_version", 64, isToken);
    request.consentAt = members.text("consent_at", 40, isRfc3339);
    request.language = members.text("language", 2, isLanguage);
    return members.finish().map([&] { return std::move(request); });
}

std::string AppointmentStatus::toJson() const {
    json value = {{"tracking_code", trackingCode},
                  {"state", name(state)},
                  {"office", office},
                  {"procedure_name", procedureName},
                  {"day", day},
                  {"half", name(half)},
                  {"source", source},
                  {"as_of", asOf}};
    addIfAny(value, "confirmed_day", confirmedDay);
    addIfAny(value, "confirmed_time", confirmedTime);
    addIfAny(value, "desk", desk);
    addIfAny(value, "reason", reason);
    return dumpJson(value);
}

Result<AppointmentStatus> AppointmentStatus::parse(std::string_view text) {
    const auto parsed = parseJson(text, kMaxAppointment);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    AppointmentStatus status;
    status.trackingCode =
        members.text("tracking_code", base::TrackingCode::kSymbols, base::TrackingCode::isSymbols);
    status.state = appointmentStateFrom(members.text("state", 16, isAppointmentState))
                       .value_or(AppointmentState::Received);
    status.office = members.text("office", kMaxAppointmentLine);
    status.procedureName = members.text("procedure_name", kMaxAppointmentLine);
    status.day = members.text("day", 10, isDate);
    status.half = readWishedHalf(members);
    status.confirmedDay = members.optionalText("confirmed_day", 10, isDate);
    status.confirmedTime = members.optionalText("confirmed_time", 5, isClock);
    status.desk = members.optionalText("desk", kMaxAppointmentLine);
    status.reason = members.optionalText("reason", kMaxAppointmentLine);
    status.source = members.text("source", 256);
    status.asOf = members.text("as_of", 40, isRfc3339);
    if (status.state == AppointmentState::Confirmed && status.confirmedDay.empty())
        members.refuse("confirmed_day");
    return members.finishLeniently().map([&] { return std::move(status); });
}

}  // namespace tram::wire
