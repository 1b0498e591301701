#pragma once
#include <openssl/ssl.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace tram::line {

/// One end of a TCP connection, plain or TLS; blocking, for one thread.
class Peer {
  public:
    explicit Peer(int fd) : fd_(fd) {}
    /// The server's side of a handshake; good() tells whether it came about.
    Peer(int fd, SSL_CTX* context);
    ~Peer();
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    /// To a port on this machine, from an address that no other connection has lately had: nginx counts
    /// requests by address, and here one machine plays a whole city. Not good() when nobody listens.
    static std::unique_ptr<Peer> connectTo(int port);

    bool good() const { return good_; }
    std::size_t read(char* out, std::size_t size);  ///< 0: nothing more will come
    bool write(std::string_view bytes);
    /// Whether the other side has hung up, waiting `time` for it. What it sends meanwhile is lost.
    bool hangsUpWithin(std::chrono::milliseconds time);
    int fd() const { return fd_; }

  private:
    int fd_;
    std::unique_ptr<SSL, decltype(&SSL_free)> tls_{nullptr, SSL_free};
    bool good_ = true;
};

}  // namespace tram::line
