#pragma once
#include <vector>

#include "calendar/WorkingDays.h"
#include "wire/Campaign.h"

namespace tram::campaign {

/// How far something is.
struct Progress {
    std::int64_t counted = 0, target = 0;
    /// Rounded down, so that nothing is called whole before it is; above 100 where more was done than meant
    /// to be. 0 without a target.
    int percent() const;
    bool reached() const { return target > 0 && counted >= target; }
};

/// Where a campaign stands in time, by the days of Ho Chi Minh City.
struct Span {
    bool begun = false, over = false;
    int daysLeft = 0;  ///< of those that are not over, after today; 0 on the last
};
Span spanOf(const wire::Campaign& campaign, calendar::Day today);

/// Every day from its first to today or its last, those on which nobody was helped too, for a line; empty
/// before it begins.
std::vector<wire::Campaign::DayCount> lineOf(const wire::Campaign& campaign, calendar::Day today);

}  // namespace tram::campaign
