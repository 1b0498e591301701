#include "camera/KioskLine.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace tram::camera {

namespace {

constexpr int kSocket = STDIN_FILENO;

/// The one descriptor that came with a message, −1 without.
int descriptorOf(msghdr& message) {
    const cmsghdr* head = CMSG_FIRSTHDR(&message);
    if (!head || head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS ||
        head->cmsg_len != CMSG_LEN(sizeof(int)))
        return -1;
    int fd;
    std::memcpy(&fd, CMSG_DATA(head), sizeof fd);
    return fd;
}

bool waitFor(short events) {
    pollfd wanted{kSocket, events, 0};
    int ready;
    while ((ready = poll(&wanted, 1, 5000)) < 0 && errno == EINTR) {
    }
    return ready > 0;
}

}  // namespace

std::optional<KioskLine::Started> KioskLine::begin() {
    if (!waitFor(POLLIN)) return std::nullopt;
    std::array<unsigned char, sight::kMaxMessage> bytes;
    alignas(cmsghdr) std::array<unsigned char, CMSG_SPACE(sizeof(int))> control{};
    iovec content{bytes.data(), bytes.size()};
    msghdr message{};
    message.msg_iov = &content, message.msg_iovlen = 1;
    message.msg_control = control.data(), message.msg_controllen = control.size();
    const ssize_t got = recvmsg(kSocket, &message, MSG_CMSG_CLOEXEC);
    if (got <= 0) return std::nullopt;
    auto memory = sight::FrameMemory::open(descriptorOf(message));
    auto first = sight::readToCamera({bytes.data(), static_cast<std::size_t>(got)});
    if (!memory || !first || !std::holds_alternative<sight::Start>(*first)) return std::nullopt;
    return Started{std::get<sight::Start>(*first), std::move(*memory)};
}

KioskLine::Heard KioskLine::hear(sight::ToCamera& message) {
    std::array<unsigned char, sight::kMaxMessage> bytes;
    const ssize_t got = recv(kSocket, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (got < 0) return errno == EAGAIN || errno == EINTR ? Heard::Nothing : Heard::End;
    auto read = sight::readToCamera({bytes.data(), static_cast<std::size_t>(got)});
    if (!read) return Heard::End;
    message = std::move(*read);
    return Heard::Message;
}

bool KioskLine::say(const sight::ToKiosk& message, bool must) {
    const auto bytes = sight::toBytes(message);
    for (;;) {
        const auto& raw = bytes.reveal();
        if (send(kSocket, raw.data(), raw.size(), MSG_DONTWAIT | MSG_NOSIGNAL) >= 0) return true;
        if (errno != EAGAIN && errno != EINTR) return false;
        if (!must) return true;
        if (errno == EAGAIN && !waitFor(POLLOUT)) return false;
    }
}

}  // namespace tram::camera
