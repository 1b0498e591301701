#include "catalogue/ValueWords.h"

#include <fmt/format.h>

namespace tram::catalogue {

namespace {

constexpr int kDayMinutes = 24 * 60;

}  // namespace

std::string ValueWords::weekday(int day) const {
    return say("city.day." + std::to_string(day));
}

std::string ValueWords::spans(const catalogue::Day& day) const {
    if (day.empty()) return say("city.hours.closed");
    if (day == catalogue::Day{{0, kDayMinutes}}) return say("city.hours.always");
    std::string all;
    for (const auto& span : day)
        all += (all.empty() ? "" : ", ") + timeOfDay(span.from) + "–" + timeOfDay(span.to);
    return all;
}

std::string ValueWords::days(int first, int last) const {
    if (first == 0 && last == 6) return say("city.hours.every_day");
    if (first == last) return weekday(first);
    if (last == first + 1)
        return say_("city.hours.two", {{"first", weekday(first)}, {"second", weekday(last)}});
    return say_("city.hours.days", {{"from", weekday(first)}, {"to", weekday(last)}});
}

/// Days that follow each other and are alike share a line.
std::string ValueWords::hours(const std::string& written) const {
    const auto hours = Hours::parse(written);
    if (!hours) return written;
    std::string all;
    const auto& week = hours->week;
    for (std::size_t first = 0, last = 0; first < week.size(); first = last + 1) {
        for (last = first; last + 1 < week.size() && week[last + 1] == week[first];) ++last;
        all += (all.empty() ? "" : "\n") + days(static_cast<int>(first), static_cast<int>(last)) + ": " +
               spans(week[first]);
    }
    if (hours->holidays && *hours->holidays != week[6])
        all += "\n" + say("city.hours.holidays") + ": " + spans(*hours->holidays);
    return all;
}

std::string ValueWords::money(std::int64_t dong) const {
    return dong == 0 ? say("city.free") : say_("city.money", {{"amount", number(dong, language_)}});
}

std::string ValueWords::counted(const FieldValue& value) const {
    const auto& unit = value.field->unit.in(language_);
    const auto text = number(value.number, language_);
    return unit.empty() ? text : text + " " + unit;
}

std::string ValueWords::text(const FieldValue& value) const {
    switch (value.field->type) {
        case FieldType::Choice: {
            const auto* choice = value.field->choice(value.text);
            return choice ? choice->label.in(language_) : value.text;
        }
        case FieldType::Number:
            return counted(value);
        case FieldType::Money:
            return money(value.number);
        case FieldType::Date:
            return day(value.text + "T12:00:00+07:00");
        case FieldType::Hours:
            return hours(value.text);
        case FieldType::List: {
            std::string all;
            for (const auto& line : value.lines) all += (all.empty() ? "• " : "\n• ") + line;
            return all;
        }
        default:
            return value.text;
    }
}

std::string number(std::int64_t value, std::string_view language) {
    auto digits = std::to_string(value);
    const int first = value < 0 ? 1 : 0;  // behind the sign
    for (int at = static_cast<int>(digits.size()) - 3; at > first; at -= 3)
        digits.insert(static_cast<std::size_t>(at), language == "en" ? "," : ".");
    return digits;
}

std::string day(base::WallTime time) {
    const auto date = base::toRfc3339(time);  // in the city's own time zone
    return date.substr(8, 2) + "/" + date.substr(5, 2) + "/" + date.substr(0, 4);
}

std::string day(const std::string& rfc3339) {
    constexpr std::size_t kDate = 10;  // YYYY-MM-DD
    base::WallTime time{};
    const auto whole = rfc3339.size() == kDate ? rfc3339 + "T00:00:00+07:00" : rfc3339;
    return base::fromRfc3339(whole, time) ? day(time) : std::string();
}

std::string timeOfDay(int minute) {
    return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

std::string hostOf(const std::string& link) {
    constexpr std::string_view kScheme = "https://";
    const auto rest = link.substr(std::min(kScheme.size(), link.size()));
    return rest.substr(0, rest.find_first_of("/?#"));
}

std::string dialled(std::string_view phone) {
    std::string all = "tel:";
    for (const char c : phone)
        if (c == '+' || ('0' <= c && c <= '9')) all += c;
    return all;
}

}  // namespace tram::catalogue
