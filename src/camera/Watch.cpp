#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <opencv2/imgproc.hpp>

#include "camera/Commands.h"
#include "camera/Confine.h"
#include "camera/FrameSource.h"
#include "camera/Health.h"
#include "camera/KioskLine.h"
#include "scan/CodeReader.h"
#include "scan/Decoding.h"

namespace tram::camera {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kPace = 66ms;      // of what comes from no device: 15 frames a second
constexpr auto kSilence = 400ms;  // at most between two words
constexpr int kMaxReadSide = 1600;

cv::Mat turned(const cv::Mat& bgr, int degrees) {
    if (degrees == 0) return bgr;
    const int code = degrees == 90    ? cv::ROTATE_90_CLOCKWISE
                     : degrees == 180 ? cv::ROTATE_180
                                      : cv::ROTATE_90_COUNTERCLOCKWISE;
    cv::Mat result;
    cv::rotate(bgr, result, code);
    return result;
}

cv::Size within(cv::Size size, int maxSide) {
    const int side = std::max(size.width, size.height);
    if (side <= maxSide) return size;
    const auto scaled = [&](int length) { return std::max(1, cvRound(double(length) * maxSide / side)); };
    return {scaled(size.width), scaled(size.height)};
}

/// What is read: of a larger picture no more than a reader can make use of in a frame's time.
cv::Mat readable(const cv::Mat& bgr) {
    const cv::Mat grey = scan::greyOf(bgr);
    const auto size = within(grey.size(), kMaxReadSide);
    if (size == grey.size()) return grey;
    cv::Mat small;
    cv::resize(grey, small, size, 0, 0, cv::INTER_AREA);
    return small;
}

sight::Hint wireHint(scan::Hint hint) {
    static_assert(static_cast<int>(sight::Hint::HoldStill) == static_cast<int>(scan::Hint::HoldStill) &&
                  static_cast<int>(sight::Hint::Closer) == static_cast<int>(scan::Hint::Closer));
    return static_cast<sight::Hint>(hint);
}

sight::Code wireCode(scan::Reading&& reading, cv::Size frame) {
    sight::Code code;
    code.format =
        reading.symbology == scan::Symbology::Qr ? sight::CodeFormat::Qr : sight::CodeFormat::Code128;
    code.number = reading.number;
    const auto share = [](float at, int whole) {
        return static_cast<std::uint16_t>(std::clamp(at / static_cast<float>(whole), 0.0f, 1.0f) * 65535);
    };
    for (std::size_t i = 0; i < 4; ++i)
        code.corners[i] = {share(reading.corners[i].x, frame.width),
                           share(reading.corners[i].y, frame.height)};
    if (reading.text.reveal().size() <= sight::kMaxCodeText) code.text = std::move(reading.text);
    return code;
}

class Watching {
  public:
    Watching(KioskLine line, KioskLine::Started started, std::unique_ptr<FrameSource> source)
        : line_(line),
          started_(std::move(started)),
          source_(std::move(source)),
          health_(started_.start.source == sight::Source::Device) {}

    void run() {
        for (auto due = Clock::now();;) {
            if (!listen() || !keepAlive()) return;
            if (!wait(due)) continue;
            due = std::max(due + kPace, Clock::now());
            cv::Mat frame;
            switch (source_->next(frame)) {
                case FrameSource::Got::Frame:
                    if (!show(turned(frame, started_.start.turned))) return;
                    break;
                case FrameSource::Got::Nothing:
                    if (!tell(health_.nothing(Clock::now()))) return;
                    break;
                case FrameSource::Got::Gone:
                    say(sight::State{sight::Condition::Missing}, true);
                    return;
                case FrameSource::Got::End:
                    say(sight::State{sight::Condition::Unfit}, true);
                    return;
            }
        }
    }

  private:
    /// True when a frame can be had now; false after a while, or when the kiosk has said something.
    bool wait(Clock::time_point due) {
        const int device = source_->descriptor();
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(due - Clock::now());
        if (device < 0 && left <= 0ms) return true;
        const auto patience = device < 0 ? std::min<std::chrono::milliseconds>(left, kSilence) : kSilence;
        std::array<pollfd, 2> wanted{{{STDIN_FILENO, POLLIN, 0}, {device, POLLIN, 0}}};
        const int ready = poll(wanted.data(), device < 0 ? 1 : 2, static_cast<int>(patience.count()));
        if (device >= 0 && ready == 0) tell(health_.nothing(Clock::now()));
        return device >= 0 && ready > 0 && wanted[1].revents != 0;
    }

