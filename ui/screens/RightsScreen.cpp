#include "ui/screens/RightsScreen.h"

#include <algorithm>

#include "base/TrackingCode.h"
#include "ui/screens/LoginScreen.h"
#include "ui/screens/PaperSheets.h"
#include "ui/screens/Parts.h"
#include "ui/screens/PrintScreen.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/ReceiptParts.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using wire::Right;
namespace asking = account::asking;

namespace {

constexpr std::size_t kMostWords = wire::RightsRequest::kMostWords;
constexpr base::Millis kSeenAfter{600};  ///< longer than between the two taps of a double tap

base::SecretText subjectOf(const Host& host) {
    const auto& resident = host.session().resident;
    return resident ? resident->subject.copy() : base::SecretText();
}

}  // namespace

std::string controllerName(const Host& host) {
    const auto& name = host.services().config.controller.name;
    return name.empty() ? host.tr("feedback.who.controller.demo") : name;
}

std::string controllerContact(const Host& host) {
    const auto& contact = host.services().config.controller.contact;
    return contact.empty() ? host.tr("feedback.who.contact.demo") : contact;
}

RightsScreen::RightsScreen(Host& host, std::string about)
    : host_(host),
      mine_(host.services().mine, host.services().scheduler, host.services().clock),
      flow_({host.services().outbox, host.services().status},
            {host.services().station.publicUrl, host.session().language}, host.services().scheduler,
            host.services().clock, subjectOf(host), std::move(about)),
      words_(std::make_shared<TextEdit>(TextEdit::Options{.limit = kMostWords, .multiline = true})) {
    if (auto fields = host.services().fields()) fields_ = std::move(fields->fields);
    mine_.onChange = [this] { host_.refresh(); };
    mine_.onOver = [this] { loggedOut(); };
    words_->onChange = [this] {
        flow_.setWords(base::SecretText(words_->text()));
        tried_ = false;
        host_.refresh();
    };
    flow_.onChange = [this] {
        if (std::holds_alternative<asking::About>(flow_.state()) &&
            mine_.consents().at == account::Asked<wire::MyConsents>::At::Unasked)
            mine_.askConsents(host_.session().resident);
        if (std::holds_alternative<asking::Kept>(flow_.state()) && !kept_) {
            kept_ = true;
            words_->clear();  // from now on only the sealed copy holds them
            host_.services().scheduler.after(kSeenAfter, lifetime_.token(), [this] {
                seen_ = true;
                host_.refresh();
            });
        }
        host_.refresh();
    };
}

std::string RightsScreen::name() const {
    struct Namer {
        const char* operator()(const asking::Right&) { return "rights"; }
        const char* operator()(const asking::About&) { return "rights_about"; }
        const char* operator()(const asking::Words&) { return "rights_words"; }
        const char* operator()(const asking::Check&) { return "rights_check"; }
        const char* operator()(const asking::Keeping&) { return "rights_keeping"; }
        const char* operator()(const asking::KeepFailed&) { return "rights_problem"; }
        const char* operator()(const asking::Kept&) { return "rights_receipt"; }
        const char* operator()(const asking::Over&) { return "rights_over"; }
    };
    const bool kept = std::holds_alternative<asking::Kept>(flow_.state());
    if (!host_.session().resident && !kept) return "rights_over";
    return std::visit(Namer{}, flow_.state());
}

/// What was answered stays; whoever stands here sees nothing of it until the same person is back.
void RightsScreen::loggedOut() {
    mine_.forget();
    auto session = host_.session();
    session.resident = nullptr;
    host_.setSession(std::move(session));
}

bool RightsScreen::back() {
    host_.leaveField();
    return flow_.back();
}

bool RightsScreen::goesOn() const {
    return std::holds_alternative<asking::Keeping>(flow_.state());
}

