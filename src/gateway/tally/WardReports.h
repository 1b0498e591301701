#pragma once
#include <string>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/storage/Storage.h"
#include "wire/WardReport.h"

namespace tram::gateway {

struct WardPeriod {
    std::string ward, from, to;  ///< five digits; days, both of them within
};

/// What stations and `tram-gateway report ward` are told, of the same sums. Help with apps alone knows units
/// and outcomes: by unit all else stands under "", by outcome it is left out. Ratings are told by errand
/// alone, in whole steps (wire::WardReport::kRatingStep). OutOfRange (key, expected): no such days, or more
/// than wire::WardReport::kMostDays of them.
base::Result<wire::WardReport> wardReport(SharedDatabase& city, const WardPeriod& period,
                                          wire::WardReport::By by, base::WallTime now);

/// RFC 4180, safe from formulas: the report's `by`, errand, count.
std::string wardReportCsv(const wire::WardReport& report);

}  // namespace tram::gateway
