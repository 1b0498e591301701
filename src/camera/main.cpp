// tram-camera: the one process that touches foreign pictures. `tram-camera prepare` reads one from standard
// input and writes it, made safe, to standard output (device/PictureFrame.h); it is started anew for each and
// holds no rights.
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <opencv2/core.hpp>
#include <vector>

#include "device/PictureFrame.h"
#include "scan/Picture.h"

namespace {

using tram::base::Problem;
using tram::base::ProblemKind;
using tram::base::SecretBytes;
using tram::device::PictureExit;
using tram::device::PictureFrame;

static_assert(tram::device::kMaxOriginalBytes == tram::scan::kMaxPictureBytes);

bool limit(__rlimit_resource what, rlim_t most) {
    const rlimit both{most, most};
    return setrlimit(what, &both) == 0;
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define TRAM_SANITIZED  // clang 19 does not say it as GCC does, below
#endif
#endif

/// A sanitizer maps terabytes of shadow memory and could not go on under a limit.
bool limitMemory() {
#if defined(TRAM_SANITIZED) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return true;
#else
    return limit(RLIMIT_AS, rlim_t{1} << 30);
#endif
}

/// Whatever a decoder can be tricked into, it gets no file, no process, no core and not much time or memory,
/// and does not outlive the kiosk. (FSIZE does not concern pipes.)
bool confine() {
    return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && prctl(PR_SET_DUMPABLE, 0) == 0 &&
           prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && limitMemory() && limit(RLIMIT_CPU, 8) &&
           limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, 3) &&
           limit(RLIMIT_NPROC, 0);
}

/// One byte more than is allowed is read, so that too much can be told from enough.
bool readAll(SecretBytes& out) {
    std::vector<unsigned char> bytes(tram::scan::kMaxPictureBytes + 1);
    std::size_t size = 0;
    while (size < bytes.size()) {
        const ssize_t got = read(STDIN_FILENO, bytes.data() + size, bytes.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    bytes.resize(size);
    out = SecretBytes(std::move(bytes));
    return true;
}

bool writeAll(const unsigned char* bytes, std::size_t size) {
    while (size > 0) {
        const ssize_t wrote = write(STDOUT_FILENO, bytes, size);
        if (wrote < 0 && errno != EINTR) return false;
        if (wrote > 0) bytes += wrote, size -= static_cast<std::size_t>(wrote);
    }
    return true;
}

bool writeAll(const SecretBytes& bytes) {
    return writeAll(bytes.reveal().data(), bytes.reveal().size());
}

bool answer(const tram::scan::PreparedPicture& picture) {
    PictureFrame frame;
    frame.width = static_cast<std::uint32_t>(picture.width);
    frame.height = static_cast<std::uint32_t>(picture.height);
    frame.jpegBytes = static_cast<std::uint32_t>(picture.jpeg.reveal().size());
    frame.thumbnailBytes = static_cast<std::uint32_t>(picture.thumbnail.reveal().size());
    const auto head = frame.toBytes();
    return writeAll(head.data(), head.size()) && writeAll(picture.jpeg) && writeAll(picture.thumbnail);
}

PictureExit exitFor(const Problem& problem) {
    switch (problem.kind) {
        case ProblemKind::PictureEmpty:
            return PictureExit::Empty;
        case ProblemKind::PictureTooLarge:
            return PictureExit::TooLarge;
        case ProblemKind::PictureUnreadable:
            return PictureExit::Unreadable;
        default:
            return PictureExit::Failed;
    }
}

PictureExit prepare() {
    cv::setNumThreads(0);  // RLIMIT_NPROC leaves none
    SecretBytes original;
    if (!confine() || !readAll(original)) return PictureExit::Failed;
    const auto picture = tram::scan::preparePicture(original);
    if (!picture) return exitFor(picture.error());
    return answer(*picture) ? PictureExit::Done : PictureExit::Failed;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2 || arguments[1] != tram::device::kPrepareCommand)
        return static_cast<int>(PictureExit::Failed);
    // No static destructors of a hundred image libraries: everything has been said.
    _exit(static_cast<int>(prepare()));
}