Page RightsScreen::render() {
    const auto& state = flow_.state();
    // The receipt names nobody: it stays for whoever has to take it along.
    if (std::holds_alternative<asking::Kept>(state)) return receiptPage();
    if (!host_.session().resident || std::holds_alternative<asking::Over>(state)) return over();
    if (std::holds_alternative<asking::About>(state)) return aboutPage();
    if (std::holds_alternative<asking::Words>(state)) return wordsPage();
    if (std::holds_alternative<asking::Check>(state)) return checkPage();
    if (std::holds_alternative<asking::Keeping>(state)) return busyPage();
    if (const auto* failed = std::get_if<asking::KeepFailed>(&state)) return failedPage(failed->problem);
    return rightPage();
}

ViewRef RightsScreen::heading(const char* key) const {
    const auto at = flow_.progress();
    return stepper({.title = host_.tr(key),
                    .label = host_.tr("step.label", {{"step", std::to_string(at.step)},
                                                     {"steps", std::to_string(at.steps)}}),
                    .done = at.step,
                    .total = at.steps});
}

std::string consentTitle(const Host& host, const wire::MyConsent& consent, const std::string& field) {
    if (!consent.isAppointment) return field;
    const auto what = host.tr("appointment.title");
    return consent.procedure.empty() ? what : what + ": " + consent.procedure;
}

std::string RightsScreen::rightName() const {
    return host_.tr("rights.right." + std::string(wire::name(flow_.right())));
}

std::string RightsScreen::fieldName(const std::string& id) const {
    const auto field = std::ranges::find(fields_, id, &wire::FeedbackField::id);
    return field == fields_.end() ? host_.tr("myreports.report") : field->label.in(host_.session().language);
}

std::string RightsScreen::aboutName() const {
    if (flow_.about() == wire::RightsRequest::kAll) return host_.tr("rights.about.all");
    return host_.tr("rights.about.report", {{"code", base::TrackingCode::group(flow_.about())}});
}

ViewRef RightsScreen::rightChoice(Right right, const char* icon) {
    const auto word = std::string(wire::name(right));
    return listRow({.id = "right." + word,
                    .icon = icon,
                    .pair = right == Right::Delete ? TilePair::Orange : TilePair::Blue,
                    .title = host_.tr("rights.right." + word),
                    .detail = largeText(host_) ? std::string() : host_.tr("rights.what." + word),
                    .onPress = [this, right] { flow_.choose(right); },
                    .opens = true});
}

Page RightsScreen::rightPage() {
    return {.content =
                body(host_, "page.rights",
                     {heading("rights.title"), muted(host_.tr("rights.title.what")),
                      rightChoice(Right::See, "visibility"), rightChoice(Right::Correct, "edit"),
                      rightChoice(Right::Withdraw, "undo"), rightChoice(Right::Delete, "delete_forever")})};
}

ViewRef RightsScreen::aboutRow(std::string id, std::string about, const char* icon, std::string rowTitle,
                               std::string detail) {
    return listRow({.id = std::move(id),
                    .icon = icon,
                    .title = std::move(rowTitle),
                    .detail = std::move(detail),
                    .onPress = [this, about = std::move(about)] { flow_.chooseAbout(about); },
                    .opens = true});
}

Page RightsScreen::aboutPage() {
    using At = account::Asked<wire::MyConsents>::At;
    Views rows{heading("rights.about.title"),
               aboutRow("about.all", wire::RightsRequest::kAll, "select_all", host_.tr("rights.about.all"),
                        host_.tr("rights.about.all.what"))};
    const auto& asked = mine_.consents();
    if (asked.at == At::Failed)
        rows.push_back(banner({.mood = Mood::Warn,
                               .icon = "cloud_off",
                               .text = host_.tr("rights.about.unknown"),
                               .id = "unknown"}));
    if (asked.at == At::Asking) rows.push_back(muted(host_.tr("mine.asking")));
    if (asked.value)
        for (const auto& one : asked.value->consents)
            rows.push_back(aboutRow("about." + one.code, one.code, one.isAppointment ? "event" : "campaign",
                                    consentTitle(host_, one, fieldName(one.field)),
                                    base::TrackingCode::group(one.code) + " · " + day(one.givenAt)));
    return {.content = body(host_, "page.about", std::move(rows))};
}

