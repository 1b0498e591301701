#include "agent/Process.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <utility>

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
    return base::FileLock::take(dataDir / "agent.lock").map([&](base::FileLock lock) {
        return SoleAgent(std::move(lock), bootId);
    });
}

SoleAgent::SoleAgent(base::FileLock lock, std::string bootId)
    : lock_(std::move(lock)),
      bootId_(std::move(bootId)),
      checkDue_(contents(lock_.descriptor()) != "ended well " + bootId_) {
    remember("running " + bootId_);
}

SoleAgent::~SoleAgent() {
    if (lock_.descriptor() >= 0 && wellEnded_) remember("ended well " + bootId_);
}

void SoleAgent::remember(const std::string& text) const {
    const int file = lock_.descriptor();
    const bool written = ftruncate(file, 0) == 0 &&
                         pwrite(file, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
    // An empty file only means one check more; should that fail as well, so does the disk.
    [[maybe_unused]] const bool known = written || ftruncate(file, 0) == 0;
}

}  // namespace tram::agent
