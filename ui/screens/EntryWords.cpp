#include "ui/screens/EntryWords.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "catalogue/Hours.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

namespace {

using catalogue::FieldType;
using catalogue::Hours;

/// Streets are not straight: about 1.3 times the crow's way (a common detour factor of dense cities), at the
/// 60 metres a minute of somebody who is not young.
constexpr double kDetour = 1.3, kMetresAMinute = 60, kMostMinutes = 45;

constexpr int kDayMinutes = 24 * 60;

struct LocalMinute {
    int weekday = 0, minute = 0;  ///< weekday 0 is Monday
};

LocalMinute localMinute(base::WallTime now) {
    const auto shifted = now + std::chrono::hours(7);  // no daylight saving in Ho Chi Minh City
    const auto days = std::chrono::floor<std::chrono::days>(shifted);
    const std::chrono::weekday weekday(days);
    return {static_cast<int>(weekday.iso_encoding()) - 1,
            static_cast<int>(std::chrono::floor<std::chrono::minutes>(shifted - days).count())};
}

std::string timeOf(int minute) {
    return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

std::string weekday(const Host& host, int day) {
    return host.tr("city.day." + std::to_string(day));
}

std::string spansText(const Host& host, const catalogue::Day& day) {
    if (day.empty()) return host.tr("city.hours.closed");
    if (day == catalogue::Day{{0, kDayMinutes}}) return host.tr("city.hours.always");
    std::string all;
    for (const auto& span : day) all += (all.empty() ? "" : ", ") + timeOf(span.from) + "–" + timeOf(span.to);
    return all;
}

/// Days that follow each other and are alike share a line.
std::string hoursText(const Host& host, const std::string& written) {
    const auto hours = Hours::parse(written);
    if (!hours) return written;
    const auto line = [](const std::string& days, const std::string& spans) { return days + ": " + spans; };
    std::string all;
    const auto& week = hours->week;
    for (std::size_t first = 0, last = 0; first < week.size(); first = last + 1) {
        for (last = first; last + 1 < week.size() && week[last + 1] == week[first];) ++last;
        const auto from = weekday(host, static_cast<int>(first)), to = weekday(host, static_cast<int>(last));
        const bool whole = first == 0 && last + 1 == week.size();
        const auto days = whole               ? host.tr("city.hours.every_day")
                          : first == last     ? from
                          : last == first + 1 ? host.tr("city.hours.two", {{"first", from}, {"second", to}})
                                              : host.tr("city.hours.days", {{"from", from}, {"to", to}});
        all += (all.empty() ? "" : "\n") + line(days, spansText(host, week[first]));
    }
    if (hours->holidays && *hours->holidays != week[6])
        all += "\n" + line(host.tr("city.hours.holidays"), spansText(host, *hours->holidays));
    return all;
}

std::string moneyText(const Host& host, std::int64_t dong) {
    if (dong == 0) return host.tr("city.free");
    return host.tr("city.money",
                   {{"amount", number(static_cast<std::size_t>(dong), host.session().language)}});
}

std::string numberText(const Host& host, const FieldValue& value) {
    const auto& language = host.session().language;
    const auto text = value.number < 0 ? std::to_string(value.number)
                                       : number(static_cast<std::size_t>(value.number), language);
    const auto& unit = value.field->unit.in(language);
    return unit.empty() ? text : text + " " + unit;
}

}  // namespace

std::string valueText(const Host& host, const FieldValue& value) {
    switch (value.field->type) {
        case FieldType::Choice: {
            const auto* choice = value.field->choice(value.text);
            return choice ? choice->label.in(host.session().language) : value.text;
        }
        case FieldType::Number:
            return numberText(host, value);
        case FieldType::Money:
            return moneyText(host, value.number);
        case FieldType::Date:
            return day(value.text + "T12:00:00+07:00");
        case FieldType::Hours:
            return hoursText(host, value.text);
        case FieldType::List: {
            std::string all;
            for (const auto& line : value.lines) all += (all.empty() ? "• " : "\n• ") + line;
            return all;
        }
        default:
            return value.text;
    }
}

std::string lineText(const Host& host, const catalogue::Kind& kind, const std::vector<FieldValue>& values) {
    std::string all;
    for (const auto& id : kind.line) {
        const auto* value = catalogue::valueOf(values, id);
        if (!value || value->field->type == FieldType::Hours) continue;  // openNow tells it better
        all += (all.empty() ? "" : " · ") + valueText(host, *value);
    }
    return all;
}

std::optional<OpenNow> openNow(const Host& host, const std::vector<FieldValue>& values) {
    const FieldValue* told = nullptr;
    for (const auto& value : values)
        if (value.field->type == FieldType::Hours) told = &value;
    const auto hours = told ? Hours::parse(told->text) : std::nullopt;
    if (!hours) return {};
    const auto now = localMinute(host.services().clock.wall());
    const bool open = hours->openAt(now.weekday, now.minute);
    const auto turn = hours->nextTurn(now.weekday, now.minute);
    if (!turn) return OpenNow{open, host.tr(open ? "city.open.always" : "city.closed.always")};
    const auto when = timeOf(turn->minute);
    // Midnight belongs to the evening before it.
    const bool soon = turn->daysAhead == 0 || (turn->daysAhead == 1 && turn->minute == 0);
    const auto& today = hours->week[static_cast<std::size_t>(now.weekday)];
    const bool before = !today.empty() && now.minute < today.front().from;
    const char* closed = before ? "city.closed.today" : "city.closed.until";
    if (soon) return OpenNow{open, host.tr(open ? "city.open.until" : closed, {{"time", when}})};
    return OpenNow{open,
                   host.tr(open ? "city.open.until_day" : "city.closed.until_day",
                           {{"time", when}, {"day", weekday(host, (now.weekday + turn->daysAhead) % 7)}})};
}

std::string distanceText(const Host& host, double metres) {
    constexpr double kKilometre = 1000, kStep = 10, kFar = 10'000;
    if (metres < kKilometre - kStep / 2)
        return kit::unbroken(fmt::format("{:.0f} m", std::max(kStep, std::round(metres / kStep) * kStep)));
    auto text = kit::unbroken(metres < kFar ? fmt::format("{:.1f} km", metres / kKilometre)
                                            : fmt::format("{:.0f} km", metres / kKilometre));
    if (host.session().language != "en")
        if (const auto point = text.find('.'); point != text.npos) text[point] = ',';
    return text;
}

std::string walkText(const Host& host, double metres) {
    const double minutes = std::ceil(metres * kDetour / kMetresAMinute);
    if (minutes > kMostMinutes) return {};
    return host.tr("city.walk", {{"minutes", fmt::format("{:.0f}", std::max(1.0, minutes))}});
}

}  // namespace tram::screens
