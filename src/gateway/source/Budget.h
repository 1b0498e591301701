#pragma once
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/Clock.h"

namespace tram::gateway {

/// Whose budget an address spends: an IPv4 address its own, an IPv6 address that of its first 64 bits,
/// because a subscriber has at least a whole such network (RFC 6177). What is no address stays as it is.
std::string networkOf(const std::string& address);

/// A whole site: the first 48 bits of an IPv6 address, of which each holds 65,536 such networks and which
/// anybody may have (RFC 6177); an IPv4 address itself.
std::string siteOf(const std::string& address);

/// How often something may go wrong for one key (an address, a code's prefix) within a window. Lives in
/// memory only: addresses are nobody's business after an hour.
class Budget {
  public:
    Budget(int limit, std::chrono::seconds window) : limit_(limit), window_(window) {}

    /// How long to wait when it is used up; nothing while some is left.
    std::optional<std::chrono::seconds> exhausted(const std::string& key, base::WallTime now);
    void spend(const std::string& key, base::WallTime now);
    std::size_t keys() const;

    /// Never more than so many are remembered.
    static constexpr std::size_t kMostKeys = 50'000;

  private:
    struct Spent {
        base::WallTime since;
        int count = 0;
    };
    bool isOver(const Spent& spent, base::WallTime now) const;
    void makeRoom(base::WallTime now);

    const int limit_;
    const std::chrono::seconds window_;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Spent> spent_;
};

}  // namespace tram::gateway
