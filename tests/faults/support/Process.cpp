#include "Process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <system_error>
#include <utility>

namespace tram::test {
namespace {

std::vector<char*> pointersTo(const std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (const auto& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
    pointers.push_back(nullptr);
    return pointers;
}

std::vector<std::string> environmentWith(const std::vector<std::string>& added) {
    std::vector<std::string> all = added;
    for (char** each = environ; *each; ++each) all.emplace_back(*each);
    return all;
}

/// Every descriptor of ours is close-on-exec but these.
[[noreturn]] void become(char* const* argv, char* const* environment, int log, int third) {
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    if (third == 3)
        fcntl(third, F_SETFD, 0);
    else if (third >= 0)
        dup2(third, 3);
    execve(argv[0], argv, environment);
    _exit(127);
}

}  // namespace

Process::Process(const Start& start) {
    const auto environment = environmentWith(start.environment);
    const auto argv = pointersTo(start.argv), variables = pointersTo(environment);
    const int log = open(start.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    pid_ = fork();
    if (pid_ == 0) become(argv.data(), variables.data(), log, start.third);
    close(log);
    watch_ = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
    if (pid_ < 0 || watch_ < 0) throw std::system_error(errno, std::generic_category(), "process");
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      watch_(std::exchange(other.watch_, -1)),
      outcome_(other.outcome_) {}

Process::~Process() {
    if (pid_ > 0 && !outcome_) kill();
    if (watch_ >= 0) close(watch_);
}

bool Process::endedWithin(std::chrono::milliseconds limit) {
    if (outcome_) return true;
    pollfd watched{watch_, POLLIN, 0};
    if (poll(&watched, 1, static_cast<int>(limit.count())) <= 0) return false;
    int status = 0;
    waitpid(pid_, &status, 0);
    outcome_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    return true;
}

void Process::send(int signal) const {
    if (!outcome_) ::kill(pid_, signal);
}

int Process::kill() {
    send(SIGKILL);
    endedWithin(std::chrono::hours(1));
    return *outcome_;
}

int Process::stop(std::chrono::milliseconds limit) {
    send(SIGTERM);
    return endedWithin(limit) ? *outcome_ : kill();
}

}  // namespace tram::test
