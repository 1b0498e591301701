// A V4L2 camera that is not there: preloaded into tram-camera, it answers for /dev/video-fake as the kernel
// would (Documentation/userspace-api/media/v4l). TRAM_FAKE_VIDEO says what kind of camera it is:
//   good | frozen | black | silent   YUYV 1280×720; what its pictures are like
//   slow                             two frames a second
//   small                            4:3, 640×480 whatever is asked for
//   mjpeg                            each frame is the file TRAM_FAKE_JPEG
//   film                             15 frames a second, MJPEG, out of the files 0-0.jpg … 0-7.jpg in the
//   folder
//                                    TRAM_FAKE_JPEG, or 1-0.jpg … while the first byte of its file cue is '1'
//   h264                             no format of ours
//   busy                             somebody else streams
//   unplugged                        gone after ten frames
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/mman.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

constexpr unsigned kBuffers = 4, kBytes = 4u << 20;
int video = -1;
std::string kind;
unsigned char* memory = nullptr;
unsigned width = 1280, height = 720, format = 0, next = 0, frames = 0, jpegBytes = 0;
unsigned char* jpeg = nullptr;

template <class Real>
Real real(const char* name) {
    return reinterpret_cast<Real>(dlsym(RTLD_NEXT, name));
}

struct Jpeg {
    unsigned char bytes[512 << 10];
    unsigned size;
};
constexpr unsigned kFilm = 8;
Jpeg* film = nullptr;
const volatile char* cue = nullptr;

/// Read and mapped before tram-camera gives its rights away.
void readFilm(const std::string& folder) {
    const auto openFile = real<int (*)(const char*, int, ...)>("open");
    film = static_cast<Jpeg*>(calloc(2 * kFilm, sizeof(Jpeg)));
    for (unsigned i = 0; i < 2 * kFilm; ++i) {
        const auto name = folder + "/" + std::to_string(i / kFilm) + "-" + std::to_string(i % kFilm) + ".jpg";
        const int file = openFile(name.c_str(), O_RDONLY);
        const ssize_t got = file < 0 ? 0 : ::read(file, film[i].bytes, sizeof film[i].bytes);
        film[i].size = got > 0 ? static_cast<unsigned>(got) : 0;
        ::close(file);
    }
    const int file = openFile((folder + "/cue").c_str(), O_RDONLY);
    cue = static_cast<const char*>(real<void* (*)(void*, size_t, int, int, int, off_t)>("mmap")(
        nullptr, 1, PROT_READ, MAP_SHARED, file, 0));
    ::close(file);
}

void readJpeg(const char* path) {
    const int file = real<int (*)(const char*, int, ...)>("open")(path, O_RDONLY);
    if (file < 0) return;
    jpeg = static_cast<unsigned char*>(malloc(kBytes));
    const ssize_t got = ::read(file, jpeg, kBytes);
    jpegBytes = got > 0 ? static_cast<unsigned>(got) : 0;
    ::close(file);
}

