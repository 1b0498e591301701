#include "campaign/Progress.h"

#include <algorithm>
#include <limits>

namespace tram::campaign {

int Progress::percent() const {
    if (target <= 0 || counted <= 0) return 0;
    return static_cast<int>(std::min<std::int64_t>(counted * 100 / target, std::numeric_limits<int>::max()));
}

Span spanOf(const wire::Campaign& campaign, calendar::Day today) {
    const auto from = calendar::dayFrom(campaign.from), last = calendar::dayFrom(campaign.deadline);
    if (!from || !last) return {};
    Span span{.begun = today >= *from, .over = today > *last};
    if (!span.over) span.daysLeft = static_cast<int>((*last - today).count());
    return span;
}

std::vector<wire::Campaign::DayCount> lineOf(const wire::Campaign& campaign, calendar::Day today) {
    const auto from = calendar::dayFrom(campaign.from), last = calendar::dayFrom(campaign.deadline);
    std::vector<wire::Campaign::DayCount> line;
    if (!from || !last) return line;
    auto next = campaign.days.begin();
    // Told by whoever may tell of more days than there are.
    const auto end = std::min({*last, today, *from + std::chrono::days(wire::Campaign::kMostDays - 1)});
    for (auto day = *from; day <= end; day += std::chrono::days(1)) {
        line.push_back({calendar::toText(day), 0});
        while (next != campaign.days.end() && next->day < line.back().day) ++next;
        if (next != campaign.days.end() && next->day == line.back().day) line.back().count = next->count;
    }
    return line;
}

}  // namespace tram::campaign
