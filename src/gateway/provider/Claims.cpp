#include "gateway/provider/Claims.h"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/VietnameseText.h"

namespace tram::gateway {
namespace {

using nlohmann::json;
using std::chrono::year_month_day;
using Format = ProviderProfile::DateFormat;

constexpr std::size_t kMostClaim = 512, kMostSubject = 255;  // OpenID Connect Core §2

/// A member as text; numbers as they are written. "" when there is none.
std::string textOf(const json& claims, const std::string& where) {
    if (where.empty()) return "";
    const json* found = nullptr;
    if (where.front() == '/') {
        const json::json_pointer pointer(where);
        if (claims.contains(pointer)) found = &claims.at(pointer);
    } else if (const auto member = claims.find(where); member != claims.end()) {
        found = &*member;
    }
    if (!found) return "";
    if (found->is_number_integer()) return found->dump();
    if (!found->is_string() || found->get_ref<const std::string&>().size() > kMostClaim) return "";
    return found->get<std::string>();
}

bool areDigits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; });
}

std::optional<int> number(std::string_view digits) {
    int value = 0;
    if (!areDigits(digits) ||
        std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc())
        return std::nullopt;
    return value;
}

struct Places {
    std::size_t size, year, month, day;
    std::string_view separators;  ///< as they stand, "" for none
};
constexpr Places placesOf(Format format) {
    switch (format) {
        case Format::DayMonthYear:
            return {10, 6, 3, 0, "/"};
        case Format::DayMonthYearDigits:
            return {8, 4, 2, 0, ""};
        case Format::YearMonthDayDigits:
            return {8, 0, 4, 6, ""};
        default:
            return {10, 0, 5, 8, "-"};
    }
}

std::optional<year_month_day> dateFrom(std::string_view text, Format format) {
    const auto places = placesOf(format);
    if (text.size() != places.size) return std::nullopt;
    if (!places.separators.empty() && std::ranges::count(text, places.separators.front()) != 2)
        return std::nullopt;
    const auto year = number(text.substr(places.year, 4)), month = number(text.substr(places.month, 2)),
               day = number(text.substr(places.day, 2));
    if (!year || !month || !day) return std::nullopt;
    const year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                              std::chrono::day(static_cast<unsigned>(*day))};
    return date.ok() && *year >= 1880 ? std::optional(date) : std::nullopt;
}

/// Whole years on the day it is in Ho Chi Minh City.
int ageOn(const year_month_day& birth, base::WallTime now) {
    const year_month_day today{std::chrono::floor<std::chrono::days>(now + std::chrono::hours(7))};
    const bool before = std::pair(today.month(), today.day()) < std::pair(birth.month(), birth.day());
    return static_cast<int>(today.year()) - static_cast<int>(birth.year()) - (before ? 1 : 0);
}

std::string iso(const year_month_day& date) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

/// Digits, perhaps a + before them; what else stands in it is layout. "" when it is none.
std::string phoneFrom(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '.' || c == '-' || c == '(' || c == ')'; });
    const auto digits = std::string_view(text).substr(text.starts_with('+') ? 1 : 0);
    return areDigits(digits) && digits.size() >= 8 && digits.size() <= 15 ? text : "";
}

}  // namespace

base::SecretText subjectIn(const json& claims, const ProviderProfile& profile) {
    return base::SecretText(textOf(claims, profile.claims.subject));
}

tl::expected<Resident, Refusal> residentFrom(const json& claims, const ProviderProfile& profile,
                                             base::WallTime now) {
    const auto failed = tl::unexpected(Refusal::ProviderFailed);
    const auto& names = profile.claims;
    auto subject = textOf(claims, names.subject);
    auto name = base::clean(textOf(claims, names.name));
    const auto birth = dateFrom(textOf(claims, names.birthdate), profile.birthdateFormat);
    auto personal = textOf(claims, names.personalNumber);
    const auto level = profile.levels.find(textOf(claims, names.level));
    Resident resident;
    resident.foreigner = profile.foreigners.contains(textOf(claims, names.type));
    if (resident.foreigner) personal.clear();
    const bool numbered = resident.foreigner || (personal.size() == 12 && areDigits(personal));
    if (subject.empty() || subject.size() > kMostSubject || name.empty() || name.size() > kMostClaim ||
        !birth || level == profile.levels.end() || !numbered)
        return failed;
    const int age = ageOn(*birth, now);
    if (age < 0 || age > 150) return failed;
    if (age < profile.minimumAge) return tl::unexpected(Refusal::UnderAge);
    if (level->second < profile.minimumLevel) return tl::unexpected(Refusal::LevelTooLow);
    resident.subject = base::SecretText(std::move(subject));
    resident.name = base::SecretText(std::move(name));
    resident.birthdate = base::SecretText(iso(*birth));
    resident.personalNumber = base::SecretText(std::move(personal));
    resident.phone = base::SecretText(phoneFrom(textOf(claims, names.phone)));
    resident.level = level->second;
    return resident;
}

}  // namespace tram::gateway
