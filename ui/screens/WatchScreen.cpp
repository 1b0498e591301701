#include "ui/screens/WatchScreen.h"

#include <algorithm>

#include "calendar/WorkingDays.h"
#include "crypto/Bytes.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
namespace turning = turn::situation;

WatchScreen::WatchScreen(Host& host, const wire::DossierStatus& status)
    : host_(host),
      code_(status.code),
      procedure_(status.procedure),
      flow_([watch = host.services().watchDossier,
             code = status.code](const wire::WatchRequest& request) { return watch(code, request); },
            status.notify, host.services().scheduler, host.services().clock),
      phone_(std::make_shared<TextEdit>(TextEdit::Options{.limit = 20, .accept = Accept::Number})),
      mail_(std::make_shared<TextEdit>(TextEdit::Options{.limit = 254, .accept = Accept::Email})) {
    flow_.onChange = [this] {
        if (std::holds_alternative<turning::Watched>(flow_.state())) {  // this station keeps nothing of it
            phone_->clear();
            mail_->clear();
        }
        host_.refresh();
    };
    phone_->onChange = [this] { flow_.setAddress(base::SecretText(phone_->text())); };
    mail_->onChange = [this] { flow_.setAddress(base::SecretText(mail_->text())); };
    if (const auto& resident = host.session().resident; resident && !byMail()) {
        phone_->set(resident->phone.reveal());
        flow_.setAddress(resident->phone.copy());
    }
}

std::string WatchScreen::name() const {
    struct Namer {
        const char* operator()(const turning::Entering&) { return "watch"; }
        const char* operator()(const turning::Sending&) { return "watch_sending"; }
        const char* operator()(const turning::Watched&) { return "watch_done"; }
        const char* operator()(const turning::WatchFailed&) { return "watch_problem"; }
    };
    return std::visit(Namer{}, flow_.state());
}

bool WatchScreen::back() {
    return flow_.back();
}

Page WatchScreen::render() {
    struct Show {
        WatchScreen& screen;
        Page operator()(const turning::Entering&) { return screen.entering(); }
        Page operator()(const turning::Sending&) { return screen.sending(); }
        Page operator()(const turning::Watched& s) { return screen.watched(s.until); }
        Page operator()(const turning::WatchFailed& s) { return screen.failed(s.problem); }
    };
    return std::visit(Show{*this}, flow_.state());
}

std::string WatchScreen::consentText() const {
    const auto& config = host_.services().config;
    const auto orDemo = [&](const std::string& value, const char* demo) {
        return value.empty() ? host_.tr(demo) : value;
    };
    const auto days = config.retention.watchDays;
    const auto kept = days > 0 ? " " + host_.tr("watch.consent.kept", {{"days", std::to_string(days)}}) : "";
    return host_.tr("watch.consent.text",
                    {{"controller", orDemo(config.controller.name, "feedback.who.controller.demo")},
                     {"contact", orDemo(config.controller.contact, "feedback.who.contact.demo")}}) +
           kept;
}

void WatchScreen::giveConsent(bool given) {
    flow_.setConsent(
        given, host_.session().language + ":" + crypto::sha256Hex(crypto::view(consentText())).substr(0, 16));
}

std::string WatchScreen::issue(turn::WatchIssue which, const char* key) const {
    const auto issues = flow_.issues();
    return std::ranges::find(issues, which) == issues.end() ? "" : host_.tr(key);
}

/// Asked only where there is something to choose.
ViewRef WatchScreen::channels() {
    if (flow_.channels().size() < 2) return nullptr;
    Views all;
    for (const auto channel : flow_.channels()) {
        const auto word = std::string(wire::name(channel));
        all.push_back(choice({.id = "channel." + word,
                              .label = host_.tr("watch.channel." + word),
                              .selected = flow_.channel() == channel,
                              .onPress = [this, channel] {
                                  flow_.choose(channel);
                                  flow_.setAddress(
                                      base::SecretText(byMail() ? mail_->text() : phone_->text()));
                              }}));
    }
    return grid(2, std::move(all), {.minWidth = 380});
}

