#include "publish/GtfsServices.h"

#include <algorithm>
#include <array>
#include <limits>

namespace tram::publish {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::array<const char*, 7> kWeekdays = {"monday", "tuesday",  "wednesday", "thursday",
                                                  "friday", "saturday", "sunday"};

/// YYYYMMDD.
std::optional<sys_days> dateIn(const GtfsRow& row, const char* column) {
    const auto& text = row.at(column);
    if (text.size() == 8 && text.find_first_not_of("0123456789") == text.npos) {
        const auto part = [&](std::size_t at, std::size_t count) {
            return std::stoi(text.substr(at, count));
        };
        const std::chrono::year_month_day date{std::chrono::year(part(0, 4)),
                                               std::chrono::month(static_cast<unsigned>(part(4, 2))),
                                               std::chrono::day(static_cast<unsigned>(part(6, 2)))};
        if (date.ok() && part(0, 4) >= 1900) return sys_days(date);
    }
    row.refuse(column, text.empty() ? "required" : "gtfs_date");
    return {};
}

}  // namespace

base::Result<void> GtfsServices::read(const GtfsFolder& folder) {
    const auto weeks = folder.readOptional("calendar.txt",
                                           {"service_id", "monday", "tuesday", "wednesday", "thursday",
                                            "friday", "saturday", "sunday", "start_date", "end_date"},
                                           [&](const GtfsRow& row) { readWeek(row); });
    if (!weeks) return tl::unexpected(weeks.error());
    const auto dates = folder.readOptional("calendar_dates.txt", {"service_id", "date", "exception_type"},
                                           [&](const GtfsRow& row) { readException(row); });
    if (!dates) return tl::unexpected(dates.error());
    if (!*weeks && !*dates) tell(folder.faults, {folder.feed + "/calendar.txt", 0, "", "gtfs_calendar"});
    return {};
}

std::optional<std::uint32_t> GtfsServices::find(const std::string& id) const {
    const auto found = ids_.find(id);
    if (found == ids_.end()) return {};
    return found->second;
}

GtfsServices::Service& GtfsServices::named(const std::string& id) {
    const auto [at, isNew] = ids_.emplace(id, static_cast<std::uint32_t>(services_.size()));
    if (isNew) services_.emplace_back();
    return services_[at->second];
}

void GtfsServices::readWeek(const GtfsRow& row) {
    auto& service = named(row.needed("service_id"));
    if (std::exchange(service.hasWeek, true)) row.refuse("service_id", "id_once");
    for (std::size_t day = 0; day < kWeekdays.size(); ++day)
        service.weekdays[day] = row.number(kWeekdays[day], 1) == 1;
    const auto first = dateIn(row, "start_date"), last = dateIn(row, "end_date");
    if (!first || !last) return;
    if (*last < *first) return row.refuse("end_date", "not_before_start");
    service.first = *first;
    service.last = *last;
}

void GtfsServices::readException(const GtfsRow& row) {
    auto& service = named(row.needed("service_id"));
    const auto date = dateIn(row, "date");
    const auto& type = row.at("exception_type");
    if (type != "1" && type != "2") row.refuse("exception_type", "exception_type");
    if (date && !service.exceptions.emplace(*date, type == "1").second) row.refuse("date", "id_once");
}

bool GtfsServices::runsOn(const Service& service, sys_days day) {
    if (const auto found = service.exceptions.find(day); found != service.exceptions.end())
        return found->second;
    return service.hasWeek && service.first <= day && day <= service.last &&
           service.weekdays[std::chrono::weekday(day).iso_encoding() - 1];
}

/// The first after the last when nothing ever runs.
std::pair<sys_days, sys_days> GtfsServices::span() const {
    auto first = sys_days::max(), last = sys_days::min();
    for (const auto& service : services_) {
        if (service.hasWeek) first = std::min(first, service.first), last = std::max(last, service.last);
        for (const auto& [date, runs] : service.exceptions)
            if (runs) first = std::min(first, date), last = std::max(last, date);
    }
    return {first, last};
}

std::optional<sys_days> GtfsServices::lastDay() const {
    const auto [first, last] = span();
    if (first > last) return {};
    return last;
}

std::vector<GtfsServices::Week> GtfsServices::weekFrom(sys_days day) const {
    const auto [first, last] = span();
    if (first <= last) day = std::max(std::min(day, last - days(6)), first);
    std::vector<Week> weeks;
    for (const auto& service : services_) {
        Week week;
        for (int ahead = 0; ahead < 7; ++ahead)
            week[static_cast<std::size_t>(ahead)] = runsOn(service, day + days(ahead));
        weeks.push_back(week);
    }
    return weeks;
}

}  // namespace tram::publish
