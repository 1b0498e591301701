#include "outbox/BackupMarks.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <sstream>

namespace tram::outbox {

namespace {

/// All the numbers that follow; nothing when one of the words is none, or is negative.
std::optional<std::vector<std::int64_t>> numbersIn(std::istringstream& words) {
    std::vector<std::int64_t> numbers;
    for (std::string word; words >> word;) {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
        if (error != std::errc() || end != word.data() + word.size() || number < 0) return std::nullopt;
        numbers.push_back(number);
    }
    return numbers;
}

}  // namespace

// "BOOT-ID SINCE-BOOT LIVED", then "AT NUMBER" for each mark: milliseconds, and counts.
BackupMarks BackupMarks::parse(const std::string& text) {
    std::istringstream words(text);
    BackupMarks marks;
    words >> marks.seen_.bootId;
    const auto numbers = numbersIn(words);
    if (!numbers || numbers->size() < 2 || numbers->size() % 2 != 0) return {};
    marks.seen_.sinceBoot = base::Millis((*numbers)[0]);
    marks.lived_ = base::Millis((*numbers)[1]);
    for (std::size_t at = 2; at < numbers->size(); at += 2)
        if (!marks.add({base::Millis((*numbers)[at]), (*numbers)[at + 1]})) return {};
    return marks;
}

bool BackupMarks::add(const Mark& mark) {
    const auto before = marks_.empty() ? Mark{base::Millis(0), 0} : marks_.back();
    if (mark.at < before.at || mark.at > lived_ || mark.number <= before.number) return false;
    marks_.push_back(mark);
    return true;
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
    if (!marks_.empty() && lived_ - marks_.back().at < apart) return false;
    return add({lived_, number});
}

std::int64_t BackupMarks::heldFor(base::Millis age) {
    const auto young = std::ranges::find_if(marks_, [&](const Mark& mark) { return lived_ - mark.at < age; });
    if (young == marks_.begin()) return 0;
    // The newest old enough says it all, and stays: a note that is forgotten would be taken anew.
    marks_.erase(marks_.begin(), young - 1);
    return marks_.front().number;
}

}  // namespace tram::outbox
