#pragma once
#include <string>

#include "base/Clock.h"

namespace tram::test {

/// Stands still until told: 2026-11-21T09:41:07.250+07:00, one hour after boot.
class FakeClock final : public base::Clock {
  public:
    FakeClock() { set("2026-11-21T09:41:07.250+07:00"); }

    base::WallTime wall() const override { return wall_; }
    base::BootTime boot() const override { return boot_; }

    void advance(base::Millis by) {
        wall_ += by;
        boot_.sinceBoot += by;
    }
    /// Somebody sets the wall clock; the boot-time clock does not notice.
    void set(base::WallTime wall) { wall_ = wall; }
    void set(const char* rfc3339) { base::fromRfc3339(rfc3339, wall_); }
    void reboot() { boot_ = {"boot-" + std::to_string(++boots_), base::Millis{0}}; }

  private:
    base::WallTime wall_;
    base::BootTime boot_{"boot-1", std::chrono::hours{1}};
    int boots_ = 1;
};

}  // namespace tram::test
