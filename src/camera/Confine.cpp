#include "camera/Confine.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/videodev2.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

namespace tram::camera {

namespace {

bool limit(__rlimit_resource what, rlim_t most) {
    const rlimit both{most, most};
    return setrlimit(what, &both) == 0;
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define TRAM_SANITIZED  // clang 19 does not say it as GCC does, below
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define TRAM_SANITIZED
#endif
/// A sanitizer maps terabytes of shadow memory, starts a thread and opens files of its own at the end.
#ifdef TRAM_SANITIZED
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

bool limitMemory() {
    return kSanitized || limit(RLIMIT_AS, rlim_t{1} << 30);
}

}  // namespace

void goFirst() {
    const int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file < 0) return;
    (void)!write(file, "1000", 4);
    close(file);
}

namespace {

/// FSIZE does not concern pipes and memory; NOFILE only what would be opened from now on.
bool limitAll(Work work) {
    const rlim_t seconds = work == Work::OnePicture ? 8 : work == Work::OneFile ? 300 : RLIM_INFINITY;
    return limitMemory() && limit(RLIMIT_CPU, seconds) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0) &&
           limit(RLIMIT_NOFILE, 3) && limit(RLIMIT_NPROC, 0);
}

/// A ruleset that handles every right and grants none.
bool closeFiles() {
    const long abi = syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    // EPERM: a service manager's filter that has never heard of it.
    if (abi < 1) return errno == ENOSYS || errno == EOPNOTSUPP || errno == EPERM;
    landlock_ruleset_attr all{};
    all.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;  // all of the first version
    const int rules = static_cast<int>(syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0));
    if (rules < 0) return false;
    const bool done = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return done;
}

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

template <class... Calls>
bool all(scmp_filter_ctx filter, std::uint32_t action, Calls... calls) {
    return (... && (seccomp_rule_add(filter, action, calls, 0) == 0));
}

/// Memory that can be written is never run.
bool allowMemory(scmp_filter_ctx filter) {
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) != 0)
            return false;
    return all(filter, SCMP_ACT_ALLOW, SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise));
}

bool allowWork(scmp_filter_ctx filter) {
    return all(filter, SCMP_ACT_ALLOW, SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(close), SCMP_SYS(fstat),
               SCMP_SYS(lseek), SCMP_SYS(futex), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
               SCMP_SYS(clock_nanosleep), SCMP_SYS(getrandom), SCMP_SYS(getpid), SCMP_SYS(gettid),
               SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(rt_sigaction),
               SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(restart_syscall), SCMP_SYS(exit),
               SCMP_SYS(exit_group));
}

/// What libraries try in passing, and do without.
bool refuseAttempts(scmp_filter_ctx filter) {
    return all(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat), SCMP_SYS(open), SCMP_SYS(access),
               SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat),
               SCMP_SYS(stat), SCMP_SYS(statx), SCMP_SYS(newfstatat), SCMP_SYS(getcwd), SCMP_SYS(clone),
               SCMP_SYS(clone3), SCMP_SYS(sysinfo), SCMP_SYS(uname), SCMP_SYS(prlimit64));
}

/// The socket on standard input, and of a device only what hands buffers to and fro.
bool allowWatching(scmp_filter_ctx filter) {
    for (const unsigned long request : {VIDIOC_QBUF, VIDIOC_DQBUF, VIDIOC_STREAMOFF})
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1,
                             SCMP_A1(SCMP_CMP_MASKED_EQ, 0xFFFFFFFF, request)) != 0)
            return false;
    for (const int call : {SCMP_SYS(sendto), SCMP_SYS(recvfrom)})
        if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_A0_32(SCMP_CMP_EQ, STDIN_FILENO)) != 0)
            return false;
    return all(filter, SCMP_ACT_ALLOW, SCMP_SYS(poll), SCMP_SYS(ppoll));
}

bool closeKernel(Work work) {
    if (kSanitized) return true;
    const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS), &seccomp_release);
    return filter && allowMemory(filter.get()) && allowWork(filter.get()) && refuseAttempts(filter.get()) &&
           (work != Work::Watching || allowWatching(filter.get())) && seccomp_load(filter.get()) == 0;
}

}  // namespace

bool confine(Work work) {
    return prctl(PR_SET_DUMPABLE, 0) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && closeFiles() &&
           limitAll(work) && closeKernel(work);
}

}  // namespace tram::camera