Page WatchScreen::entering() {
    const bool given = flow_.consent();
    auto wrong = issue(turn::WatchIssue::AddressInvalid,
                       byMail() ? "watch.mail.invalid" : "appointment.who.phone.invalid");
    if (wrong.empty())
        wrong = issue(turn::WatchIssue::AddressMissing,
                      byMail() ? "watch.mail.invalid" : "appointment.who.phone.missing");
    Views rows{title(host_.tr("watch.title")),
               plainText(procedure_, {.role = Type::BodyStrong}),
               muted(host_.tr("watch.what")),
               channels(),
               byMail() ? textField({.id = "mail",
                                     .model = mail_,
                                     .label = host_.tr("feedback.who.email"),
                                     .error = wrong,
                                     .large = true})
                        : textField({.id = "phone",
                                     .model = phone_,
                                     .label = host_.tr("feedback.who.phone"),
                                     .error = wrong,
                                     .large = true}),
               check({.id = "consent",
                      .label = "**" + host_.tr("feedback.who.consent") + ".** " + consentText(),
                      .checked = given,
                      .onPress = [this, given] { giveConsent(!given); },
                      .spoken = host_.tr("feedback.who.consent") + ". " + consentText(),
                      .error = issue(turn::WatchIssue::ConsentMissing, "appointment.consent.missing")})};
    std::erase(rows, nullptr);
    Page page{.content = body(host_, "page.watch", std::move(rows)),
              .right = {primary("send", host_.tr("watch.send"), "notifications_active", [this] {
                  host_.leaveField();
                  flow_.send(host_.session().language);
              })}};
    if (byMail())
        page.fields = {{"mail", {mail_, KeyboardLayout::Email}}};
    else
        page.fields = {{"phone", {phone_, KeyboardLayout::Number}}};
    page.focus = byMail() ? "mail" : "phone";
    return page;
}

Page WatchScreen::sending() {
    return {
        .content = centredBody(host_, "page",
                               {hero("notifications_active", Mood::Info),
                                paragraph(host_.tr("watch.sending"),
                                          {.role = Type::Title, .align = Align::Centre, .heading = true})}),
        .back = false};
}

Page WatchScreen::watched(const std::string& until) {
    return {
        .content = outcomeBody(
            host_, {.icon = "notifications_active",
                    .mood = Mood::Ok,
                    .title = host_.tr("watch.done.title"),
                    .what = host_.tr("watch.done.what", {{"day", calendar::shown(until)}}),
                    .ways = {whatToDo(host_, {host_.tr("watch.done.now.1"), host_.tr("watch.done.now.2")})},
                    .kept = host_.tr("watch.done.kept")}),
        .right = {
            primary("back.to", host_.tr("watch.back"), "arrow_back", [&host = host_] { host.back(); })}};
}

Page WatchScreen::failed(const base::Problem& problem) {
    auto text = problemText(host_, problem);
    text.title = host_.tr("watch.problem.title");
    if (problem.kind == base::ProblemKind::TooManyRequests) {
        text.title = host_.tr("watch.too_many.title");
        text.what = host_.tr("watch.too_many.what");
        text.now = {host_.tr("watch.now.follow"), host_.tr("turn.now.staff")};
    }
    if (problem.kind == base::ProblemKind::Unprocessable || problem.kind == base::ProblemKind::NotFound) {
        text.title = host_.tr("watch.over.title");
        text.what = host_.tr("watch.over.what");
        text.now = {host_.tr("watch.now.follow")};
    }
    // What is not known is not claimed: the answer may have been lost on its way back.
    const bool refused =
        problem.kind == base::ProblemKind::NoNetwork || problem.kind == base::ProblemKind::TooManyRequests ||
        problem.kind == base::ProblemKind::Unprocessable || problem.kind == base::ProblemKind::NotFound;
    text.kept = host_.tr(refused ? "watch.kept" : "watch.kept.maybe");
    return {.content = problemView(host_, text),
            .staff = text.staff,
            .right = {primary("again", host_.tr("action.retry"), "refresh",
                              [this] { flow_.send(host_.session().language); })}};
}

}  // namespace tram::screens
