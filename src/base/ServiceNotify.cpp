#include "base/ServiceNotify.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace tram::base {

namespace {

struct Address {
    sockaddr_un name{};
    socklen_t size = 0;
};

std::string_view environment(const char* key) {
    const char* value = std::getenv(key);
    return value ? value : "";
}

std::optional<Address> supervisor() {
    const auto path = environment("NOTIFY_SOCKET");
    Address to;
    if (path.size() < 2 || path.size() >= sizeof to.name.sun_path) return std::nullopt;
    if (path[0] != '/' && path[0] != '@') return std::nullopt;
    to.name.sun_family = AF_UNIX;
    std::memcpy(to.name.sun_path, path.data(), path.size());
    if (path[0] == '@') to.name.sun_path[0] = '\0';
    // An abstract name is all of its bytes and no end mark: unix(7).
    to.size =
        static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + (path[0] == '/' ? 1 : 0));
    return to;
}

}  // namespace

bool notifyService(std::string_view state) {
    const auto to = supervisor();
    if (!to || state.empty()) return false;
    const int line = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (line < 0) return false;
    // Without waiting: a supervisor that does not read must not stop the thread that draws.
    const auto sent = sendto(line, state.data(), state.size(), MSG_NOSIGNAL,
                             reinterpret_cast<const sockaddr*>(&to->name), to->size);
    close(line);
    return sent == static_cast<ssize_t>(state.size());
}

std::optional<Millis> watchdogInterval() {
    const auto text = environment("WATCHDOG_USEC");
    std::int64_t microseconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), microseconds);
    if (error != std::errc() || end != text.data() + text.size() || microseconds < 2000) return std::nullopt;
    return Millis(microseconds / 2000);
}

}  // namespace tram::base
