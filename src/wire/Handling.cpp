#include "wire/Handling.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/Clock.h"
#include "wire/Members.h"

namespace tram::wire {

namespace {

using nlohmann::json;
using How = Handling::How;

constexpr std::size_t kMaxConsentVersion = 64, kMaxTime = 40, kMaxDesk = 256, kMaxWord = 16;
constexpr std::string_view kStaffPrefix = "S-";

bool isStaffRole(std::string_view text) {
    return staffRoleFrom(text).has_value();
}
bool isHow(std::string_view text) {
    return text == name(How::Touch) || text == name(How::Aloud);
}

json consentValue(const Handling::Consent& consent) {
    return {{"text", consent.text}, {"at", consent.at}, {"how", name(consent.how)}};
}

Handling::Consent readConsent(const json& value, Members& parent) {
    Members members(value);
    Handling::Consent consent;
    consent.text = members.text("text", kMaxConsentVersion, isToken);
    consent.at = members.text("at", kMaxTime, isRfc3339);
    consent.how = members.text("how", kMaxWord, isHow) == name(How::Aloud) ? How::Aloud : How::Touch;
    parent.adopt(members.finish());
    return consent;
}

}  // namespace

std::string_view name(How how) {
    return how == How::Touch ? "touch" : "aloud";
}

bool isStaffId(std::string_view text) {
    if (!text.starts_with(kStaffPrefix) || text.size() > kLongestStaffId) return false;
    text.remove_prefix(kStaffPrefix.size());
    return !text.empty() && text.front() != '-' && text.back() != '-' &&
           std::ranges::all_of(
               text, [](char c) { return ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') || c == '-'; });
}

void Handling::coarsen() {
    base::WallTime at;
    if (consent && base::fromRfc3339(consent->at, at)) consent->at = base::toRfc3339(base::coarseToHour(at));
}

json Handling::toJsonValue() const {
    json value = {{"staff", staff}, {"role", name(role)}, {"desk", desk}};
    if (consent) value["consent"] = consentValue(*consent);
    return value;
}

Handling Handling::read(const json& value, Members& parent) {
    Members members(value);
    Handling handling;
    handling.staff = members.text("staff", kLongestStaffId, isStaffId);
    handling.role = staffRoleFrom(members.text("role", kMaxWord, isStaffRole)).value_or(StaffRole::Helper);
    handling.desk = members.text("desk", kMaxDesk, isNotEmpty);
    if (members.has("consent")) handling.consent = readConsent(members.object("consent"), members);
    parent.adopt(members.finish());
    return handling;
}

}  // namespace tram::wire
