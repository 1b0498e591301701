#include "ui/screens/Wording.h"

#include <fmt/format.h>

namespace tram::screens {

namespace {

constexpr auto kOffset = std::chrono::hours(7);  // Ho Chi Minh City: +07:00, no daylight saving

}  // namespace

std::string clockTime(base::WallTime time) {
    const auto shifted = time + kOffset;
    const std::chrono::hh_mm_ss parts(shifted - std::chrono::floor<std::chrono::days>(shifted));
    return fmt::format("{:02}:{:02}", parts.hours().count(), parts.minutes().count());
}

std::string dayTime(base::WallTime time) {
    return clockTime(time) + ", " + day(time);
}

std::string dayTime(const std::string& rfc3339) {
    base::WallTime time{};
    return base::fromRfc3339(rfc3339, time) ? dayTime(time) : std::string();
}

std::string minutes(int seconds) {
    const int rest = seconds % 60;
    return std::to_string(seconds / 60) + (rest < 10 ? ":0" : ":") + std::to_string(rest);
}

std::string number(std::size_t value, std::string_view language) {
    return catalogue::number(static_cast<std::int64_t>(value), language);
}

std::string emergencyNumbers(const Services& services, std::string_view language) {
    std::string all;
    for (const auto& line : services.hotlines)
        if (line.danger)
            all += (all.empty() ? "" : ", ") +
                   kit::unbroken("**" + line.number + "** (" + line.label(language) + ")");
    return all;
}

std::string wardName(const Services& services, const std::string& code) {
    const auto* ward = services.wards.byCode(code);
    return ward ? ward->fullName : code;
}

}  // namespace tram::screens
