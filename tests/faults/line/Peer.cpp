#include "Peer.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>

namespace tram::line {

namespace {

sockaddr_in loopback(std::uint32_t host, int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(host);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

/// 127.1.0.1 … 127.1.249.250, one after the other.
std::uint32_t nextHost() {
    static std::atomic<std::uint32_t> last{0};
    const std::uint32_t number = last++ % 62'500;
    return (127u << 24) | (1u << 16) | ((number / 250) << 8) | (1 + number % 250);
}

}  // namespace

Peer::Peer(int fd, SSL_CTX* context) : fd_(fd), tls_(SSL_new(context), SSL_free) {
    SSL_set_fd(tls_.get(), fd_);
    good_ = SSL_accept(tls_.get()) == 1;
}

Peer::~Peer() {
    tls_.reset();
    if (fd_ >= 0) close(fd_);
}

std::unique_ptr<Peer> Peer::connectTo(int port) {
    auto peer = std::make_unique<Peer>(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const auto from = loopback(nextHost(), 0), to = loopback(INADDR_LOOPBACK, port);
    const int yes = 1;
    setsockopt(peer->fd_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    peer->good_ = bind(peer->fd_, reinterpret_cast<const sockaddr*>(&from), sizeof from) == 0 &&
                  connect(peer->fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
    return peer;
}

std::size_t Peer::read(char* out, std::size_t size) {
    if (!good_) return 0;
    const auto got = tls_ ? SSL_read(tls_.get(), out, static_cast<int>(size)) : recv(fd_, out, size, 0);
    good_ = got > 0;
    return good_ ? static_cast<std::size_t>(got) : 0;
}

bool Peer::write(std::string_view bytes) {
    while (good_ && !bytes.empty()) {
        const auto sent = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                               : send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        good_ = sent > 0;
        if (good_) bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return good_;
}

bool Peer::hangsUpWithin(std::chrono::milliseconds time) {
    pollfd waiting{fd_, POLLIN, 0};
    if (poll(&waiting, 1, static_cast<int>(time.count())) <= 0) return false;
    std::array<char, 4096> lost;
    return recv(fd_, lost.data(), lost.size(), 0) <= 0;
}

}  // namespace tram::line
