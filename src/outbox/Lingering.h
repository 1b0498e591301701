#pragma once
#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace tram::outbox {

/// Which of the names that should have gone long since are still there. By what this process has seen on a
/// clock that never jumps: a file's own time is the wall clock's, which somebody may set years ahead while an
/// attachment waits for its row.
class Lingering {
  public:
    using Clock = std::chrono::steady_clock;
    explicit Lingering(Clock::duration age) : age_(age) {}

    /// Those of `names` that were among them at every look for at least `age`.
    std::vector<std::string> look(const std::vector<std::string>& names,
                                  Clock::time_point now = Clock::now()) {
        std::map<std::string, Clock::time_point> seen;
        std::vector<std::string> old;
        for (const std::string& name : names) {
            const auto known = seen_.find(name);
            const auto first = known == seen_.end() ? now : known->second;
            seen.emplace(name, first);
            if (known != seen_.end() && now - first >= age_) old.push_back(name);
        }
        seen_ = std::move(seen);
        return old;
    }

  private:
    Clock::duration age_;
    std::map<std::string, Clock::time_point> seen_;
};

}  // namespace tram::outbox
