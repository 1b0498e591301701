#include "ui/screens/Wording.h"

#include <fmt/format.h>

namespace tram::screens {

namespace {

constexpr auto kOffset = std::chrono::hours(7);  // Ho Chi Minh City: +07:00, no daylight saving

struct Parts {
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<std::chrono::milliseconds> time;
};

Parts local(base::WallTime time) {
    const auto shifted = time + kOffset;
    const auto days = std::chrono::floor<std::chrono::days>(shifted);
    return {std::chrono::year_month_day(days), std::chrono::hh_mm_ss(shifted - days)};
}

template <class Format>
std::string fromText(const std::string& rfc3339, Format format) {
    base::WallTime time{};
    return base::fromRfc3339(rfc3339, time) ? format(time) : std::string();
}

}  // namespace

std::string clockTime(base::WallTime time) {
    const auto parts = local(time);
    return fmt::format("{:02}:{:02}", parts.time.hours().count(), parts.time.minutes().count());
}

std::string day(base::WallTime time) {
    const auto date = local(time).date;
    return fmt::format("{:02}/{:02}/{}", static_cast<unsigned>(date.day()),
                       static_cast<unsigned>(date.month()), static_cast<int>(date.year()));
}

std::string dayTime(base::WallTime time) {
    return clockTime(time) + ", " + day(time);
}

std::string dayTime(const std::string& rfc3339) {
    return fromText(rfc3339, [](base::WallTime time) { return dayTime(time); });
}

std::string day(const std::string& rfc3339) {
    return fromText(rfc3339, [](base::WallTime time) { return day(time); });
}

std::string minutes(int seconds) {
    const int rest = seconds % 60;
    return std::to_string(seconds / 60) + (rest < 10 ? ":0" : ":") + std::to_string(rest);
}

std::string number(std::size_t value, std::string_view language) {
    std::string digits = std::to_string(value);
    for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), language == "en" ? "," : ".");
    return digits;
}

std::string emergencyNumbers(const Services& services, std::string_view language) {
    std::string all;
    for (const auto& line : services.hotlines)
        if (line.danger)
            all += (all.empty() ? "**" : ", **") + line.number + "** (" + line.label(language) + ")";
    return all;
}

std::string wardName(const Services& services, const std::string& code) {
    const auto* ward = services.wards.byCode(code);
    return ward ? ward->fullName : code;
}

}  // namespace tram::screens
