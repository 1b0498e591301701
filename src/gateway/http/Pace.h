#pragma once
#include "base/Clock.h"

namespace tram::gateway {

/// How a body comes or goes. A byte every few seconds passes each limit on silence, and holds a thread for a
/// day.
class Pace {
  public:
    static constexpr std::chrono::seconds kStart{20};      ///< until a phone has found its pace
    static constexpr std::size_t kLeastPerSecond = 8'000;  ///< 64 kbit/s; 3 MB then take six minutes
    /// How long the rest of what was refused is read, so that whoever sends it hears why.
    static constexpr std::chrono::seconds kRefused{5};

    explicit Pace(const base::Clock& clock, std::size_t leastPerSecond = kLeastPerSecond)
        : clock_(clock), since_(clock.boot().sinceBoot), least_(leastPerSecond) {}
    base::Millis passed() const { return clock_.boot().sinceBoot - since_; }
    /// `size`: bytes that have passed so far.
    bool tooSlow(std::size_t size) const {
        const auto late = std::chrono::duration_cast<std::chrono::seconds>(passed() - kStart).count();
        return late > 0 && size / least_ < static_cast<std::size_t>(late);
    }

  private:
    const base::Clock& clock_;
    base::Millis since_;
    std::size_t least_;
};

}  // namespace tram::gateway
