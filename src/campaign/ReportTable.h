#pragma once
#include <string>
#include <vector>

#include "wire/WardReport.h"

namespace tram::campaign {

/// A ward's report as a table: for the screen's charts, for paper and for `tram report` the same figures.
struct ReportTable {
    struct Row {
        std::string key;                   ///< a day, a unit ("" for none), an errand, an outcome
        std::vector<std::int64_t> counts;  ///< by column
    };
    /// Errands, in the order of wire::WardReport::Row::errand; "" alone where the rows are errands
    /// themselves.
    std::vector<std::string> columns;
    std::vector<Row> rows;
    std::vector<std::int64_t> sums;  ///< by column; empty where they would add up different errands
};

/// By day every day stands in it until the one of `asOf`, also those on which nothing was done; by unit and
/// outcome those with most come first, by errand in the order above.
ReportTable tableOf(const wire::WardReport& report);

}  // namespace tram::campaign
