#pragma once
#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

namespace tram::test {

/// A bare TCP connection, for what no HTTP client would send.
class RawLine {
  public:
    explicit RawLine(int port) : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("connect");
    }
    ~RawLine() { close(fd_); }
    RawLine(const RawLine&) = delete;
    RawLine& operator=(const RawLine&) = delete;

    bool send(const std::string& bytes) {
        for (std::size_t at = 0; at < bytes.size();) {
            const auto sent = ::send(fd_, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
            if (sent <= 0) return false;
            at += static_cast<std::size_t>(sent);
        }
        return true;
    }
    /// Everything until the other side closes or is silent for `quietMs`, or `enough` has come.
    std::string read(int quietMs = 2000, const std::string& enough = "") {
        std::string all;
        char piece[4096];
        pollfd waiting{fd_, POLLIN, 0};
        while ((enough.empty() || all.find(enough) == all.npos) && poll(&waiting, 1, quietMs) > 0) {
            const auto got = recv(fd_, piece, sizeof piece, 0);
            if (got <= 0) {
                closed_ = true;
                break;
            }
            all.append(piece, static_cast<std::size_t>(got));
        }
        return all;
    }
    /// Of the next answer; 0 when there is none.
    int readStatus() {
        const auto answer = read(5000, "\r\n\r\n");
        return answer.starts_with("HTTP/1.1 ") ? std::stoi(answer.substr(9, 3)) : 0;
    }
    bool closed() const { return closed_; }

  private:
    int fd_;
    bool closed_ = false;
};

}  // namespace tram::test
