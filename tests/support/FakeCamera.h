#pragma once
#include <utility>

#include "device/Camera.h"

namespace tram::test {

/// A camera that sees what the test tells it to.
class FakeCamera final : public device::Camera {
  public:
    void start(device::CameraEvents events) override { events_ = std::move(events), on_ = true; }
    void stop() override {
        on_ = false;
        events_ = {};
        if (auto taken = std::exchange(taken_, nullptr)) taken(base::fail(base::ProblemKind::Cancelled));
    }
    void take(OnTaken taken) override { taken_ = std::move(taken); }

    bool on() const { return on_; }
    bool asked() const { return taken_ != nullptr; }

    void see(std::string text, sight::CodeFormat format = sight::CodeFormat::Qr) {
        auto code = std::make_shared<sight::Code>();
        code->format = format;
        code->text = base::SecretText(std::move(text));
        if (const auto tell = events_.code) tell(std::move(code));
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
    device::CameraEvents events_;
    OnTaken taken_;
    bool on_ = false;
};

}  // namespace tram::test
