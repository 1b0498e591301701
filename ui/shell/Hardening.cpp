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

#include <filesystem>

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
    while (waitpid(-1, nullptr, WNOHANG) > 0) {
    }
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
    setenv("GTK_IM_MODULE", "gtk-im-context-simple", 1);
    setenv("NO_AT_BRIDGE", "1", 1);  // no accessibility bus: it would copy texts out of this process
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
