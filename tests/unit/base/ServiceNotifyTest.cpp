#include "base/ServiceNotify.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <string>

#include "tests/support/TempDir.h"

using namespace tram::base;

namespace {

class Environment {
  public:
    Environment(const char* key, const char* value) : key_(key) {
        value ? setenv(key, value, 1) : unsetenv(key);
    }
    ~Environment() { unsetenv(key_); }

  private:
    const char* key_;
};

/// What systemd binds and reads.
class Supervisor {
  public:
    explicit Supervisor(const std::string& name) : line_(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, name.data(), name.size());
        const bool abstract = name[0] == '@';
        if (abstract) address.sun_path[0] = '\0';
        const auto size = offsetof(sockaddr_un, sun_path) + name.size() + (abstract ? 0 : 1);
        REQUIRE(bind(line_, reinterpret_cast<sockaddr*>(&address), static_cast<socklen_t>(size)) == 0);
    }
    ~Supervisor() { close(line_); }

    std::string heard() const {
        char text[256];
        const auto size = recv(line_, text, sizeof text, MSG_DONTWAIT);
        return size < 0 ? "" : std::string(text, static_cast<std::size_t>(size));
    }
    /// Its queue is as long as net.unix.max_dgram_qlen allows.
    int fill() const {
        int sent = 0;
        while (sent < 100'000 && notifyService("WATCHDOG=1")) ++sent;
        return sent;
    }

  private:
    int line_;
};

}  // namespace

TEST_CASE("a supervisor hears what it is told, by a path and by an abstract name") {
    const tram::test::TempDir directory;
    const bool abstract = GENERATE(false, true);
    const auto name = abstract ? "@tram-test-" + std::to_string(getpid()) : (directory / "notify").string();
    const Supervisor supervisor(name);
    const Environment socket("NOTIFY_SOCKET", name.c_str());
    CHECK(notifyService("READY=1\nSTATUS=serving"));
    CHECK(supervisor.heard() == "READY=1\nSTATUS=serving");
    CHECK(notifyService("WATCHDOG=1"));
    CHECK(supervisor.heard() == "WATCHDOG=1");
    CHECK(supervisor.heard().empty());
}

TEST_CASE("without a supervisor nothing is told and nothing is wrong") {
    const auto* name = GENERATE(static_cast<const char*>(nullptr), "", "/", "@", "relative/path", "vsock:2:1",
                                "/there/is/nobody");
    const Environment socket("NOTIFY_SOCKET", name);
    CHECK_FALSE(notifyService("READY=1"));
}

TEST_CASE("a name longer than a socket's is refused, not cut") {
    const std::string name = "/" + std::string(sizeof(sockaddr_un::sun_path) - 1, 'x');
    const Environment socket("NOTIFY_SOCKET", name.c_str());
    CHECK_FALSE(notifyService("READY=1"));
}

TEST_CASE("a supervisor that does not read holds nobody up") {
    const tram::test::TempDir directory;
    const auto name = (directory / "notify").string();
    const Supervisor supervisor(name);
    const Environment socket("NOTIFY_SOCKET", name.c_str());
    const int sent = supervisor.fill();
    CHECK(sent > 0);
    CHECK(sent < 100'000);
    CHECK(supervisor.heard() == "WATCHDOG=1");
    CHECK(notifyService("WATCHDOG=1"));
}

TEST_CASE("the watchdog is fed twice in its time, and only when there is one") {
    {
        const Environment watch("WATCHDOG_USEC", "20000000");
        CHECK(watchdogInterval() == Millis(10'000));
    }
    const auto* text = GENERATE(static_cast<const char*>(nullptr), "", "0", "1999", "-20000000", "20s",
                                " 20000000", "99999999999999999999999999");
    const Environment watch("WATCHDOG_USEC", text);
    CHECK_FALSE(watchdogInterval().has_value());
}

TEST_CASE("another process's watchdog is ours too: the session's first process is not the one that pings") {
    const Environment watch("WATCHDOG_USEC", "6000000"), other("WATCHDOG_PID", "1");
    CHECK(watchdogInterval() == Millis(3000));
}
