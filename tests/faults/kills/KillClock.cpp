// The agent's own clocks, run faster: its pauses are real code on real seconds, but nobody has to sit them
// out. curl keeps the true time, so that nothing on the line times out sooner.
#include <dlfcn.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "KillPoint.h"

namespace tram::kills {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
/// Of the agent's threads only the sender pauses this shortly (agent/Sender.cpp: half a second).
constexpr std::int64_t kSenderPause = 600'000'000;

std::int64_t speed() {
    return page() && page()->plan.speed > 1 ? page()->plan.speed : 1;
}

std::int64_t nanos(const timespec& time) {
    return time.tv_sec * kSecond + time.tv_nsec;
}

timespec timespecOf(std::int64_t count) {
    return {count / kSecond, count % kSecond};
}

std::int64_t trueMonotonic() {
    timespec now{};
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
    return nanos(now);
}

}  // namespace
}  // namespace tram::kills

using namespace tram::kills;

extern "C" {

int clock_gettime(clockid_t clock, timespec* out) noexcept {
    const long done = syscall(SYS_clock_gettime, clock, out);
    if (done == 0 && clock == CLOCK_BOOTTIME) *out = timespecOf(nanos(*out) * speed());
    return static_cast<int>(done);
}

/// std::chrono::steady_clock::now(), by the name it has in libstdc++; its result travels as one integer.
std::int64_t tramSteadyNow() noexcept __asm__("_ZNSt6chrono3_V212steady_clock3nowEv");
std::int64_t tramSteadyNow() noexcept {
    return trueMonotonic() * speed();
}

int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
                           const timespec* until) {
    using Wait = int (*)(pthread_cond_t*, pthread_mutex_t*, clockid_t, const timespec*);
    static const auto wait = reinterpret_cast<Wait>(dlsym(RTLD_NEXT, "pthread_cond_clockwait"));
    if (clock != CLOCK_MONOTONIC || speed() == 1) return wait(condition, mutex, clock, until);
    const std::int64_t end = nanos(*until);
    if (end - tramSteadyNow() < kSenderPause) ++page()->rests;
    const timespec truly = timespecOf(end / speed() + 1);
    return wait(condition, mutex, clock, &truly);
}
}
