#pragma once
#include <chrono>
#include <string>
#include <string_view>

namespace tram::base {

using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;
using Millis = std::chrono::milliseconds;

/// Boot-time clock: counts suspend, never jumps, means nothing after a reboot (hence the boot id beside it).
struct BootTime {
    std::string bootId;
    Millis sinceBoot{0};
};

class Clock {
  public:
    virtual ~Clock() = default;
    virtual WallTime wall() const = 0;
    virtual BootTime boot() const = 0;
};

class SystemClock final : public Clock {
  public:
    WallTime wall() const override;
    BootTime boot() const override;
};

/// RFC 3339 with the offset of Ho Chi Minh City (+07:00, no daylight saving):
/// "2026-11-21T09:41:07.250+07:00".
std::string toRfc3339(WallTime time);
/// Reads any RFC 3339 offset, fraction optional. False when it is not one; `out` is then untouched.
bool fromRfc3339(std::string_view text, WallTime& out);
/// Down to the whole hour, for actions that must not carry a precise time (STANDARDS 14).
WallTime coarseToHour(WallTime time);

}  // namespace tram::base
