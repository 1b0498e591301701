#include "agent/Process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/Files.h"

namespace tram::agent {

namespace {

sigset_t stopSet() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
    return set;
}

std::string contents(int file) {
    char buffer[128];
    const ssize_t got = pread(file, buffer, sizeof buffer, 0);
    return {buffer, got > 0 ? static_cast<std::size_t>(got) : 0};
}

}  // namespace

void hardenProcess() {
    prctl(PR_SET_DUMPABLE, 0);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

StopSignals::StopSignals() {
    const sigset_t set = stopSet();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

bool StopSignals::within(base::Millis time) const {
    const sigset_t set = stopSet();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const timespec limit{seconds.count(), (time - seconds).count() * 1000000};
    return sigtimedwait(&set, nullptr, &limit) > 0;
}

base::Result<SoleAgent> SoleAgent::claim(const std::filesystem::path& dataDir, const std::string& bootId) {
    const auto path = dataDir / "agent.lock";
    const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) return tl::unexpected(base::fileProblem(errno, path));
    if (flock(file, LOCK_EX | LOCK_NB) == 0) return SoleAgent(file, bootId);
    close(file);
    return base::fail(base::ProblemKind::StoreBusy, {{"path", path.string()}});
}

SoleAgent::SoleAgent(int file, std::string bootId)
    : file_(file), bootId_(std::move(bootId)), checkDue_(contents(file) != "ended well " + bootId_) {
    remember("running " + bootId_);
}

SoleAgent::SoleAgent(SoleAgent&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      bootId_(std::move(other.bootId_)),
      checkDue_(other.checkDue_),
      wellEnded_(other.wellEnded_) {}

SoleAgent::~SoleAgent() {
    if (file_ < 0) return;
    if (wellEnded_) remember("ended well " + bootId_);
    close(file_);
}

void SoleAgent::remember(const std::string& text) const {
    const bool written = ftruncate(file_, 0) == 0 &&
                         pwrite(file_, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
    // An empty file only means one check more; should that fail as well, so does the disk.
    [[maybe_unused]] const bool known = written || ftruncate(file_, 0) == 0;
}

}  // namespace tram::agent
