#include "gateway/source/DateShape.h"

#include <charconv>

namespace tram::gateway {
namespace {

using namespace std::chrono;

constexpr std::string_view kParts[] = {"YYYY", "MM", "DD", "HH", "mm", "ss"};
constexpr std::string_view kWhole[] = {"rfc3339", "unix_s", "unix_ms"};
constexpr std::size_t kLongest = 40;
constexpr hours kZone{7};

std::optional<std::int64_t> number(std::string_view digits) {
    std::int64_t value = 0;
    const auto* end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, value);
    if (error != std::errc() || stopped != end || value < 0) return std::nullopt;
    return value;
}

/// Which part stands at the beginning, if one does.
std::optional<std::size_t> partAt(std::string_view picture) {
    for (std::size_t i = 0; i < std::size(kParts); ++i)
        if (picture.starts_with(kParts[i])) return i;
    return std::nullopt;
}

std::optional<base::WallTime> since1970(std::string_view text, std::int64_t perSecond) {
    constexpr std::int64_t kFarthest = 253'402'300'799;  // of the year 9999
    const auto value = number(text);
    if (!value || *value / perSecond > kFarthest) return std::nullopt;
    return base::WallTime(milliseconds(*value * (1000 / perSecond)));
}

std::optional<base::WallTime> timeOf(const std::int64_t (&parts)[6]) {
    const year_month_day date(year(static_cast<int>(parts[0])), month(static_cast<unsigned>(parts[1])),
                              day(static_cast<unsigned>(parts[2])));
    if (!date.ok() || parts[3] > 23 || parts[4] > 59 || parts[5] > 59) return std::nullopt;
    return sys_days(date) + hours(parts[3]) + minutes(parts[4]) + seconds(parts[5]) - kZone;
}

}  // namespace

std::optional<DateShape> DateShape::make(std::string_view picture) {
    DateShape shape;
    shape.picture_ = picture;
    for (const auto whole : kWhole)
        if (picture == whole) return shape;
    int seen[6] = {};
    for (auto rest = picture; !rest.empty();) {
        const auto part = partAt(rest);
        if (part && ++seen[*part] > 1) return std::nullopt;
        rest.remove_prefix(part ? kParts[*part].size() : 1);
    }
    if (picture.size() > kLongest || !seen[0] || !seen[1] || !seen[2]) return std::nullopt;
    return shape;
}

std::optional<base::WallTime> DateShape::read(std::string_view text) const {
    base::WallTime time{};
    if (text.size() > kLongest) return std::nullopt;
    if (picture_ == "rfc3339") return base::fromRfc3339(text, time) ? std::optional(time) : std::nullopt;
    if (picture_ == "unix_s") return since1970(text, 1);
    if (picture_ == "unix_ms") return since1970(text, 1000);
    std::int64_t parts[6] = {};
    for (std::string_view rest = picture_; !rest.empty();) {
        const auto part = partAt(rest);
        const auto size = part ? kParts[*part].size() : 1;
        if (text.size() < size) return std::nullopt;
        const auto value = part ? number(text.substr(0, size)) : std::nullopt;
        if (part ? !value : text[0] != rest[0]) return std::nullopt;
        if (part) parts[*part] = *value;
        text.remove_prefix(size);
        rest.remove_prefix(size);
    }
    return text.empty() ? timeOf(parts) : std::nullopt;
}

}  // namespace tram::gateway
