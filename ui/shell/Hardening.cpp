#include "ui/shell/Hardening.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
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
    cleanEnvironment();
}

void replaceProcess(const std::vector<std::string>& argv) {
    endChildren();
    sigset_t nothing;
    sigemptyset(&nothing);
    sigprocmask(SIG_SETMASK, &nothing, nullptr);
    syscall(SYS_close_range, 3, ~0u, CLOSE_RANGE_CLOEXEC);
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

void restartProgram() {
    replaceProcess(arguments());
}

std::string programPath() {
    static const std::string path = [] {
        std::error_code error;
        return std::filesystem::read_symlink("/proc/self/exe", error).string();
    }();
    return path;
}

}  // namespace tram::shell
