#pragma once
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tram::test {

/// A child that may end at any moment, by itself or by us; ended and reaped with this object. How it ended:
/// its exit code, or minus the signal.
class Process {
  public:
    struct Start {
        std::vector<std::string> argv;
        std::vector<std::string> environment;  ///< NAME=value, beside what we have ourselves
        std::filesystem::path log;             ///< both of its streams, appended
        int third = -1;                        ///< becomes its descriptor 3
    };
    explicit Process(const Start& start);
    Process(Process&& other) noexcept;
    Process& operator=(Process&&) = delete;
    ~Process();

    bool endedWithin(std::chrono::milliseconds limit);
    std::optional<int> outcome() const { return outcome_; }
    void send(int signal) const;
    int kill();  ///< SIGKILL, now
    /// Asks it to stop; SIGKILL if it does not within `limit`.
    int stop(std::chrono::milliseconds limit = std::chrono::seconds(10));

  private:
    pid_t pid_ = -1;
    int watch_ = -1;
    std::optional<int> outcome_;
};

}  // namespace tram::test
