#include "outbox/LineWait.h"

#include <algorithm>
#include <charconv>

namespace tram::outbox {

base::Millis fullJitter(base::Millis base, base::Millis cap, int failures, std::mt19937_64& random) {
    const auto ceiling = std::min(cap, base * (std::int64_t{1} << std::clamp(failures, 0, 20)));
    return base::Millis(std::uniform_int_distribution<std::int64_t>(0, ceiling.count())(random));
}

bool LineWait::over(const base::BootTime& now) const {
    return until_.bootId != now.bootId || until_.sinceBoot <= now.sinceBoot;
}

void LineWait::failed(const base::BootTime& now, std::optional<base::Millis> retryAfter) {
    until_ = {now.bootId, now.sinceBoot + fullJitter(base_, cap_, failures_++, random_)};
    if (!retryAfter) return;
    floor_ = {now.bootId, now.sinceBoot + *retryAfter};
    // Some jitter beyond it, so that the whole fleet does not come back in the same second.
    until_.sinceBoot = std::max(until_.sinceBoot, floor_.sinceBoot + fullJitter(base_, cap_, 0, random_));
}

void LineWait::lineIsBack() {
    failures_ = 0;
    until_ = floor_;
}

std::string LineWait::floorText() const {
    return floor_.bootId.empty() ? "" : floor_.bootId + " " + std::to_string(floor_.sinceBoot.count());
}

void LineWait::setFloor(const std::string& text) {
    const auto blank = text.find(' ');
    std::int64_t millis = 0;
    if (blank == std::string::npos) return;
    const auto [end, error] = std::from_chars(text.data() + blank + 1, text.data() + text.size(), millis);
    if (error == std::errc() && end == text.data() + text.size()) {
        until_ = floor_ = {text.substr(0, blank), base::Millis(millis)};
    }
}

}  // namespace tram::outbox
