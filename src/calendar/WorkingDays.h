#pragma once
#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"

namespace tram::calendar {

using Day = std::chrono::sys_days;  ///< a day of the calendar on the wall, without a zone

Day dayInCity(base::WallTime time);  ///< at UTC+7, which has no daylight saving
/// YYYY-MM-DD of a day that exists; nothing for anything else.
std::optional<Day> dayFrom(std::string_view text);
std::string toText(Day day);
/// "02/12/2026" of "2026-12-02", as people here write it; anything else as it is.
std::string shown(std::string_view text);

/// Which days an office works: Monday to Friday, but for holidays, and the Saturdays that take a day's place.
class WorkingDays {
  public:
    static constexpr std::size_t kMostBytes = 256 * 1024;

    /// Without a table: every Monday to Friday, and nothing is certain.
    WorkingDays() = default;
    /// resources/content/holidays.csv: date,kind,name_vi,name_en,source. Kinds: "holiday", "working_day" (one
    /// that would have been free), and "complete", by which nothing is missing in its year up to that day.
    /// Lines that begin with # are remarks. BadConfig, facts line and expected.
    static base::Result<WorkingDays> parse(std::string_view csv);

    bool works(Day day) const;
    /// That day, or the next on which the office works: what was promised for a holiday is due then.
    Day firstFrom(Day day) const;

    struct Count {
        int days = 0;        ///< from today, which does not count, to the day it is due; below 0: late
        bool rough = false;  ///< of some of the days the holidays are not known: only weekends left out
    };
    /// 0 on the day itself, and on free days right after it: late begins with the next working day. Nothing
    /// for spans of more than kLongestYears.
    std::optional<Count> left(Day today, Day promised) const;
    static constexpr int kLongestYears = 20;

  private:
    const char* take(Day day, std::string_view kind);
    int between(Day after, Day upTo) const;
    bool isKnown(Day from, Day to) const;

    std::set<Day> holidays_, swapped_;
    std::vector<std::pair<Day, std::optional<Day>>> known_;
};

}  // namespace tram::calendar
