#pragma once
#include <filesystem>
#include <string>

#include "base/Clock.h"
#include "base/Result.h"

namespace tram::device {

/// What the agent knows and the kiosk shows: a small file in runtimeDir, written every couple of seconds.
struct AgentState {
    bool online = false;
    std::string problem;  ///< ProblemKind name when offline
    std::string sending;  ///< ProblemKind name when the gateway answers and yet takes nothing
    std::string content;  ///< ProblemKind name when nothing new of the city's content comes
    base::BootTime writtenAt;

    base::Result<void> write(const std::filesystem::path& runtimeDir) const;
    static base::Result<AgentState> read(const std::filesystem::path& runtimeDir);
    /// A state older than this, or of another boot, counts as offline: the agent itself is down.
    static constexpr base::Millis kFresh{4000};
    bool onlineAt(const base::BootTime& now) const;
    enum class Link { Offline, SendingFails, Online };
    Link linkAt(const base::BootTime& now) const;
};

}  // namespace tram::device
