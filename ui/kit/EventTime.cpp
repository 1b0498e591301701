#include "ui/kit/EventTime.h"

#include <wx/event.h>

#include <chrono>
#include <cstdint>

namespace tram::kit {

Moment monotonicNow() {
    return std::chrono::duration_cast<Moment>(std::chrono::steady_clock::now().time_since_epoch());
}

// X counts in 32 bits; an event without a time, or one from a server with a clock of its own, happens now.
Moment momentOf(const wxEvent& event) {
    constexpr std::int32_t kOldest = 60000;  // ms; a UI thread that stands longer is replaced by the watchdog
    const auto now = monotonicNow();
    const auto stamp = static_cast<std::uint32_t>(event.GetTimestamp());
    const auto age = static_cast<std::int32_t>(static_cast<std::uint32_t>(now.count()) - stamp);
    return stamp == 0 || age < 0 || age > kOldest ? now : now - Moment(age);
}

}  // namespace tram::kit
