#include <fcntl.h>
#include <unistd.h>

#include "camera/FrameSource.h"
#include "camera/Recorded.h"
#include "camera/Scene.h"
#include "scan/Decoding.h"

namespace tram::camera {

namespace {

constexpr int kMaxFrameSide = 1920;

/// Over and over, as a camera goes on and on. A frame that cannot be decoded is left out.
class Film final : public FrameSource {
  public:
    explicit Film(Recorded recorded) : recorded_(std::move(recorded)) {}

    Got next(cv::Mat& bgr) override {
        // Unpacked only here: by now the process is confined.
        if (!unpacked_ && !recorded_.unpack()) return Got::End;
        unpacked_ = true;
        auto frame = scan::decodePicture(recorded_.frames[at_], kMaxFrameSide);
        at_ = (at_ + 1) % recorded_.frames.size();
        if (frame) return bgr = *frame, bad_ = 0, Got::Frame;
        return ++bad_ > recorded_.frames.size() ? Got::End : Got::Nothing;
    }

  private:
    Recorded recorded_;
    bool unpacked_ = false;
    std::size_t at_ = 0, bad_ = 0;
};

Opened openFilm(const char* path, int flags) {
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags);
    if (fd < 0) return {nullptr, sight::Condition::Missing};
    auto recorded = Recorded::read(fd);
    close(fd);
    if (!recorded) return {nullptr, sight::Condition::Unfit};
    return {std::make_unique<Film>(std::move(*recorded)), sight::Condition::Running};
}

}  // namespace

Opened openSource(const sight::Start& start) {
    switch (start.source) {
        case sight::Source::Device:
            return openDevice(start.path.c_str());
        case sight::Source::Video:
            return openFilm(start.path.c_str(), 0);
        case sight::Source::Folder:
            return openFilm(start.path.c_str(), O_DIRECTORY);
        case sight::Source::Scene:
            return {makeScene(start.shown), sight::Condition::Running};
    }
    return {nullptr, sight::Condition::Unfit};
}

}  // namespace tram::camera
