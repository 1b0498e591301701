#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "base/Clock.h"
#include "base/FileLock.h"
#include "base/Result.h"

namespace tram::agent {

/// No core file and no debugger's look into this process, whoever asks (it holds the kiosk's key).
void hardenProcess();

/// SIGTERM, SIGINT and SIGHUP, blocked in every thread started after this and waited for here.
class StopSignals {
  public:
    StopSignals();
    /// True when one came within `time`.
    bool within(base::Millis time) const;
};

/// One agent a kiosk: holds dataDir/agent.lock while it lives. The file also remembers how the last one
/// ended.
class SoleAgent {
  public:
    /// StoreBusy when another agent runs.
    static base::Result<SoleAgent> claim(const std::filesystem::path& dataDir, const std::string& bootId);
    SoleAgent(SoleAgent&&) = default;
    ~SoleAgent();
    /// The last agent was killed, or belonged to another boot: the store wants a check (STANDARDS 5).
    bool checkDue() const { return checkDue_; }
    /// The store is sound and this agent ends in order.
    void endedWell() { wellEnded_ = true; }

  private:
    SoleAgent(base::FileLock lock, std::string bootId);
    void remember(const std::string& text) const;
    base::FileLock lock_;
    std::string bootId_;
    bool checkDue_ = true, wellEnded_ = false;
};

}  // namespace tram::agent
