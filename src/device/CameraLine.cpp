#include "device/CameraLine.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace tram::device {

using base::fail;
using base::ProblemKind;
using base::Result;

namespace {

/// The decoder's own bound, read when its library loads.
const std::vector<std::string> kWatchEnvironment = {"OPENCV_IO_MAX_IMAGE_PIXELS=67108864", "LC_ALL=C"};

bool sendWith(int socket, std::vector<unsigned char> bytes, int descriptor) {
    alignas(cmsghdr) std::array<unsigned char, CMSG_SPACE(sizeof(int))> control{};
    iovec content{bytes.data(), bytes.size()};
    msghdr message{};
    message.msg_iov = &content, message.msg_iovlen = 1;
    message.msg_control = control.data(), message.msg_controllen = control.size();
    cmsghdr* head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET, head->cmsg_type = SCM_RIGHTS, head->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(head), &descriptor, sizeof(int));
    return sendmsg(socket, &message, MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

}  // namespace

sight::Start startOf(const CameraConfig& config, std::uint8_t shown) {
    using From = CameraConfig::Source;
    const auto source = config.source == From::Device   ? sight::Source::Device
                        : config.source == From::Video  ? sight::Source::Video
                        : config.source == From::Folder ? sight::Source::Folder
                                                        : sight::Source::Scene;
    return {source, config.turned, source == sight::Source::Scene ? "" : config.path.string(), shown};
}

std::optional<ProblemKind> problemOf(sight::Condition condition) {
    switch (condition) {
        case sight::Condition::Missing:
            return ProblemKind::CameraMissing;
        case sight::Condition::Busy:
            return ProblemKind::CameraBusy;
        case sight::Condition::Unfit:
            return ProblemKind::CameraUnfit;
        case sight::Condition::Black:
            return ProblemKind::CameraBlack;
        case sight::Condition::Frozen:
            return ProblemKind::CameraFrozen;
        case sight::Condition::Running:
            break;
    }
    return std::nullopt;
}

Result<CameraLine> CameraLine::open(const std::string& program, const sight::Start& start) {
    auto memory = sight::FrameMemory::make();
    if (!memory) return fail(ProblemKind::HelperFailed, {{"detail", "memory"}});
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
        return fail(ProblemKind::HelperFailed, {{"detail", "socket"}});
    Descriptor ours(ends[0]), theirs(ends[1]);
    auto process = ChildProcess::start({program, "watch"}, kWatchEnvironment, theirs.get());
    if (!process) return tl::unexpected(process.error());
    CameraLine line(std::move(ours), std::move(*memory), std::move(*process));
    if (!sendWith(line.socket(), sight::toBytes(start), line.memory().fd()))
        return fail(ProblemKind::HelperFailed, {{"detail", "start"}});
    return line;
}

CameraLine::~CameraLine() {
    if (!process_ || memory_.fd() < 0) return;  // moved from
    process_.reset();
    memory_.wipe();
}

CameraLine::Heard CameraLine::hear(std::optional<sight::ToKiosk>& message) {
    std::vector<unsigned char> buffer(sight::kMaxMessage + 1);
    const ssize_t got = recv(socket_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got < 0) return errno == EAGAIN || errno == EINTR ? Heard::Nothing : Heard::End;
    if (got == 0) return Heard::End;
    buffer.resize(static_cast<std::size_t>(got));
    const base::SecretBytes bytes(std::move(buffer));
    message = sight::readToKiosk(bytes.reveal());
    return message ? Heard::Message : Heard::Nonsense;
}

bool CameraLine::say(const sight::ToCamera& message) {
    const auto bytes = sight::toBytes(message);
    return send(socket_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL) ==
           static_cast<ssize_t>(bytes.size());
}

}  // namespace tram::device
