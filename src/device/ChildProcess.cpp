#include "device/ChildProcess.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
extern "C" {  // glibc 2.36 forgot this in its own header
#include <sys/pidfd.h>
}
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <mutex>
#include <set>

namespace tram::device {

using base::fail;
using base::ProblemKind;

namespace {

/// Children not yet reaped. Whoever takes a pid out reaps it, so no pid is ever signalled that could be
/// another's.
struct Living {
    std::mutex mutex;
    std::set<pid_t> pids;
    bool closed = false;

    /// Never destroyed: a thread that waits for its child may outlive main().
    static Living& one() {
        static auto* const living = new Living;
        return *living;
    }
    bool take(pid_t pid) {
        const std::lock_guard lock(mutex);
        return pids.erase(pid) == 1;
    }
};

/// posix_spawn's two descriptions, released whatever happens.
class Spawning {
  public:
    Spawning(int input, int output) {
        posix_spawn_file_actions_init(&files_);
        posix_spawn_file_actions_adddup2(&files_, input, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&files_, output, STDOUT_FILENO);
        posix_spawn_file_actions_addopen(&files_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);
        posix_spawnattr_init(&attributes_);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        sigset_t none, all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &all);
    }
    ~Spawning() {
        posix_spawn_file_actions_destroy(&files_);
        posix_spawnattr_destroy(&attributes_);
    }
    Spawning(const Spawning&) = delete;
    Spawning& operator=(const Spawning&) = delete;

    int run(pid_t& pid, char* const* arguments, char* const* environment) const {
        return posix_spawn(&pid, arguments[0], &files_, &attributes_, arguments, environment);
    }

  private:
    posix_spawn_file_actions_t files_;
    posix_spawnattr_t attributes_;
};

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (const auto& text : texts) list.push_back(const_cast<char*>(text.c_str()));
    list.push_back(nullptr);
    return list;
}

bool readable(int fd, Deadline deadline) {
    for (;;) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) return false;
        pollfd wanted{fd, POLLIN, 0};
        const int ready = poll(&wanted, 1, static_cast<int>(left.count()));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return false;
    }
}

/// −1 at the deadline or on an error.
ssize_t readSome(int fd, void* to, std::size_t size, Deadline deadline) {
    for (;;) {
        if (!readable(fd, deadline)) return -1;
        const ssize_t got = ::read(fd, to, size);
        if (got >= 0 || (errno != EINTR && errno != EAGAIN)) return got;
    }
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    if (this != &other) {
        reset();
        fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
}

void Descriptor::reset() {
    if (fd_ >= 0) close(std::exchange(fd_, -1));
}

base::Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& command,
                                               const std::vector<std::string>& environment, int input) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return fail(ProblemKind::HelperFailed, {{"detail", "pipe"}});
    Descriptor output(ends[0]), childsEnd(ends[1]);
    const Spawning spawning(input, childsEnd.get());

    auto& living = Living::one();
    const std::lock_guard lock(living.mutex);  // endAll() must not pass between the start and the note of it
    if (living.closed) return fail(ProblemKind::HelperFailed, {{"detail", "ending"}});
    pid_t pid = -1;
    if (spawning.run(pid, pointers(command).data(), pointers(environment).data()) != 0)
        return fail(ProblemKind::HelperFailed, {{"detail", "start"}});
    living.pids.insert(pid);
    return ChildProcess(pid, Descriptor(pidfd_open(pid, 0)), std::move(output));
}

bool ChildProcess::launch(const std::vector<std::string>& command,
                          const std::vector<std::string>& environment, int socket) {
    const Spawning spawning(socket, socket);
    pid_t pid = -1;
    if (spawning.run(pid, pointers(command).data(), pointers(environment).data()) != 0) return false;
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

ChildProcess::ChildProcess(pid_t pid, Descriptor process, Descriptor output)
    : pid_(pid), process_(std::move(process)), output_(std::move(output)) {}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      process_(std::move(other.process_)),
      output_(std::move(other.output_)) {}

ChildProcess::~ChildProcess() {
    if (pid_ < 0 || !Living::one().take(pid_)) return;
    kill(pid_, SIGKILL);
    reap();
}

bool ChildProcess::read(void* to, std::size_t size, Deadline deadline) {
    auto* next = static_cast<unsigned char*>(to);
    while (size > 0) {
        const ssize_t got = readSome(output_.get(), next, size, deadline);
        if (got <= 0) return false;
        next += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

bool ChildProcess::outputEnded(Deadline deadline) {
    char more;
    return readSome(output_.get(), &more, 1, deadline) == 0;
}

std::optional<int> ChildProcess::wait(Deadline deadline) {
    output_.reset();  // one that still writes ends now
    const bool ended = process_.valid() && readable(process_.get(), deadline);
    if (!Living::one().take(pid_)) return std::nullopt;
    if (!ended) kill(pid_, SIGKILL);
    return reap();
}

std::optional<int> ChildProcess::reap() {
    int status = 0;
    pid_t done;
    while ((done = waitpid(pid_, &status, 0)) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return done > 0 && WIFEXITED(status) ? std::optional(WEXITSTATUS(status)) : std::nullopt;
}

void ChildProcess::endAll() {
    auto& living = Living::one();
    const std::lock_guard lock(living.mutex);
    for (const pid_t pid : living.pids) {
        kill(pid, SIGKILL);
        while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
    living.pids.clear();
}

void ChildProcess::endAllForGood() {
    auto& living = Living::one();
    {
        const std::lock_guard lock(living.mutex);
        living.closed = true;
    }
    endAll();
}

}  // namespace tram::device
