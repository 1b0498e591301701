#pragma once
#include <utility>

#include "device/Camera.h"

namespace tram::test {

/// A camera that sees what the test tells it to.
class FakeCamera final : public device::Camera {
  public:
    void start(device::CameraEvents events) override {
        events_ = std::move(events), on_ = true, inView_.clear();
    }
    void stop() override {
        on_ = false;
        events_ = {};
        if (auto taken = std::exchange(taken_, nullptr)) taken(base::fail(base::ProblemKind::Cancelled));
    }
    void take(OnTaken taken) override { taken_ = std::move(taken); }

    bool on() const { return on_; }
    bool asked() const { return taken_ != nullptr; }

    /// This one alone, in the place of what it saw before.
    void see(std::string text, sight::CodeFormat format = sight::CodeFormat::Qr) {
        inView_.clear();
        seeToo(std::move(text), format);
    }
    /// This one beside what it sees already.
    void seeToo(std::string text, sight::CodeFormat format = sight::CodeFormat::Qr) {
        add(std::move(text), format);
        tellCodes();
    }
    void seeBoth(std::string text, std::string other) {
        inView_.clear();
        add(std::move(text), sight::CodeFormat::Qr);
        seeToo(std::move(other));
    }
    void seeNothing() {
        inView_.clear();
        tellCodes();
    }
    /// The one it saw first has been taken away.
    void loseFirst() {
        inView_.erase(inView_.begin());
        tellCodes();
    }
    /// One colour everywhere.
    void show(int width, int height, unsigned char grey = 128) {
        auto frame = std::make_shared<device::CameraFrame>();
        frame->width = width, frame->height = height;
        frame->rgb =
            base::SecretBytes(std::vector<unsigned char>(static_cast<std::size_t>(width * height) * 3, grey));
        if (const auto tell = events_.frame) tell(std::move(frame));
    }
    void advise(sight::Hint hint) {
        if (const auto tell = events_.hint) tell(hint);
    }
    void fail(base::ProblemKind kind) {
        if (const auto tell = events_.problem) tell({kind, {}});
    }
    void recover() {
        if (const auto tell = events_.running) tell();
    }
    void give(base::Result<Taken> picture) {
        if (auto taken = std::exchange(taken_, nullptr)) taken(std::move(picture));
    }

  private:
    void add(std::string text, sight::CodeFormat format) {
        auto code = std::make_shared<sight::Code>();
        code->format = format;
        code->text = base::SecretText(std::move(text));
        code->number = ++codes_;
        inView_.push_back(std::move(code));
    }
    void tellCodes() {
        if (const auto tell = events_.codes) tell(device::CodesInView(inView_));
    }

    device::CameraEvents events_;
    device::CodesInView inView_;
    std::uint32_t codes_ = 0;
    OnTaken taken_;
    bool on_ = false;
};

}  // namespace tram::test