Page RightsScreen::wordsPage() {
    const auto& language = host_.session().language;
    const auto most = number(kMostWords, language);
    auto area =
        textField({.id = "words",
                   .model = words_,
                   .placeholder = host_.tr("rights.words.placeholder"),
                   .multiline = true,
                   .minLines = wordsLines(host_),
                   .error = words_->full() ? host_.tr("issue.text_too_long", {{"max", most}})
                            : tried_       ? host_.tr("rights.words.missing")
                                           : std::string(),
                   .hint = host_.tr("rights.words.help"),
                   .counter = host_.tr("feedback.text.count",
                                       {{"count", number(words_->characters(), language)}, {"max", most}}),
                   .spoken = host_.tr("rights.words.title")});
    return {
        .content = body(host_, "page.words",
                        {heading("rights.words.title"), muted(host_.tr("rights.words.what")), grow(area)}),
        .right = {primary("next", host_.tr("action.next"), "arrow_forward",
                          [this] {
                              tried_ = !flow_.wordsFit();
                              if (tried_) return host_.refresh();
                              host_.leaveField();
                              flow_.next();
                          })},
        .fields = {{"words", {words_, KeyboardLayout::Vietnamese}}},
        .focus = "words"};
}

Page RightsScreen::checkPage() {
    const auto word = std::string(wire::name(flow_.right()));
    std::vector<Fact> rows{{host_.tr("rights.check.right"), rightName()},
                           {host_.tr("rights.check.about"), aboutName()}};
    if (flow_.right() == Right::Correct)
        rows.push_back({host_.tr("rights.check.words"), flow_.words().reveal()});
    rows.push_back({host_.tr("rights.check.controller"), controllerName(host_)});
    rows.push_back({host_.tr("rights.check.due"), host_.tr("rights.check.due.value")});
    const bool deletes = flow_.right() == Right::Delete;
    auto asked = card(facts(std::move(rows)));
    auto then = banner({.mood = deletes ? Mood::Warn : Mood::Info,
                        .icon = "info",
                        .text = host_.tr("rights.then." + word),
                        .id = "then"});
    return {
        .content = body(host_, "page.check",
                        // What cannot be taken back is read before what is asked for.
                        deletes ? Views{heading("rights.check.title"), std::move(then), std::move(asked)}
                                : Views{heading("rights.check.title"), std::move(asked), std::move(then)}),
        .right = {primary("send", host_.tr(deletes ? "rights.send.delete" : "rights.send"), "send",
                          [this] { flow_.send(host_.session().resident); })}};
}

Page RightsScreen::busyPage() {
    return {
        .content = centredBody(host_, "page",
                               {hero("lock", Mood::Info),
                                paragraph(host_.tr("rights.keeping"),
                                          {.role = Type::Title, .align = Align::Centre, .heading = true})}),
        .back = false};
}

Page RightsScreen::failedPage(const base::Problem& problem) {
    auto text = problemText(host_, problem);
    text.kept = host_.tr("rights.failed.kept");
    return {.content = problemView(host_, text),
            .staff = text.staff,
            .right = {primary("again", host_.tr("action.retry"), "refresh",
                              [this] { flow_.send(host_.session().resident); })}};
}

Page RightsScreen::receiptPage() {
    const auto& receipt = *flow_.receipt();
    auto about = card(facts({{host_.tr("rights.check.right"), rightName()},
                             {host_.tr("rights.check.about"), aboutName()},
                             {host_.tr("rights.check.controller"), controllerName(host_)}}));
    auto rows = receiptRows(host_, receipt, {.of = ReceiptOf::Right, .about = std::move(about)});
    Page page{.content = body(host_, "page.receipt", std::move(rows)),
              .staff = !receipt.stuck.empty() && !receipt.gatewayAt};
    receiptButtons(host_, page, seen_,
                   printButton(host_, [this] { return rightSheet(host_, *flow_.receipt(), rightName()); }));
    return page;
}

Page RightsScreen::over() {
    return loginOverPage(host_, [this] {
        flow_.resume(host_.session().resident);
        words_->set(flow_.words().reveal());
    });
}

}  // namespace tram::screens
