#pragma once
#include <filesystem>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "crypto/Keys.h"
#include "ledger/Ledger.h"
#include "wire/LogHead.h"

namespace tram::device {

/// This station's log of what staff do: dataDir/staff-log, and in dataDir/staff-log/acknowledged up to where
/// the gateway vouches for it, a file for each chain, the very bytes that it signed.
class StaffLog {
  public:
    explicit StaffLog(const std::filesystem::path& dataDir) : dataDir_(dataDir) {}

    std::filesystem::path directory() const { return dataDir_ / "staff-log"; }
    /// To append to. It knows what was acknowledged, so that a log that was cut is not gone on with.
    base::Result<ledger::Ledger> open(const base::Clock& clock) const;

    /// What the enrolment's gateway has signed, as it lies there; others' signatures and what cannot be read
    /// are left out, and counted in `doubtful`.
    struct Known {
        std::vector<ledger::Head> heads;
        std::size_t doubtful = 0;
    };
    Known acknowledged() const;
    Known acknowledged(const crypto::VerifyKey& gateway) const;
    /// Keeps one that has been verified. Durable.
    base::Result<void> keep(const std::string& dsse, const wire::LogAcknowledgement& acknowledgement) const;

  private:
    std::filesystem::path dataDir_;
};

}  // namespace tram::device
