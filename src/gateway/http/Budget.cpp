#include "gateway/http/Budget.h"

#include <algorithm>

namespace tram::gateway {
namespace {

// A flood of addresses must not fill the memory; whoever is forgotten early gets a fresh budget, no more.
constexpr std::size_t kMostKeys = 50'000;

}  // namespace

std::optional<std::chrono::seconds> Budget::exhausted(const std::string& key, base::WallTime now) {
    std::lock_guard lock(mutex_);
    const auto found = spent_.find(key);
    if (found == spent_.end() || found->second.count < limit_) return std::nullopt;
    const auto left = found->second.since + window_ - now;
    if (left <= base::Millis::zero()) return std::nullopt;
    return std::max(std::chrono::ceil<std::chrono::seconds>(left), std::chrono::seconds(1));
}

void Budget::spend(const std::string& key, base::WallTime now) {
    std::lock_guard lock(mutex_);
    if (spent_.size() >= kMostKeys) forgetOld(now);
    auto& spent = spent_[key];
    if (spent.count == 0 || now - spent.since >= window_) spent = {now, 0};
    ++spent.count;
}

void Budget::forgetOld(base::WallTime now) {
    std::erase_if(spent_, [&](const auto& entry) { return now - entry.second.since >= window_; });
    if (spent_.size() >= kMostKeys) spent_.clear();
}

}  // namespace tram::gateway
