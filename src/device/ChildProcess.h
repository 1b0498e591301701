#pragma once
#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/Result.h"

namespace tram::device {

/// A file descriptor that closes itself.
class Descriptor {
  public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor() { reset(); }
    int get() const { return fd_; }
    bool valid() const { return fd_ >= 0; }
    void reset();

  private:
    int fd_;
};

using Deadline = std::chrono::steady_clock::time_point;

/// A child with nothing of ours but its standard input and a pipe from its standard output: no other
/// descriptor, an environment of its own, default signals. Killed and reaped when dropped. POSIX; safe with
/// threads.
class ChildProcess {
  public:
    /// HelperFailed when it cannot be started.
    static base::Result<ChildProcess> start(const std::vector<std::string>& command,
                                            const std::vector<std::string>& environment, int input);
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&&) = delete;
    ~ChildProcess();

    /// Exactly `size` bytes of its output; false when it ended before, or the deadline passed.
    bool read(void* to, std::size_t size, Deadline deadline);
    bool outputEnded(Deadline deadline);
    /// Its exit code; nothing when a signal or the deadline ended it.
    std::optional<int> wait(Deadline deadline);

    /// One that is to outlive us: `socket` is its standard input and output, and it has to fork and let its
    /// parent end at once. Not among those that endAll() ends. False when it cannot be started.
    static bool launch(const std::vector<std::string>& command, const std::vector<std::string>& environment,
                       int socket);

    static void endAll();
    /// And none is started afterwards: a worker with more to do must not fill the place of those just ended.
    static void endAllForGood();

  private:
    ChildProcess(pid_t pid, Descriptor process, Descriptor output);
    std::optional<int> reap();

    pid_t pid_;
    Descriptor process_, output_;
};

}  // namespace tram::device
