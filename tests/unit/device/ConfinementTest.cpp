// That tram-camera's walls stand is asked of the kernel (/proc/PID/status), not of our own code.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <thread>

#include "base/Files.h"

using namespace tram;
using namespace std::chrono_literals;

namespace {

const std::string kCamera = TRAM_BINARY_DIR "/bin/tram-camera";

/// A command that waits on a pipe for its picture, once it has confined itself.
std::string statusOnceConfined(const char* command) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[0], 0);
        close(ends[1]);
        execl(kCamera.c_str(), "tram-camera", command, nullptr);
        _exit(1);
    }
    close(ends[0]);
    std::string status;
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (std::chrono::steady_clock::now() < deadline) {
        status = base::readFile("/proc/" + std::to_string(child) + "/status").value_or("");
        if (status.find("Seccomp:\t2") != std::string::npos) break;
        std::this_thread::yield();
    }
    close(ends[1]);
    waitpid(child, nullptr, 0);
    return status;
}

}  // namespace

TEST_CASE("a picture is decoded behind a filter of the kernel's calls") {
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    return;  // a sanitized program has no filter (camera/Confine.cpp)
#endif
#endif
    const auto status = statusOnceConfined("prepare");
    INFO(status);
    CHECK(status.find("Seccomp:\t2") != std::string::npos);
    CHECK(status.find("NoNewPrivs:\t1") != std::string::npos);
    CHECK(status.find("Threads:\t1") != std::string::npos);
}
