// The calls through which SQLite, libcurl, httplib and we reach the disk and the line (nm -D shows that they
// all do), each a point at which the program may end as if its power were cut: SIGKILL, nothing flushed,
// nothing said.
#include "KillPoint.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tram::kills {
namespace {

KillFile* g_page = nullptr;
char g_cityLog[4096];
off_t g_cityLogBefore = 0;

__attribute__((constructor)) void attach() {
    const char* path = getenv(kKillFileVariable);
    if (!path) return;
    const long fd = syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
    if (fd < 0) return;
    void* place =
        mmap(nullptr, sizeof(KillFile), PROT_READ | PROT_WRITE, MAP_SHARED, static_cast<int>(fd), 0);
    syscall(SYS_close, fd);
    if (place != MAP_FAILED) g_page = static_cast<KillFile*>(place);
}

void noteCityLog(const char* path, int fd) {
    strncpy(g_cityLog, path, sizeof g_cityLog - 1);
    g_cityLogBefore = lseek(fd, 0, SEEK_END);
}

/// The planted defect of a gateway that answers before its commit is on the disk.
void loseTheLog() {
    if (g_cityLog[0] != '\0') (void)!truncate(g_cityLog, g_cityLogBefore);
}

}  // namespace

KillFile* page() {
    return g_page;
}

Point::Point(Phase phase) : phase_(phase) {
    if (phase == Phase::None) return;
    const auto ofPhase = ++g_page->seen[static_cast<std::size_t>(phase)];
    const auto ofAll = ++g_page->points;
    const Plan& plan = g_page->plan;
    here_ = plan.nth != 0 &&
            (plan.phase == Phase::None ? ofAll == plan.nth : plan.phase == phase && ofPhase == plan.nth);
    how_ = plan.how;
}

void Point::die() const {
    g_page->at = phase_;
    g_page->how = how_;
    g_page->killed = 1;
    if (g_page->plan.forgetful != 0) loseTheLog();
    for (;;) syscall(SYS_kill, getpid(), SIGKILL);
}

namespace {

template <class Go>
auto pass(Phase phase, Go go) {
    const Point point(phase);
    point.before();
    const auto result = go();
    point.after();
    return result;
}

/// Half of it, when it is to be torn.
template <class Go>
ssize_t transfer(Phase phase, std::size_t size, Go go) {
    const Point point(phase);
    point.before();
    const ssize_t done = go(point.torn() && size > 1 ? size / 2 : size);
    point.after();
    return done;
}

int openAs(const char* path, int flags, mode_t mode) {
    const File file = fileOf(path, flags);
    const int fd = pass(phaseOf(Call::Open, file),
                        [&] { return static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, flags, mode)); });
    remember(fd, file);
    if (file == File::CityLog && g_cityLog[0] == '\0') noteCityLog(path, fd);
    return fd;
}

mode_t modeOf(int flags, va_list rest) {
    const bool makes = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
    return makes ? va_arg(rest, mode_t) : 0;
}

void speakFrom(int fd, const sockaddr* to) {
    if (!g_page || g_page->plan.address[0] == '\0' || to->sa_family != AF_INET) return;
    sockaddr_in from{};
    from.sin_family = AF_INET;
    const int yes = 1;
    if (inet_pton(AF_INET, g_page->plan.address, &from.sin_addr) != 1) return;
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    (void)!bind(fd, reinterpret_cast<const sockaddr*>(&from), sizeof from);
}

}  // namespace
}  // namespace tram::kills

using namespace tram::kills;

extern "C" {

int open(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = modeOf(flags, rest);
    va_end(rest);
    return openAs(path, flags, mode);
}

int open64(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = modeOf(flags, rest);
    va_end(rest);
    return openAs(path, flags, mode);
}

int close(int fd) {
    forget(fd);
    return static_cast<int>(syscall(SYS_close, fd));
}

ssize_t write(int fd, const void* bytes, size_t size) {
    return transfer(phaseOfWrite(fd, bytes, size), size,
                    [&](size_t much) { return syscall(SYS_write, fd, bytes, much); });
}

ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
    return transfer(phaseOf(Call::Write, fd), size,
                    [&](size_t much) { return syscall(SYS_pwrite64, fd, bytes, much, at); });
}

ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
    return pwrite64(fd, bytes, size, at);
}

int fsync(int fd) {
    return pass(phaseOf(Call::Sync, fd), [&] { return static_cast<int>(syscall(SYS_fsync, fd)); });
}

int fdatasync(int fd) {
    return pass(phaseOf(Call::Sync, fd), [&] { return static_cast<int>(syscall(SYS_fdatasync, fd)); });
}

int ftruncate64(int fd, off64_t size) noexcept {
    return pass(phaseOf(Call::Truncate, fd),
                [&] { return static_cast<int>(syscall(SYS_ftruncate, fd, size)); });
}

int ftruncate(int fd, off_t size) noexcept {
    return ftruncate64(fd, size);
}

int rename(const char* from, const char* to) noexcept {
    return pass(phaseOf(Call::Rename, fileOf(from, O_WRONLY)),
                [&] { return static_cast<int>(syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0)); });
}

int unlink(const char* path) noexcept {
    return pass(phaseOf(Call::Remove, fileOf(path, O_WRONLY)),
                [&] { return static_cast<int>(syscall(SYS_unlinkat, AT_FDCWD, path, 0)); });
}

int connect(int fd, const sockaddr* to, socklen_t size) {
    speakFrom(fd, to);
    return static_cast<int>(syscall(SYS_connect, fd, to, size));
}

ssize_t send(int fd, const void* bytes, size_t size, int flags) {
    says(bytes, size);
    return transfer(phaseOf(Call::Send, fd), size,
                    [&](size_t much) { return syscall(SYS_sendto, fd, bytes, much, flags, nullptr, 0); });
}

/// Only what did come is a point: curl also looks whether anything has.
ssize_t recv(int fd, void* bytes, size_t size, int flags) {
    const ssize_t got = syscall(SYS_recvfrom, fd, bytes, size, flags, nullptr, nullptr);
    if ((flags & MSG_PEEK) != 0 || got <= 0) return got;
    heard(bytes, got);
    const Point point(phaseOf(Call::Receive, fd));
    point.after();
    return got;
}
}
