// V4L2 by its own ioctls (Documentation/userspace-api/media/v4l): OpenCV's videoio would bring 150 libraries
// into the one process that should have few, and 195 ms into its start (TOOLKIT.md).
#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "camera/FrameSource.h"

namespace tram::camera {

namespace {

constexpr unsigned kWidth = 1280, kHeight = 720, kMaxSide = 4096, kRate = 15, kBuffers = 4;

int call(int fd, unsigned long request, void* argument) {
    int done;
    while ((done = ioctl(fd, request, argument)) < 0 && errno == EINTR) {
    }
    return done;
}

class Device final : public FrameSource {
  public:
    explicit Device(int fd) : fd_(fd) {}
    ~Device() override {
        for (const auto& buffer : buffers_) munmap(buffer.bytes, buffer.size);
        close(fd_);
    }
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;

    /// Running, or why not.
    sight::Condition begin() {
        if (!canStream() || !agreeOnFormat()) return errno == EBUSY ? sight::Condition::Busy : whyNot();
        if (!mapBuffers() || !stream()) return errno == EBUSY ? sight::Condition::Busy : whyNot();
        return sight::Condition::Running;
    }

    int descriptor() const override { return fd_; }

    Got next(cv::Mat& bgr) override {
        v4l2_buffer buffer = ofOurs(0);
        if (call(fd_, VIDIOC_DQBUF, &buffer) != 0) return errno == EAGAIN ? Got::Nothing : Got::Gone;
        if (buffer.index >= buffers_.size()) return Got::Gone;
        const auto& place = buffers_[buffer.index];
        const bool good = !(buffer.flags & V4L2_BUF_FLAG_ERROR) &&
                          decode(place.bytes, std::min<std::size_t>(buffer.bytesused, place.size), bgr);
        if (call(fd_, VIDIOC_QBUF, &buffer) != 0) return Got::Gone;
        return good ? Got::Frame : Got::Nothing;
    }

  private:
    struct Buffer {
        void* bytes;
        std::size_t size;
    };

    static sight::Condition whyNot() {
        return errno == ENODEV ? sight::Condition::Missing : sight::Condition::Unfit;
    }
    static v4l2_buffer ofOurs(unsigned index) {
        v4l2_buffer buffer{};
        buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        buffer.memory = V4L2_MEMORY_MMAP;
        buffer.index = index;
        return buffer;
    }

    bool canStream() const {
        v4l2_capability able{};
        if (call(fd_, VIDIOC_QUERYCAP, &able) != 0) return false;
        const auto has = able.capabilities & V4L2_CAP_DEVICE_CAPS ? able.device_caps : able.capabilities;
        errno = 0;
        return (has & V4L2_CAP_VIDEO_CAPTURE) && (has & V4L2_CAP_STREAMING);
    }
    /// MJPEG first: uncompressed 720p goes over USB 2 at 10 frames a second at best.
    bool agreeOnFormat() {
        for (const auto wanted : {V4L2_PIX_FMT_MJPEG, V4L2_PIX_FMT_YUYV}) {
            format_ = {};
            format_.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
            format_.fmt.pix.width = kWidth, format_.fmt.pix.height = kHeight;
            format_.fmt.pix.pixelformat = wanted;
            if (call(fd_, VIDIOC_S_FMT, &format_) != 0) return false;
            if (format_.fmt.pix.pixelformat == wanted) return sizeFits();
        }
        errno = 0;
        return false;
    }
    bool sizeFits() {
        auto& pix = format_.fmt.pix;
        errno = 0;
        if (pix.width < 160 || pix.height < 120 || pix.width > kMaxSide || pix.height > kMaxSide)
            return false;
        if (pix.bytesperline < pix.width * 2) pix.bytesperline = pix.width * 2;
        v4l2_streamparm rate{};  // a wish: not every camera can be asked
        rate.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        rate.parm.capture.timeperframe = {1, kRate};
        call(fd_, VIDIOC_S_PARM, &rate);
        return true;
    }
    bool mapBuffers() {
        v4l2_requestbuffers wanted{};
        wanted.count = kBuffers;
        wanted.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        wanted.memory = V4L2_MEMORY_MMAP;
        if (call(fd_, VIDIOC_REQBUFS, &wanted) != 0) return false;
        for (unsigned i = 0; i < wanted.count; ++i)
            if (!mapBuffer(i)) return false;
        return !buffers_.empty();
    }
    bool mapBuffer(unsigned index) {
        v4l2_buffer about = ofOurs(index);
        if (call(fd_, VIDIOC_QUERYBUF, &about) != 0) return false;
        void* bytes = mmap(nullptr, about.length, PROT_READ | PROT_WRITE, MAP_SHARED, fd_,
                           static_cast<off_t>(about.m.offset));
        if (bytes == MAP_FAILED) return false;
        buffers_.push_back({bytes, about.length});
        return call(fd_, VIDIOC_QBUF, &about) == 0;
    }
    bool stream() const {
        int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        return call(fd_, VIDIOC_STREAMON, &type) == 0;
    }

    bool decode(void* bytes, std::size_t size, cv::Mat& bgr) const {
        const auto& pix = format_.fmt.pix;
        if (pix.pixelformat == V4L2_PIX_FMT_MJPEG) {
            if (size == 0) return false;
            bgr = cv::imdecode(cv::Mat(1, static_cast<int>(size), CV_8U, bytes), cv::IMREAD_COLOR);
            return !bgr.empty() && bgr.cols <= static_cast<int>(kMaxSide) &&
                   bgr.rows <= static_cast<int>(kMaxSide);
        }
        if (size < std::size_t{pix.bytesperline} * pix.height) return false;
        const cv::Mat packed(static_cast<int>(pix.height), static_cast<int>(pix.width), CV_8UC2, bytes,
                             pix.bytesperline);
        cv::cvtColor(packed, bgr, cv::COLOR_YUV2BGR_YUYV);
        return true;
    }

    int fd_;
    v4l2_format format_{};
    std::vector<Buffer> buffers_;
};

}  // namespace

Opened openDevice(const char* path) {
    const int fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return {nullptr, errno == EBUSY ? sight::Condition::Busy : sight::Condition::Missing};
    auto device = std::make_unique<Device>(fd);
    const auto condition = device->begin();
    if (condition != sight::Condition::Running) return {nullptr, condition};
    return {std::move(device), condition};
}

}  // namespace tram::camera
