#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/Result.h"

namespace tram::wire {

/// What was done at the stations of a ward, in sums that name nobody; GET /v1/reports/ward and
/// `tram-gateway report ward`.
struct WardReport {
    static constexpr std::size_t kMaxBytes = 2 * 1024 * 1024, kMostRows = 4000, kMaxKey = 400;
    static constexpr int kMostDays = 400;
    static constexpr std::int64_t kMost = 1'000'000'000;
    /// Ratings are told in whole steps of so many, for a whole period alone: by two reports that differ by a
    /// day nobody sees who rated an office on it.
    static constexpr std::int64_t kRatingStep = 10;

    enum class By { Day, Unit, Errand, Outcome };

    struct Row {
        std::string key;     ///< a day, a unit ("" for none), an errand, an outcome of a guide
        std::string errand;  ///< "report", "turn", "appointment", "guide", "away", "rating"
        std::int64_t count = 0;
        bool operator==(const Row&) const = default;
    };

    std::string ward, from, to;  ///< five digits; days, both of them within
    By by = By::Errand;
    std::string asOf;  ///< RFC 3339
    std::vector<Row> rows;

    std::string toJson() const;
    /// Members that a later version added are passed over; StoreTooNew when its `v` is beyond ours.
    static base::Result<WardReport> parse(std::string_view json);
};

std::string_view name(WardReport::By by);  ///< "day", "unit", "errand", "outcome"
std::optional<WardReport::By> wardReportBy(std::string_view name);
bool isErrand(std::string_view name);

}  // namespace tram::wire
