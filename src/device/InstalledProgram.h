#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "base/Clock.h"

namespace tram::device {

/// Whether another file has come to stand where this program was started from: an upgrade.
class InstalledProgram {
  public:
    explicit InstalledProgram(std::filesystem::path file);
    /// True once it has stood there unchanged for kSettled, so that the rest of its package is there as well.
    /// `now` is since boot.
    bool replaced(base::Millis now);
    static constexpr base::Millis kSettled{10'000};

  private:
    std::filesystem::path file_;
    std::string started_, seen_;
    base::Millis since_{0};
};

}  // namespace tram::device
