#include "ui/screens/FeedbackCameraScreen.h"

#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"

namespace tram::screens {

using namespace kit;
using base::ProblemKind;

namespace {

/// For whoever has pressed with the hand that is to hold something up.
constexpr int kSeconds = 3;
constexpr base::Millis kSecond{1000};

}  // namespace

FeedbackCameraScreen::FeedbackCameraScreen(Host& host, OnPicture onPicture, Action byPhone)
    : host_(host),
      onPicture_(std::move(onPicture)),
      byPhone_(std::move(byPhone)),
      camera_(host, "camera.film") {}

std::string FeedbackCameraScreen::name() const {
    if (taken_) return "feedback_camera_taken";
    return camera_.problem() ? "feedback_camera_problem" : "feedback_camera";
}

/// A camera that nobody looks through is off; what was taken stays to be looked at.
void FeedbackCameraScreen::covered(bool over) {
    if (over)
        stopLooking();
    else if (!taken_)
        look();
}

void FeedbackCameraScreen::look() {
    taken_.reset();
    shown_.reset();
    failed_ = false;
    work_ = Work::Looking;
    camera_.start();
}

void FeedbackCameraScreen::stopLooking() {
    counting_.renew();
    work_ = Work::Looking;
    camera_.stop();
}

/// Once: an impatient second press changes nothing.
void FeedbackCameraScreen::press() {
    if (work_ != Work::Looking) return;
    work_ = Work::Counting;
    failed_ = false;
    count(kSeconds);
}

void FeedbackCameraScreen::count(int seconds) {
    host_.refresh();
    if (camera_.problem()) {
        work_ = Work::Looking;
        return;
    }
    secondsLeft_ = seconds;
    if (seconds == 0) return shoot();
    host_.services().scheduler.after(kSecond, counting_.token(), [this, seconds] { count(seconds - 1); });
}

void FeedbackCameraScreen::shoot() {
    work_ = Work::Taking;
    camera_.take([this](auto picture) { came(std::move(picture)); });
}

void FeedbackCameraScreen::came(base::Result<Taken> picture) {
    if (picture) {
        stopLooking();
        shown_ = shownBytes(picture->jpeg);
        taken_ = std::move(*picture);
        ++number_;
    } else {
        work_ = Work::Looking;
        failed_ = true;
    }
    host_.refresh();
}

void FeedbackCameraScreen::use() {
    auto picture = std::move(*taken_);
    const auto onPicture = onPicture_;
    host_.back();  // this screen goes with it
    onPicture({.id = {}, .jpeg = std::move(picture.jpeg), .thumbnail = std::move(picture.thumbnail)});
}

Page FeedbackCameraScreen::render() {
    if (taken_) return takenPage();
    return camera_.problem() ? problemPage(*camera_.problem()) : lookingPage();
}

/// What to do, or what is being done.
ViewRef FeedbackCameraScreen::state() const {
    const char* key = work_ == Work::Counting ? "feedback.camera.count"
                      : work_ == Work::Taking ? "feedback.camera.taking"
                      : failed_               ? "feedback.camera.failed"
                                              : "feedback.camera.what";
    return banner({.mood = failed_ ? Mood::Warn : Mood::Info,
                   .icon = work_ == Work::Looking ? "photo_camera" : "timer",
                   .text = host_.tr(key, {{"seconds", std::to_string(secondsLeft_)}}),
                   .id = "camera.state",
                   .lines = 2});
}

Page FeedbackCameraScreen::lookingPage() {
    auto take = primary("take", host_.tr("feedback.camera.take"), "photo_camera", [this] { press(); });
    take.enabled = work_ == Work::Looking;
    const int count = work_ == Work::Counting ? secondsLeft_ : 0;
    return {
        .content = besidePicture(
            host_, stepTitle(host_, feedback::Step::Pictures, "feedback.camera.title"),
            camera_.film({.aim = false, .count = count, .spoken = host_.tr("feedback.camera.film")}),
            {state(),
             banner({.mood = Mood::Warn, .icon = "groups", .text = host_.tr("feedback.camera.private")})}),
        .right = {std::move(take)},
        .focus = "take"};
}

Page FeedbackCameraScreen::takenPage() {
    ButtonOptions again{
        .id = "again", .label = host_.tr("feedback.camera.again"), .icon = "replay", .onPress = [this] {
            look();
            host_.refresh();
        }};
    auto picture = photo({.id = "camera.taken",
                          .key = "camera/" + std::to_string(number_),
                          .jpeg = shown_,
                          .height = pictureHeight(host_),
                          .ratio = taken_->width > 0 ? double(taken_->height) / taken_->width : 0,
                          .spoken = host_.tr("feedback.camera.picture")});
    return {.content = besidePicture(
                host_, stepTitle(host_, feedback::Step::Pictures, "feedback.camera.taken.title"), picture,
                {paragraph(host_.tr("feedback.camera.taken.what")),
                 banner({.mood = Mood::Info,
                         .icon = "privacy_tip",
                         .text = host_.tr("feedback.camera.taken.private")})}),
            .right = {std::move(again),
                      primary("use", host_.tr("feedback.camera.use"), "check", [this] { use(); })},
            .focus = "use"};
}

Page FeedbackCameraScreen::problemPage(const base::Problem& problem) {
    const bool phone = byPhone_ && host_.online();
    const auto text = problemText(host_, problem,
                                  phone      ? "problem.camera.now.picture"
                                  : byPhone_ ? "problem.camera.now.offline"
                                             : "problem.camera.now.without");
    Page page{.content = problemView(host_, text), .staff = text.staff};
    // Any other trouble ends by itself when its reason does.
    if (problem.kind == ProblemKind::CameraFailed)
        page.right.push_back(
            {.id = "again", .label = host_.tr("action.retry"), .icon = "refresh", .onPress = [this] {
                 look();
                 host_.refresh();
             }});
    auto& host = host_;
    if (phone)
        page.right.push_back(
            primary("phone", host_.tr("feedback.phone.open"), "smartphone", [&host, byPhone = byPhone_] {
                host.back();
                byPhone();
            }));
    else
        page.right.push_back(primary("without", host_.tr("feedback.camera.without"), "arrow_forward",
                                     [&host] { host.back(); }));
    page.focus = page.right.back().id;
    return page;
}

}  // namespace tram::screens
