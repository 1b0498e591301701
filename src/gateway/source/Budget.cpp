#include "gateway/source/Budget.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

namespace tram::gateway {

namespace {

std::string firstBytes(const std::string& address, std::size_t count) {
    in6_addr bits{};
    if (inet_pton(AF_INET6, address.c_str(), &bits) != 1) return address;
    char text[INET6_ADDRSTRLEN] = {};
    if (IN6_IS_ADDR_V4MAPPED(&bits)) return inet_ntop(AF_INET, bits.s6_addr + 12, text, sizeof text);
    std::memset(bits.s6_addr + count, 0, sizeof bits.s6_addr - count);
    inet_ntop(AF_INET6, &bits, text, sizeof text);
    return std::string(text) + "/" + std::to_string(8 * count);
}

}  // namespace

std::string networkOf(const std::string& address) {
    return firstBytes(address, 8);
}

std::string siteOf(const std::string& address) {
    return firstBytes(address, 6);
}

std::optional<std::chrono::seconds> Budget::exhausted(const std::string& key, base::WallTime now) {
    std::lock_guard lock(mutex_);
    const auto found = spent_.find(key);
    if (found == spent_.end() || found->second.count < limit_ || isOver(found->second, now))
        return std::nullopt;
    const auto left = found->second.since + window_ - now;
    return std::max(std::chrono::ceil<std::chrono::seconds>(left), std::chrono::seconds(1));
}

/// One that a clock which was ahead has begun is over too: it would lock somebody out for as long as that
/// was.
bool Budget::isOver(const Spent& spent, base::WallTime now) const {
    return now < spent.since || now - spent.since >= window_;
}

void Budget::spend(const std::string& key, base::WallTime now) {
    std::lock_guard lock(mutex_);
    if (spent_.size() >= kMostKeys) makeRoom(now);
    auto& spent = spent_[key];
    if (spent.count == 0 || isOver(spent, now)) spent = {now, 0};
    ++spent.count;
}

std::size_t Budget::keys() const {
    std::lock_guard lock(mutex_);
    return spent_.size();
}

/// A flood of addresses must not fill the memory, nor set those free who have used theirs up: first go those
/// whose window is over, then those who had something left. Half is made free each time, so that a flood does
/// not look at all of them for each request.
void Budget::makeRoom(base::WallTime now) {
    std::erase_if(spent_, [&](const auto& entry) { return isOver(entry.second, now); });
    if (spent_.size() > kMostKeys / 2)
        std::erase_if(spent_, [&](const auto& entry) { return entry.second.count < limit_; });
    if (spent_.size() > kMostKeys / 2) spent_.clear();
}

}  // namespace tram::gateway
