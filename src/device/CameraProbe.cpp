#include "device/CameraProbe.h"

#include <poll.h>

#include "device/CameraLine.h"

namespace tram::device {

using base::fail;
using base::ProblemKind;
using base::Result;
using Clock = std::chrono::steady_clock;

namespace {

/// One look, and what has been heard of it so far.
class Look {
  public:
    explicit Look(CameraLine& line) : line_(line) {}

    /// Hears what comes until `done` or `deadline`; false when nobody is there to be heard any more.
    template <class Done>
    bool until(Clock::time_point deadline, Done done) {
        while (!done()) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
            if (left.count() <= 0) return true;
            pollfd wanted{line_.socket(), POLLIN, 0};
            if (poll(&wanted, 1, static_cast<int>(left.count())) > 0 && !hear()) return false;
        }
        return true;
    }
    bool take() { return line_.say(sight::Take{}); }

    int frames() const { return frames_; }
    const std::optional<ProblemKind>& problem() const { return problem_; }
    const std::optional<sight::Picture>& picture() const { return picture_; }

  private:
    bool hear() {
        std::optional<sight::ToKiosk> message;
        const auto heard = line_.hear(message);
        if (heard == CameraLine::Heard::Nothing) return true;
        return heard == CameraLine::Heard::Message &&
               std::visit([this](const auto& m) { return on(m); }, *message);
    }
    bool on(const sight::Frame& frame) { return ++frames_, line_.say(sight::Release{frame.slot}); }
    bool on(const sight::State& state) { return problem_ = problemOf(state.condition), true; }
    bool on(const sight::Picture& picture) { return picture_ = picture, true; }
    bool on(const sight::Code&) { return true; }
    bool on(const sight::InView&) { return true; }
    bool on(const sight::Advice&) { return true; }
    bool on(const sight::Alive&) { return true; }

    CameraLine& line_;
    int frames_ = 0;
    std::optional<ProblemKind> problem_;
    std::optional<sight::Picture> picture_;
};

}  // namespace

CameraProbe::CameraProbe(std::filesystem::path program, CameraConfig config, Patience patience)
    : program_(std::move(program)), config_(std::move(config)), patience_(patience) {}

Result<CameraProbe::Seen> CameraProbe::look() const {
    auto line = CameraLine::open(program_.string(), startOf(config_));
    if (!line) return fail(ProblemKind::CameraFailed);
    Look look(*line);
    const auto failed = [&] { return fail(look.problem().value_or(ProblemKind::CameraFailed)); };

    const auto begun = [&] { return look.frames() > 0 || look.problem().has_value(); };
    if (!look.until(Clock::now() + patience_.first, begun) || !begun()) return failed();
    // A dark or standing picture may yet recover: what counts is how it is in the end.
    const auto from = Clock::now();
    const int before = look.frames();
    const bool there = look.until(from + patience_.look, [] { return false; });
    const std::chrono::duration<double> took = Clock::now() - from;
    if (!there || look.problem()) return failed();

    const auto taken = [&] { return look.picture().has_value(); };
    if (!look.take() || !look.until(Clock::now() + patience_.look, taken) || !taken()) return failed();
    if (look.picture()->jpegBytes == 0) return failed();
    return Seen{look.picture()->width, look.picture()->height, (look.frames() - before) / took.count()};
}

}  // namespace tram::device
