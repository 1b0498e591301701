#pragma once
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/Clock.h"

namespace tram::gateway {

/// How often something may go wrong for one key (an address, a code's prefix) within a window. Lives in
/// memory only: addresses are nobody's business after an hour.
class Budget {
  public:
    Budget(int limit, std::chrono::seconds window) : limit_(limit), window_(window) {}

    /// How long to wait when it is used up; nothing while some is left.
    std::optional<std::chrono::seconds> exhausted(const std::string& key, base::WallTime now);
    void spend(const std::string& key, base::WallTime now);

  private:
    struct Spent {
        base::WallTime since;
        int count = 0;
    };
    void forgetOld(base::WallTime now);

    const int limit_;
    const std::chrono::seconds window_;
    std::mutex mutex_;
    std::unordered_map<std::string, Spent> spent_;
};

}  // namespace tram::gateway
