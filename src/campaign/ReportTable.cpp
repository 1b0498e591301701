#include "campaign/ReportTable.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "calendar/WorkingDays.h"

namespace tram::campaign {

using wire::WardReport;
using By = WardReport::By;

namespace {

constexpr std::array<std::string_view, 6> kOrder = {"report", "turn", "appointment",
                                                    "guide",  "away", "rating"};

std::size_t placeOf(const std::string& errand) {
    return static_cast<std::size_t>(std::ranges::find(kOrder, errand) - kOrder.begin());
}

std::vector<std::string> columnsOf(const WardReport& report) {
    if (report.by == By::Errand) return {""};
    std::vector<std::string> columns;
    for (const auto errand : kOrder)
        if (std::ranges::find(report.rows, errand, &WardReport::Row::errand) != report.rows.end())
            columns.emplace_back(errand);
    return columns;
}

/// Days are the rows of a whole period, whatever was done on them.
void addDays(const WardReport& report, std::map<std::string, std::vector<std::int64_t>>& cells,
             std::size_t columns) {
    const auto from = calendar::dayFrom(report.from), to = calendar::dayFrom(report.to);
    const auto told = calendar::dayFrom(report.asOf.substr(0, 10));
    if (!from || !to) return;
    const auto end =
        std::min({*to, told.value_or(*to), *from + std::chrono::days(WardReport::kMostDays - 1)});
    for (auto day = *from; day <= end; day += std::chrono::days(1))
        cells[calendar::toText(day)].resize(columns);
}

void arrange(std::vector<ReportTable::Row>& rows, By by) {
    const auto sum = [](const ReportTable::Row& row) {
        return std::accumulate(row.counts.begin(), row.counts.end(), std::int64_t{0});
    };
    if (by == By::Errand)
        std::ranges::stable_sort(rows, {}, [](const auto& row) { return placeOf(row.key); });
    else if (by != By::Day)
        std::ranges::stable_sort(rows, std::ranges::greater(), sum);
}

}  // namespace

ReportTable tableOf(const WardReport& report) {
    ReportTable table{columnsOf(report), {}, {}};
    const auto width = table.columns.size();
    std::map<std::string, std::vector<std::int64_t>> cells;
    if (report.by == By::Day) addDays(report, cells, width);
    for (const auto& row : report.rows) {
        const auto column = std::ranges::find(table.columns, report.by == By::Errand ? "" : row.errand);
        auto& counts = cells[row.key];
        counts.resize(width);
        if (column != table.columns.end())
            counts[static_cast<std::size_t>(column - table.columns.begin())] += row.count;
    }
    for (auto& [key, counts] : cells) table.rows.push_back({key, std::move(counts)});
    arrange(table.rows, report.by);
    if (report.by == By::Errand) return table;
    table.sums.resize(width);
    for (const auto& row : table.rows)
        for (std::size_t at = 0; at < width; ++at) table.sums[at] += row.counts[at];
    return table;
}

}  // namespace tram::campaign
