#include "qr/QrCode.h"
#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using feedback::Step;
namespace phone = feedback::phone;

namespace {

/// Reference pixels: a phone is held an arm's length away.
constexpr double kSymbol = 480, kSymbolAside = 400;
constexpr double kAside = 520;  ///< the symbol and, under it, where pictures appear

}  // namespace

void FeedbackScreen::openPhone() {
    if (!fromPhone_) {
        const auto& services = host_.services();
        fromPhone_ = std::make_unique<feedback::PhonePictures>(services.phoneUploads, services.scheduler,
                                                               services.clock);
        fromPhone_->onChange = [this] { host_.refresh(); };
        fromPhone_->onPicture = [this](auto picture, auto told) {
            flow_.addPicture(std::move(picture), std::move(told));
        };
        // Whoever takes a picture touches the phone, not us.
        fromPhone_->onSign = [this] {
            host_.holdSession(true);
            host_.holdSession(false);
        };
    }
    onPhone_ = true;
    fromPhone_->begin(host_.session().language);
}

void FeedbackScreen::leavePhone() {
    onPhone_ = false;
    fromPhone_->end();
}

ViewRef FeedbackScreen::phoneOffer() {
    if (!host_.services().phoneUploads) return nullptr;
    return button({.id = "phone.pictures",
                   .label = host_.tr("feedback.phone.open"),
                   .icon = "smartphone",
                   .enabled = host_.online() && roomForPictures(),
                   .onPress = [this] { openPhone(); },
                   .wide = true});
}

ViewRef FeedbackScreen::phoneWait(const phone::Showing& showing) const {
    const char* key = showing.lineLost   ? "feedback.phone.lost"
                      : showing.used > 0 ? "feedback.phone.received"
                      : showing.opened   ? "feedback.phone.opened"
                                         : "feedback.phone.waiting";
    const int left = fromPhone_->secondsLeft();
    const auto time = minutes(left);
    const double all = std::chrono::duration<double>(feedback::PhonePictures::kLongest).count();
    return column({paragraph(host_.tr(key, {{"time", time}, {"count", std::to_string(showing.used)}}),
                             {.id = "phone.state"}),
                   progressBar(left / all, host_.tr("login.left", {{"time", time}}))},
                  {.gap = 12});
}

Page FeedbackScreen::phoneCodePage(const phone::Showing& showing) {
    const bool portrait = host_.theme().portrait();
    auto symbol = qrCard(showing.link, portrait ? kSymbol : kSymbolAside, host_.tr("feedback.phone.qr"));
    auto steps = picturedSteps({{"photo_camera", host_.tr("feedback.phone.1")},
                                {"add_photo_alternate", host_.tr("feedback.phone.2")},
                                {"task_alt", host_.tr("feedback.phone.3")}},
                               portrait && !largeText(host_));
    auto title = stepTitle(Step::Pictures, "feedback.phone.title");
    auto safe =
        banner({.mood = Mood::Info, .icon = "verified_user", .text = host_.tr("feedback.phone.safe")});
    auto got = chosenPictures();
    if (!portrait)
        return {.content = body(host_, "page.phone",
                                {row({sized(column({symbol, got}, {.gap = 24}), {.maxWidth = kAside}),
                                      grow(column({title, steps, phoneWait(showing), safe}))},
                                     {.gap = 48, .align = Align::Start})})};
    auto middle = row({symbol}, {.justify = Align::Centre});
    if (largeText(host_)) {  // as LoginScreen::largeCodePage: what to do, the code and its time stay in sight
        auto first =
            showing.opened
                ? title
                : paragraph(
                      host_.tr("login.browser.now"),
                      {.role = Type::Title, .align = Align::Centre, .heading = true, .id = "phone.first"});
        return {.content = column({body(host_, "page.phone", {first, middle, steps, got, safe}),
                                   padding(phoneWait(showing), Insets::xy(40, 16))},
                                  {.gap = 0})};
    }
    return {.content = body(host_, "page.phone", {title, steps, middle, phoneWait(showing), got, safe})};
}

Page FeedbackScreen::phoneOverPage(const phone::Over& over) {
    const bool full = over.why == phone::Why::Full, spent = over.why == phone::Why::Spent;
    const std::string key = "feedback.phone." + std::string(full ? "full" : spent ? "some" : "over");
    return {.content = outcomeBody(
                host_, {.icon = full    ? "task_alt"
                                : spent ? "broken_image"
                                        : "timer_off",
                        .mood = full ? Mood::Ok : Mood::Warn,
                        .title = host_.tr(key + ".title"),
                        .id = "phone.over",
                        .what = host_.tr(key + ".what", {{"count", std::to_string(over.useless)}}),
                        .ways = {chosenPictures()},
                        .page = "page.phone"})};
}

Page FeedbackScreen::phonePage() {
    const auto& state = fromPhone_->state();
    Page page;
    bool again = true;
    if (const auto* showing = std::get_if<phone::Showing>(&state)) {
        page = phoneCodePage(*showing);
        again = false;
    } else if (const auto* over = std::get_if<phone::Over>(&state)) {
        page = phoneOverPage(*over);
    } else if (const auto* failed = std::get_if<phone::Failed>(&state)) {
        const auto text = problemText(host_, failed->problem);
        page = {.content = problemView(host_, text), .staff = text.staff};
    } else {
        page = {.content =
                    centredBody(host_, "page.phone",
                                {hero("qr_code_2", Mood::Info),
                                 paragraph(host_.tr("feedback.phone.asking"),
                                           {.role = Type::Title, .align = Align::Centre, .heading = true})})};
        again = false;
    }
    if (again)
        page.left.push_back(
            {.id = "again", .label = host_.tr("login.fresh"), .icon = "refresh", .onPress = [this] {
                 fromPhone_->begin(host_.session().language);
             }});
    page.end = !again;  // its place on the line
    page.right = {primary("done", host_.tr("action.done"), "check", [this] { leavePhone(); })};
    return page;
}

}  // namespace tram::screens
