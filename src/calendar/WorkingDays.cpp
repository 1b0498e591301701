#include "calendar/WorkingDays.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace tram::calendar {
namespace {

using base::ProblemKind;
using base::Result;
using namespace std::chrono;

constexpr hours kZone{7};

std::optional<int> number(std::string_view digits) {
    int value = 0;
    const auto* end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, value);
    if (error != std::errc() || stopped != end || value < 0) return std::nullopt;
    return value;
}

bool isWeekend(Day day) {
    const weekday name(day);
    return name == Saturday || name == Sunday;
}

std::string_view takeLine(std::string_view& text) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

std::string_view takeField(std::string_view& line) {
    const auto end = line.find(',');
    const auto field = line.substr(0, end);
    line = end == line.npos ? std::string_view() : line.substr(end + 1);
    return field;
}

auto bad(int line, const char* expected) {
    return base::fail(ProblemKind::BadConfig, {{"line", std::to_string(line)}, {"expected", expected}});
}

}  // namespace

Day dayInCity(base::WallTime time) {
    return floor<days>(time + kZone);
}

std::optional<Day> dayFrom(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto y = number(text.substr(0, 4)), m = number(text.substr(5, 2)), d = number(text.substr(8, 2));
    if (!y || !m || !d) return std::nullopt;
    const year_month_day date(year(*y), month(static_cast<unsigned>(*m)), day(static_cast<unsigned>(*d)));
    return date.ok() ? std::optional<Day>(date) : std::nullopt;
}

std::string toText(Day of) {
    const year_month_day date(of);
    const auto padded = [](int value, std::size_t width) {
        const auto digits = std::to_string(value);
        return std::string(digits.size() < width ? width - digits.size() : 0, '0') + digits;
    };
    return padded(static_cast<int>(date.year()), 4) + "-" +
           padded(static_cast<int>(static_cast<unsigned>(date.month())), 2) + "-" +
           padded(static_cast<int>(static_cast<unsigned>(date.day())), 2);
}

std::string shown(std::string_view text) {
    const std::string day(text);
    return dayFrom(text) ? day.substr(8, 2) + "/" + day.substr(5, 2) + "/" + day.substr(0, 4) : day;
}

/// Nothing, or what was expected instead.
const char* WorkingDays::take(Day day, std::string_view kind) {
    const bool open = !known_.empty() && !known_.back().second;
    if (open != (kind == "known_to"))
        return open ? "known_to after known_from" : "known_from before known_to";
    if (kind == "known_from")
        known_.emplace_back(day, std::nullopt);
    else if (kind == "known_to")
        known_.back().second = day;
    else
        (kind == "holiday" ? holidays_ : swapped_).insert(day);
    return holidays_.contains(day) && swapped_.contains(day) ? "either holiday or working_day" : nullptr;
}

Result<WorkingDays> WorkingDays::parse(std::string_view csv) {
    constexpr std::string_view kHeader = "date,kind,name_vi,name_en,source", kMark = "\xEF\xBB\xBF";
    constexpr std::string_view kKinds[] = {"holiday", "working_day", "known_from", "known_to"};
    if (csv.size() > kMostBytes) return bad(1, "at most 256 KiB");
    if (csv.starts_with(kMark)) csv.remove_prefix(kMark.size());
    WorkingDays read;
    bool headed = false;
    for (int at = 1; !csv.empty(); ++at) {
        auto line = takeLine(csv);
        if (line.empty() || line.starts_with('#')) continue;
        if (!headed && line != kHeader) return bad(at, kHeader.data());
        if (!std::exchange(headed, true)) continue;
        const auto day = dayFrom(takeField(line));
        if (!day) return bad(at, "YYYY-MM-DD");
        const auto kind = takeField(line);
        if (std::ranges::count(kKinds, kind) == 0)
            return bad(at, "holiday, working_day, known_from or known_to");
        if (const char* expected = read.take(*day, kind)) return bad(at, expected);
    }
    return read;
}

bool WorkingDays::works(Day day) const {
    if (holidays_.contains(day)) return false;
    return !isWeekend(day) || swapped_.contains(day);
}

Day WorkingDays::firstFrom(Day day) const {
    while (!works(day)) day += days(1);
    return day;
}

int WorkingDays::between(Day after, Day upTo) const {
    int count = 0;
    for (Day day = after + days(1); day <= upTo; day += days(1)) count += works(day) ? 1 : 0;
    return count;
}

bool WorkingDays::isKnown(Day from, Day to) const {
    return std::ranges::any_of(
        known_, [&](const auto& span) { return span.first <= from && span.second && to <= *span.second; });
}

std::optional<WorkingDays::Count> WorkingDays::left(Day today, Day promised) const {
    if (abs(promised - today) > days(366) * kLongestYears) return std::nullopt;
    const Day due = firstFrom(promised);
    const bool ahead = today <= due;
    const int count = ahead ? between(today, due) : -between(due, today);
    return Count{count, !isKnown(std::min(today, promised), std::max(today, due))};
}

}  // namespace tram::calendar