    bool listen() {
        for (;;) {
            sight::ToCamera message;
            const auto heard = line_.hear(message);
            if (heard == KioskLine::Heard::Nothing) return true;
            if (heard == KioskLine::Heard::End) return false;
            if (!std::visit([this](const auto& m) { return on(m); }, message)) return false;
        }
    }
    bool on(const sight::Start&) { return false; }  // there is only one
    bool on(const sight::Release& message) { return busy_[message.slot] = false, true; }
    bool on(const sight::Take&) { return wanted_ = true; }
    bool on(const sight::PictureHad&) { return pictureBusy_ = false, true; }

    bool show(const cv::Mat& bgr) {
        const cv::Mat grey = readable(bgr);
        if (!tell(health_.frame(grey, Clock::now())) || !preview(bgr) || !picture(bgr)) return false;
        auto sight = reader_.look(grey);
        if (sight.hint != hint_ && !say(sight::Advice{wireHint(hint_ = sight.hint)}, true)) return false;
        for (auto& code : sight.codes)
            if (!say(wireCode(std::move(code), grey.size()), true)) return false;
        if (sight.inView == inView_) return true;
        return say(sight::InView{inView_ = std::move(sight.inView)}, true);
    }

    /// Into a slot that nobody reads; without one this frame is not shown.
    bool preview(const cv::Mat& bgr) {
        const auto free = std::ranges::find(busy_, false);
        if (free == busy_.end()) return true;
        const auto slot = static_cast<std::uint8_t>(free - busy_.begin());
        const auto size = within(bgr.size(), sight::kMaxPreviewSide);
        cv::Mat small;
        cv::resize(bgr, small, size, 0, 0, cv::INTER_AREA);
        cv::Mat shared(size, CV_8UC3, started_.memory.slot(slot));
        cv::cvtColor(small, shared, cv::COLOR_BGR2RGB);
        *free = true;
        return say(sight::Frame{slot, static_cast<std::uint16_t>(size.width),
                                static_cast<std::uint16_t>(size.height), ++frames_},
                   true);
    }

    bool picture(const cv::Mat& bgr) {
        if (!wanted_ || pictureBusy_) return true;
        wanted_ = false;
        pictureBusy_ = true;
        sight::Picture message;
        const auto made = scan::pictureOf(bgr);
        if (made && made->jpeg.reveal().size() <= sight::kMaxJpegBytes &&
            made->thumbnail.reveal().size() <= sight::kMaxThumbnailBytes)
            message = put(*made);
        return say(message, true);
    }
    sight::Picture put(const scan::PreparedPicture& made) const {
        const auto &jpeg = made.jpeg.reveal(), &thumbnail = made.thumbnail.reveal();
        std::memcpy(started_.memory.picture(), jpeg.data(), jpeg.size());
        std::memcpy(started_.memory.picture() + jpeg.size(), thumbnail.data(), thumbnail.size());
        return {static_cast<std::uint16_t>(made.width), static_cast<std::uint16_t>(made.height),
                static_cast<std::uint32_t>(jpeg.size()), static_cast<std::uint32_t>(thumbnail.size())};
    }

    bool tell(std::optional<sight::Condition> condition) {
        return !condition || say(sight::State{*condition}, true);
    }
    bool keepAlive() { return Clock::now() - said_ < kSilence || say(sight::Alive{}); }
    bool say(sight::ToKiosk message, bool must = false) {
        said_ = Clock::now();
        return line_.say(message, must);
    }

    KioskLine line_;
    KioskLine::Started started_;
    std::unique_ptr<FrameSource> source_;
    Health health_;
    scan::CodeReader reader_;
    scan::Hint hint_ = scan::Hint::None;
    std::vector<std::uint32_t> inView_;
    std::array<bool, sight::kSlots> busy_{};
    bool wanted_ = false, pictureBusy_ = false;
    std::uint32_t frames_ = 0;
    Clock::time_point said_{};
};

}  // namespace

int watch() {
    KioskLine line;
    auto started = line.begin();
    if (!started || !line.say(sight::Alive{})) return 70;
    auto opened = openSource(started->start);
    if (!opened.source) {
        line.say(sight::State{opened.why}, true);
        return 0;
    }
    if (!confine(Work::Watching)) return 70;
    Watching(line, std::move(*started), std::move(opened.source)).run();
    return 0;
}

}  // namespace tram::camera
