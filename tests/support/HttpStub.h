#pragma once
#include <httplib.h>

#include <string>
#include <thread>

namespace tram::test {

/// A real HTTP server on a loopback port of the system's choice, for as long as it lives. Add handlers to
/// `server` before start(). S is httplib::Server or httplib::SSLServer.
template <class S = httplib::Server>
class HttpStubOf {
  public:
    template <class... Arguments>
    explicit HttpStubOf(Arguments&&... arguments) : server(std::forward<Arguments>(arguments)...) {
        server.set_tcp_nodelay(
            true);  // else each answer waits 40 ms for Nagle and delayed acknowledgement to agree
        server.set_keep_alive_timeout(1);  // a kept connection must not hold up the end of a test
        port_ = server.bind_to_any_port("127.0.0.1");
    }
    ~HttpStubOf() {
        server.stop();
        if (thread_.joinable()) thread_.join();
    }
    HttpStubOf(const HttpStubOf&) = delete;
    HttpStubOf& operator=(const HttpStubOf&) = delete;

    void start() {
        thread_ = std::thread([this] { server.listen_after_bind(); });
        while (!server.is_running()) std::this_thread::yield();
    }
    int port() const { return port_; }
    std::string url(const std::string& path = "", const std::string& scheme = "http") const {
        return scheme + "://127.0.0.1:" + std::to_string(port_) + path;
    }

    S server;

  private:
    int port_ = 0;
    std::thread thread_;
};
using HttpStub = HttpStubOf<>;

}  // namespace tram::test
