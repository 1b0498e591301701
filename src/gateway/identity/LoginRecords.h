#pragma once
#include <string>
#include <string_view>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

/// That somebody logged in at a kiosk, in which hour, and how it went: for operators who look into misuse.
/// Nothing of the person, and deleted after the operator's hours; in no backup.
class LoginRecords {
  public:
    explicit LoginRecords(SharedDatabase& db) : db_(db) {}

    /// `login`: a random id. Outcomes are words of ours.
    base::Result<void> begun(const std::string& login, const std::string& kiosk, base::WallTime now);
    base::Result<void> ended(const std::string& login, std::string_view outcome);
    /// How many were deleted. What a clock that was ahead has left counts from now on.
    base::Result<std::size_t> sweep(std::chrono::hours kept, base::WallTime now);

  private:
    SharedDatabase& db_;
};

}  // namespace tram::gateway
