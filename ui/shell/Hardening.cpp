#include "ui/shell/Hardening.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <utility>

namespace tram::shell {

namespace {

void endChildren() {
    // Only our own helpers are children; each of them dies with its pipes, the kill makes it now.
    std::error_code ignored;
    const auto tasks = std::filesystem::path("/proc/self/task");
    for (const auto& task : std::filesystem::directory_iterator(tasks, ignored)) {
        FILE* list = fopen((task.path() / "children").c_str(), "re");
        if (!list) continue;
        for (pid_t child = 0; fscanf(list, "%d", &child) == 1;) kill(child, SIGKILL);
        fclose(list);
    }
    // Killed, so it is soon; not waited for without an end, as the next resident must not wait for a stuck
    // disk. One that is missed here would stay a zombie for as long as this process id lives.
    constexpr int kTries = 200;
    pid_t reaped = 0;
    for (int i = 0; i < kTries && (reaped = waitpid(-1, nullptr, WNOHANG)) >= 0; ++i)
        if (reaped == 0) usleep(1000);
}

/// What the display, the supervisor and the clock's zone need. A list of what is let through: there is no end
/// to what must not be.
constexpr std::array kKept{"PATH",
                           "HOME",
                           "USER",
                           "LOGNAME",
                           "LANG",
                           "TZ",
                           "TMPDIR",
                           "DISPLAY",
                           "XAUTHORITY",
                           "WAYLAND_DISPLAY",
                           "XDG_RUNTIME_DIR",
                           "NOTIFY_SOCKET",
                           "WATCHDOG_USEC",
                           "WATCHDOG_PID"};
constexpr std::array<std::pair<const char*, const char*>, 6> kSet{{
    {"GTK_IM_MODULE", "gtk-im-context-simple"},
    {"NO_AT_BRIDGE", "1"},  // no accessibility bus: it would copy texts out of this process
    {"DBUS_SESSION_BUS_ADDRESS", "disabled:"},
    {"GSETTINGS_BACKEND", "memory"},  // nobody's stored preference, such as the inspector's key
    {"GIO_USE_VFS", "local"},
    {"GTK_USE_PORTAL", "0"},
}};

void cleanEnvironment() {
    std::vector<std::pair<const char*, std::string>> kept;
    for (const char* name : kKept)
        if (const char* value = getenv(name)) kept.emplace_back(name, value);
    clearenv();
    for (const auto& [name, value] : kept) setenv(name, value.c_str(), 1);
    for (const auto& [name, value] : kSet) setenv(name, value, 1);
}

constexpr const char* kHandover = "TRAM_HANDOVER";

std::optional<int>& handover() {
    static std::optional<int> end;
    return end;
}

/// A pipe's end and nothing else: what it says is judged by who reads it.
void noteHandover() {
    const char* text = getenv(kHandover);
    if (!text) return;
    int end = -1;
    const auto* last = text + strlen(text);
    struct stat info{};
    if (std::from_chars(text, last, end).ptr == last && end > 2 && fstat(end, &info) == 0 &&
        S_ISFIFO(info.st_mode))
        handover() = end;
}

/// Of all descriptors the next image gets the first three, and this one.
void closeOnExec(std::optional<int> kept) {
    if (!kept) {
        syscall(SYS_close_range, 3, ~0u, CLOSE_RANGE_CLOEXEC);
        return;
    }
    const auto one = static_cast<unsigned>(*kept);
    if (one > 3) syscall(SYS_close_range, 3, one - 1, CLOSE_RANGE_CLOEXEC);
    syscall(SYS_close_range, one + 1, ~0u, CLOSE_RANGE_CLOEXEC);
    fcntl(*kept, F_SETFD, 0);
    setenv(kHandover, std::to_string(*kept).c_str(), 1);
}

std::vector<std::string>& arguments() {
    static std::vector<std::string> all;
    return all;
}

}  // namespace

void hardenProcess() {
    prctl(PR_SET_DUMPABLE, 0);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    signal(SIGPIPE, SIG_IGN);
    noteHandover();
    cleanEnvironment();
}

void replaceProcess(const std::vector<std::string>& argv, std::optional<int> handover) {
    endChildren();
    sigset_t nothing;
    sigemptyset(&nothing);
    sigprocmask(SIG_SETMASK, &nothing, nullptr);
    closeOnExec(handover);
    std::vector<char*> pointers;
    for (const auto& argument : argv) pointers.push_back(const_cast<char*>(argument.c_str()));
    pointers.push_back(nullptr);
    execv(pointers[0], pointers.data());
    _exit(1);
}

void rememberArguments(int argc, char** argv) {
    arguments().assign(argv, argv + argc);
    arguments()[0] = programPath();
}

void restartProgram(std::optional<int> handover) {
    replaceProcess(arguments(), handover);
}

std::optional<int> takeHandover() {
    return std::exchange(handover(), std::nullopt);
}

std::string programPath() {
    static const std::string path = [] {
        std::error_code error;
        return std::filesystem::read_symlink("/proc/self/exe", error).string();
    }();
    return path;
}

}  // namespace tram::shell
