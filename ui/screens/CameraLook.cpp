#include "ui/screens/CameraLook.h"

#include "ui/screens/Parts.h"

namespace tram::screens {

using namespace kit;

void CameraLook::start(OnCodes onCodes) {
    stop();
    hint_ = sight::Hint::None;
    problem_.reset();
    camera_ = host_.services().camera;
    if (!camera_) {
        problem_ = base::Problem{base::ProblemKind::CameraMissing, {{"detail", "none"}}};
        return;
    }
    camera_->start({.frame =
                        [this](const auto& frame) {
                            film_->show(frame->width, frame->height, frame->rgb.reveal().data());
                            host_.repaint(filmId_);
                        },
                    .codes = std::move(onCodes),
                    .hint =
                        [this](sight::Hint hint) {
                            hint_ = hint;
                            host_.refresh();
                        },
                    .problem = [this](const base::Problem& problem) { fails(problem); },
                    .running =
                        [this] {
                            problem_.reset();
                            host_.refresh();
                        }});
}

void CameraLook::stop() {
    lifetime_.renew();
    film_->clear();
    if (const auto camera = std::exchange(camera_, nullptr)) camera->stop();
}

void CameraLook::take(device::Camera::OnTaken taken) {
    if (!camera_) return;
    camera_->take([taken = std::move(taken), asked = lifetime_.token()](auto picture) {
        if (!asked.expired()) taken(std::move(picture));
    });
}

void CameraLook::fails(const base::Problem& problem) {
    problem_ = problem;
    film_->clear();
    host_.refresh();
}

ViewRef CameraLook::film(FilmOptions options) const {
    options.id = filmId_;
    options.film = film_;
    options.height = pictureHeight(host_);
    return filmView(std::move(options));
}

/// Where text is large the words beside it need the room.
double pictureHeight(const Host& host) {
    constexpr double kStanding = 860, kLying = 640, kLarge = 480;
    if (largeText(host)) return kLarge;
    return host.theme().portrait() ? kStanding : kLying;
}

ViewRef besidePicture(const Host& host, ViewRef title, ViewRef picture, Views words) {
    if (host.theme().portrait()) {
        Views all{std::move(title), std::move(picture)};
        all.insert(all.end(), words.begin(), words.end());
        return body(host, "page", std::move(all));
    }
    words.insert(words.begin(), std::move(title));
    if (largeText(host))  // each the half: large words would leave the picture none
        return body(host, "page",
                    {grid(2, {column({std::move(picture)}), column(std::move(words))}, {.gap = 40})});
    return body(host, "page",
                {row({grow(column({std::move(picture)}), 3), grow(column(std::move(words)), 2)},
                     {.gap = 40, .align = Align::Start, .even = true})});
}

}  // namespace tram::screens