int opened() {
    kind = std::getenv("TRAM_FAKE_VIDEO") ? std::getenv("TRAM_FAKE_VIDEO") : "good";
    const char* path = std::getenv("TRAM_FAKE_JPEG");
    if (path && kind == "film")
        readFilm(path);
    else if (path)
        readJpeg(path);
    memory = static_cast<unsigned char*>(real<void* (*)(void*, size_t, int, int, int, off_t)>("mmap")(
        nullptr, kBuffers * kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    video = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    return video;
}

int failed(int error) {
    errno = error;
    return -1;
}

int setFormat(v4l2_format& wanted) {
    if (kind == "busy") return failed(EBUSY);
    auto& pix = wanted.fmt.pix;
    format = kind == "h264"                      ? V4L2_PIX_FMT_H264
             : kind == "mjpeg" || kind == "film" ? V4L2_PIX_FMT_MJPEG
                                                 : V4L2_PIX_FMT_YUYV;
    if (kind == "small") width = 640, height = 480;
    pix.pixelformat = format, pix.width = width, pix.height = height;
    pix.bytesperline = format == V4L2_PIX_FMT_YUYV ? 2 * width : 0;
    return 0;
}

int start() {
    if (kind == "silent") return 0;
    const long between = kind == "slow" ? 500'000'000 : kind == "film" ? 66'666'667 : 20'000'000;
    const itimerspec pace{{0, between}, {0, between}};
    return timerfd_settime(video, 0, &pace, nullptr);
}

/// Luma of a moving edge; a sensor's noise in one pixel.
void paint(unsigned char* to) {
    for (unsigned i = 0; i < width * height; ++i) {
        const bool bright = (i % width + frames * 8) / 200 % 2 == 0;
        to[2 * i] = static_cast<unsigned char>(kind == "black"    ? 16 + (i * 7 + frames) % 3
                                               : kind == "frozen" ? i % 251
                                               : bright           ? 190
                                                                  : 90);
        to[2 * i + 1] = 128;
    }
    if (kind != "frozen") to[0] = static_cast<unsigned char>(16 + frames % 5);
}

int dequeue(v4l2_buffer& buffer) {
    std::uint64_t ticks = 0;
    if (::read(video, &ticks, sizeof ticks) != sizeof ticks) return failed(EAGAIN);
    if (kind == "unplugged" && frames >= 10) return failed(ENODEV);
    ++frames;
    buffer.index = next++ % kBuffers;
    unsigned char* to = memory + std::size_t{buffer.index} * kBytes;
    if (film) {
        const Jpeg& frame = film[(*cue == '1' ? kFilm : 0) + frames % kFilm];
        buffer.bytesused = frame.size;
        memcpy(to, frame.bytes, frame.size);
    } else if (format == V4L2_PIX_FMT_MJPEG) {
        // Each third one is damaged on its way, as USB does it now and then.
        buffer.bytesused = frames % 3 == 2 ? 10 : jpegBytes;
        memcpy(to, jpeg, jpegBytes);
    } else {
        buffer.bytesused = 2 * width * height;
        paint(to);
    }
    return 0;
}

int answer(unsigned long request, void* argument) {
    switch (request) {
        case VIDIOC_QUERYCAP: {
            auto& able = *static_cast<v4l2_capability*>(argument);
            able.capabilities = V4L2_CAP_DEVICE_CAPS | V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
            able.device_caps = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
            return 0;
        }
        case VIDIOC_S_FMT:
            return setFormat(*static_cast<v4l2_format*>(argument));
        case VIDIOC_REQBUFS:
            static_cast<v4l2_requestbuffers*>(argument)->count = kBuffers;
            return 0;
        case VIDIOC_QUERYBUF: {
            auto& buffer = *static_cast<v4l2_buffer*>(argument);
            buffer.length = kBytes;
            buffer.m.offset = buffer.index * kBytes;
            return 0;
        }
        case VIDIOC_QBUF:
            return 0;
        case VIDIOC_DQBUF:
            return dequeue(*static_cast<v4l2_buffer*>(argument));
        case VIDIOC_STREAMON:
            return start();
        default:
            return failed(ENOTTY);
    }
}

}  // namespace

extern "C" {
int open(const char* path, int flags, ...) {
    if (std::string(path) == "/dev/video-fake") return opened();
    va_list more;
    va_start(more, flags);
    const int mode = va_arg(more, int);
    va_end(more);
    return real<int (*)(const char*, int, ...)>("open")(path, flags, mode);
}

int ioctl(int fd, unsigned long request, ...) {
    va_list more;
    va_start(more, request);
    void* argument = va_arg(more, void*);
    va_end(more);
    if (fd >= 0 && fd == video) return answer(request, argument);
    return real<int (*)(int, unsigned long, ...)>("ioctl")(fd, request, argument);
}

void* mmap(void* at, size_t size, int protection, int flags, int fd, off_t offset) {
    if (fd >= 0 && fd == video) return memory + offset;
    static const auto realMmap = real<void* (*)(void*, size_t, int, int, int, off_t)>("mmap");
    return realMmap(at, size, protection, flags, fd, offset);
}
}
