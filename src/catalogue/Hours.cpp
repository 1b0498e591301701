#include "catalogue/Hours.h"

#include <algorithm>

namespace tram::catalogue {

namespace {

constexpr int kHolidays = 7, kMinutesOfDay = 24 * 60;
constexpr std::array<std::string_view, 8> kDays = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH"};
constexpr std::size_t kMaxText = 400, kMaxSpans = 6;

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

/// Calls `take` with each part; false as soon as one is not taken.
template <class Take>
bool eachPart(std::string_view text, char mark, Take take) {
    for (;;) {
        const auto end = text.find(mark);
        if (!take(trimmed(text.substr(0, end)))) return false;
        if (end == text.npos) return true;
        text.remove_prefix(end + 1);
    }
}

std::optional<int> dayOf(std::string_view text) {
    const auto found = std::ranges::find(kDays, text);
    if (found == kDays.end()) return {};
    return static_cast<int>(found - kDays.begin());
}

std::optional<int> minuteOf(std::string_view text) {
    const auto digit = [&](std::size_t at) { return text[at] - '0'; };
    if (text.size() != 5 || text[2] != ':') return {};
    for (const std::size_t at : {0, 1, 3, 4})
        if (text[at] < '0' || text[at] > '9') return {};
    const int hour = 10 * digit(0) + digit(1), minute = 10 * digit(3) + digit(4);
    if (minute > 59 || 60 * hour + minute > 24 * 60) return {};
    return 60 * hour + minute;
}

/// "Mo-Fr", "Sa", "PH"; over the end of the week too ("Sa-Mo").
bool addDays(std::string_view text, std::array<bool, 8>& days) {
    const auto dash = text.find('-');
    const auto first = dayOf(text.substr(0, dash));
    const auto last = dash == text.npos ? first : dayOf(text.substr(dash + 1));
    if (!first || !last) return false;
    if (*first == kHolidays || *last == kHolidays) return days[kHolidays] = dash == text.npos;
    for (int day = *first;; day = (day + 1) % 7) {
        days[static_cast<std::size_t>(day)] = true;
        if (day == *last) return true;
    }
}

bool addSpan(std::string_view text, Day& day) {
    const auto dash = text.find('-');
    if (dash == text.npos || day.size() == kMaxSpans) return false;
    const auto from = minuteOf(text.substr(0, dash)), to = minuteOf(text.substr(dash + 1));
    if (!from || !to || *from >= *to || (!day.empty() && day.back().to > *from)) return false;
    day.push_back({*from, *to});
    return true;
}

bool takeRule(std::string_view rule, Hours& hours) {
    const auto blank = rule.find(' ');
    if (blank == rule.npos) return false;
    std::array<bool, 8> days{};
    Day spans;
    const auto times = trimmed(rule.substr(blank));
    if (!eachPart(rule.substr(0, blank), ',', [&](auto part) { return addDays(part, days); })) return false;
    if (times != "off" && !eachPart(times, ',', [&](auto part) { return addSpan(part, spans); }))
        return false;
    for (std::size_t day = 0; day < hours.week.size(); ++day)
        if (days[day]) hours.week[day] = spans;
    if (days[kHolidays]) hours.holidays = spans;
    return true;
}

Hours always() {
    const Day day = {{0, 24 * 60}};
    Hours hours;
    hours.week.fill(day);
    hours.holidays = day;
    return hours;
}

}  // namespace

std::optional<Hours> Hours::parse(std::string_view text) {
    if (text.size() > kMaxText) return {};
    if (trimmed(text) == "24/7") return always();
    Hours hours;
    if (!eachPart(text, ';', [&](auto rule) { return takeRule(rule, hours); })) return {};
    return hours;
}

bool Hours::openAt(int weekday, int minute) const {
    return std::ranges::any_of(week[static_cast<std::size_t>(weekday)],
                               [&](const Span& span) { return span.from <= minute && minute < span.to; });
}

std::optional<Hours::Turn> Hours::nextTurn(int weekday, int minute) const {
    const bool open = openAt(weekday, minute);
    std::vector<int> turns;  // minutes from today's midnight on, where spans begin or end
    for (int ahead = 0; ahead <= 7; ++ahead)
        for (const auto& span : week[static_cast<std::size_t>((weekday + ahead) % 7)])
            turns.insert(turns.end(), {ahead * kMinutesOfDay + span.from, ahead * kMinutesOfDay + span.to});
    for (const int at : turns) {
        const int day = at / kMinutesOfDay, then = at % kMinutesOfDay;
        // Where one span ends at midnight and the next begins there, nothing turns.
        if (at > minute && openAt((weekday + day) % 7, then) != open) return Turn{!open, day, then};
    }
    return {};
}

}  // namespace tram::catalogue
