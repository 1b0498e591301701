#include "wire/StaffSignIn.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "wire/Handling.h"
#include "wire/Json.h"
#include "wire/Members.h"
#include "wire/Scrub.h"
#include "wire/StaffList.h"

namespace tram::wire {
namespace {

using base::Result;
using nlohmann::json;

bool isAllDigits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; });
}
bool isStaffCode(std::string_view text) {
    return text.size() == StaffSignIn::kCodeDigits && isAllDigits(text);
}
bool isTypedPin(std::string_view text) {
    return !text.empty() && isAllDigits(text);
}
bool isSignedInRole(std::string_view text) {
    return staffRoleFrom(text).has_value();
}

}  // namespace

Result<StaffSignIn> StaffSignIn::parse(std::string_view text) {
    auto parsed = parseJson(text, kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    const ScrubbedJson body(std::move(*parsed));
    Members members(body.value);
    members.version(1);
    StaffSignIn request;
    request.code = members.secret("code", kCodeDigits, isStaffCode);
    request.pin = members.secret("pin", kMostPinDigits, isTypedPin);
    return members.finish().map([&] { return std::move(request); });
}

base::SecretText StaffSignIn::toJson() const {
    const ScrubbedJson body(json{{"v", 1}, {"code", code.reveal()}, {"pin", pin.reveal()}});
    return base::SecretText(dumpJson(body.value));
}

std::string StaffSignedIn::toJson() const {
    return dumpJson(
        json{{"v", 1}, {"id", id}, {"name", name}, {"unit", unit}, {"role", tram::wire::name(role)}});
}

Result<StaffSignedIn> StaffSignedIn::parse(std::string_view text) {
    const auto parsed = parseJson(text, kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    members.version(1);
    StaffSignedIn who;
    who.id = members.text("id", kLongestStaffId, isStaffId);
    who.name = members.text("name", kMaxStaffLine, isStaffName);
    who.unit = members.text("unit", kMaxStaffLine);
    who.role = staffRoleFrom(members.text("role", 16, isSignedInRole)).value_or(StaffRole::Helper);
    return members.finishLeniently().map([&] { return std::move(who); });
}

}  // namespace tram::wire
