#pragma once
#include "ui/screens/CameraLook.h"

namespace tram::screens {

/// A picture for a report by the station's own camera: look, take, look at it, use it or take another. What
/// is not used is overwritten; of none of it anything is on a disk.
class FeedbackCameraScreen final : public Screen {
  public:
    using OnPicture = std::function<void(feedback::DraftPicture)>;
    /// `onPicture` and `byPhone` are called when the page below stands there again; `byPhone` may be left
    /// empty: then a camera in trouble does not offer it.
    FeedbackCameraScreen(Host& host, OnPicture onPicture, kit::Action byPhone);
    std::string name() const override;
    Page render() override;
    void covered(bool over) override;

  private:
    using Taken = device::Camera::Taken;
    enum class Work { Looking, Counting, Taking };

    Page lookingPage();
    Page takenPage();
    Page problemPage(const base::Problem& problem);
    kit::ViewRef state() const;

    void look();
    void stopLooking();
    void press();
    void count(int seconds);
    void shoot();
    void came(base::Result<Taken> picture);
    void use();

    Host& host_;
    OnPicture onPicture_;
    kit::Action byPhone_;
    CameraLook camera_;
    Work work_ = Work::Looking;
    int secondsLeft_ = 0;
    bool failed_ = false;  ///< the last press brought none
    std::optional<Taken> taken_;
    std::shared_ptr<const std::string> shown_;  ///< the same bytes as the kit wants them
    int number_ = 0;                            ///< of the picture taken
    base::Lifetime counting_;
};

}  // namespace tram::screens
