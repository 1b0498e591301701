#pragma once
#include "base/Problem.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// A screen's look through the station's camera: its film, its advice, what ails it. The screen is drawn
/// anew when advice or trouble changes; a frame only repaints the film. Off until start(), and off at once
/// with stop() or when dropped.
class CameraLook {
  public:
    using OnCodes = std::function<void(const device::CodesInView&)>;
    /// `filmId`: of the view that shows the film.
    CameraLook(Host& host, std::string filmId) : host_(host), filmId_(std::move(filmId)) {}
    CameraLook(const CameraLook&) = delete;
    CameraLook& operator=(const CameraLook&) = delete;
    ~CameraLook() { stop(); }

    void start(OnCodes onCodes = nullptr);  ///< a station without a camera: CameraMissing
    void stop();
    /// As device::Camera::take; but whoever calls stop() hears nothing more, and needs not be there still.
    void take(device::Camera::OnTaken taken);

    bool seesSomething() const { return !film_->empty(); }
    sight::Hint hint() const { return hint_; }
    const std::optional<base::Problem>& problem() const { return problem_; }
    /// The film with the id given above, as high as the page leaves room for.
    kit::ViewRef film(kit::FilmOptions options) const;

  private:
    void fails(const base::Problem& problem);

    Host& host_;
    std::string filmId_;
    std::shared_ptr<device::Camera> camera_;  ///< while it is on
    std::shared_ptr<kit::Film> film_ = std::make_shared<kit::Film>();
    sight::Hint hint_ = sight::Hint::None;
    std::optional<base::Problem> problem_;
    base::Lifetime lifetime_;
};

/// A page about what the camera sees: title, picture and words below each other; on a screen that lies the
/// picture at the left.
kit::ViewRef besidePicture(const Host& host, kit::ViewRef title, kit::ViewRef picture, kit::Views words);

/// How high a picture of the camera's may be on such a page, in reference pixels.
double pictureHeight(const Host& host);

}  // namespace tram::screens
