#include "ui/screens/EntryWords.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "catalogue/ValueWords.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

namespace {

using catalogue::FieldType;
using catalogue::Hours;

/// Streets are not straight: about 1.3 times the crow's way (a common detour factor of dense cities), at the
/// 60 metres a minute of somebody who is not young.
constexpr double kDetour = 1.3, kMetresAMinute = 60, kMostMinutes = 45;

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

catalogue::ValueWords wordsFor(const Host& host) {
    return {host.session().language, [&host](std::string_view key, const base::Words::Values& values) {
                return host.tr(key, values);
            }};
}

}  // namespace

/// The ward's own name, the one most often read here, is not parted across lines.
std::string valueText(const Host& host, const FieldValue& value) {
    auto text = wordsFor(host).text(value);
    const auto ward = wardName(host.services(), host.services().station.wardCode);
    if (ward.empty()) return text;
    const auto whole = kit::unbroken(ward);
    for (auto at = text.find(ward); at != text.npos; at = text.find(ward, at + whole.size()))
        text.replace(at, ward.size(), whole);
    return text;
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
    const auto when = catalogue::timeOfDay(turn->minute);
    // Midnight belongs to the evening before it.
    const bool soon = turn->daysAhead == 0 || (turn->daysAhead == 1 && turn->minute == 0);
    const auto& today = hours->week[static_cast<std::size_t>(now.weekday)];
    const bool before = !today.empty() && now.minute < today.front().from;
    const char* closed = before ? "city.closed.today" : "city.closed.until";
    if (soon) return OpenNow{open, host.tr(open ? "city.open.until" : closed, {{"time", when}})};
    return OpenNow{open, host.tr(open ? "city.open.until_day" : "city.closed.until_day",
                                 {{"time", when},
                                  {"day", wordsFor(host).weekday((now.weekday + turn->daysAhead) % 7)}})};
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
