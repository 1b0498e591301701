#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

namespace tram::test {

/// For what no HTTP library would send: hands each connection's descriptor, one after the other, to the
/// test's function, then closes it.
class RawServer {
  public:
    explicit RawServer(std::function<void(int)> serve)
        : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
        listen(listener_, 16);
        socklen_t size = sizeof address;
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this, serve = std::move(serve)] {
            for (int peer; (peer = accept(listener_, nullptr, nullptr)) >= 0; close(peer)) {
                if (!ending_) serve(peer);
            }
        });
    }
    ~RawServer() {
        ending_ = true;
        shutdown(listener_, SHUT_RDWR);
        thread_.join();
        close(listener_);
    }
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;

    int port() const { return port_; }
    std::string url(const std::string& path = "/") const {
        return "http://127.0.0.1:" + std::to_string(port_) + path;
    }

    /// Up to the blank line after the headers.
    static std::string readHead(int peer) {
        std::string head;
        for (char c; !head.ends_with("\r\n\r\n") && recv(peer, &c, 1, 0) == 1;) head += c;
        return head;
    }
    static bool say(int peer, std::string_view text) {
        return send(peer, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
    }
    /// Until the other side hangs up.
    static void waitForEnd(int peer) {
        for (char c; recv(peer, &c, 1, 0) > 0;) {
        }
    }

  private:
    int listener_, port_ = 0;
    std::atomic<bool> ending_ = false;
    std::thread thread_;
};

}  // namespace tram::test
