#include "outbox/BackupMarks.h"

#include <algorithm>
#include <sstream>

namespace tram::outbox {

// "BOOT-ID SINCE-BOOT LIVED", then "AT NUMBER" for each mark: milliseconds, and counts.
BackupMarks BackupMarks::parse(const std::string& text) {
    std::istringstream words(text);
    BackupMarks marks;
    std::int64_t sinceBoot = 0, lived = 0, at = 0, number = 0;
    if (!(words >> marks.seen_.bootId >> sinceBoot >> lived) || sinceBoot < 0 || lived < 0) return {};
    marks.seen_.sinceBoot = base::Millis(sinceBoot);
    marks.lived_ = base::Millis(lived);
    while (words >> at >> number) {
        const bool follows = marks.marks_.empty() ||
                             (marks.marks_.back().at.count() <= at && marks.marks_.back().number < number);
        if (at < 0 || at > lived || number <= 0 || !follows) return {};
        marks.marks_.push_back({base::Millis(at), number});
    }
    return words.eof() ? marks : BackupMarks();
}

std::string BackupMarks::text() const {
    std::ostringstream words;
    words << seen_.bootId << ' ' << seen_.sinceBoot.count() << ' ' << lived_.count();
    for (const Mark& mark : marks_) words << ' ' << mark.at.count() << ' ' << mark.number;
    return words.str();
}

void BackupMarks::pass(const base::BootTime& now) {
    const auto since = now.bootId == seen_.bootId ? now.sinceBoot - seen_.sinceBoot : now.sinceBoot;
    // The very first look has nothing to count from.
    if (!seen_.bootId.empty()) lived_ += std::max(since, base::Millis(0));
    seen_ = now;
}

bool BackupMarks::heard(std::int64_t number, base::Millis apart) {
    if (number <= 0) return false;
    if (!marks_.empty() && (number <= marks_.back().number || lived_ - marks_.back().at < apart))
        return false;
    marks_.push_back({lived_, number});
    return true;
}

std::int64_t BackupMarks::heldFor(base::Millis age) {
    const auto young = std::ranges::find_if(marks_, [&](const Mark& mark) { return lived_ - mark.at < age; });
    if (young == marks_.begin()) return 0;
    // The newest old enough says it all, and stays: a note that is forgotten would be taken anew.
    marks_.erase(marks_.begin(), young - 1);
    return marks_.front().number;
}

}  // namespace tram::outbox
