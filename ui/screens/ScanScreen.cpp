#include "ui/screens/ScanScreen.h"

#include "identity/Meant.h"
#include "ui/screens/DossierScreen.h"
#include "ui/screens/FollowScreen.h"
#include "ui/screens/NumberScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"
#include "ui/screens/RatingScreen.h"

namespace tram::screens {

using namespace kit;
using base::ProblemKind;

namespace {

constexpr base::Millis kMoment{500};     ///< long enough to be seen, too short to be waited for
constexpr std::size_t kTypedLimit = 64;  ///< as identity::ScanRules match

constexpr int kHintLines = 2;  ///< of the longest, so that nothing jumps while somebody aims

const char* hintKey(sight::Hint hint) {
    switch (hint) {
        case sight::Hint::MoreLight:
            return "scan.hint.more_light";
        case sight::Hint::LessLight:
            return "scan.hint.less_light";
        case sight::Hint::Closer:
            return "scan.hint.closer";
        case sight::Hint::Farther:
            return "scan.hint.farther";
        case sight::Hint::HoldStill:
            return "scan.hint.hold_still";
        case sight::Hint::None:
            break;
    }
    return "scan.hint.none";
}

const char* slipKey(identity::Slip slip) {
    switch (slip) {
        case identity::Slip::Dossier:
            return "scan.slip.dossier";
        case identity::Slip::ReportCheck:
            return "scan.slip.report_check";
        case identity::Slip::ReportSymbol:
            return "scan.slip.report_symbol";
        case identity::Slip::ReportLength:
            return "scan.slip.report_length";
        case identity::Slip::Number:
            return "scan.slip.number";
        case identity::Slip::Link:
            return "scan.slip.link";
        case identity::Slip::Unknown:
            break;
    }
    return "scan.slip.unknown";
}

}  // namespace

ButtonOptions scanButton(Host& host, std::string id, const char* key, ScanScreen::OnCard onCard) {
    return {
        .id = std::move(id), .label = host.tr(key), .icon = "qr_code_scanner", .onPress = [&host, onCard] {
            host.open(std::make_unique<ScanScreen>(host, onCard));
        }};
}

void openScanned(Host& host, identity::Scanned read) {
    if (auto* report = std::get_if<identity::ReportCode>(&read))
        host.open(
            std::make_unique<FollowScreen>(host, report->code.symbols(), std::move(report->receiptSecret)));
    else if (auto* dossier = std::get_if<identity::DossierCode>(&read))
        host.open(std::make_unique<DossierScreen>(host, dossier->text, std::move(dossier->slipSecret)));
    else if (const auto* ticket = std::get_if<identity::VisitTicket>(&read))
        rateVisit(host, ticket->token);
    else if (const auto* number = std::get_if<identity::TurnNumber>(&read))
        host.open(std::make_unique<NumberScreen>(host, number->id));
    else if (auto* badge = std::get_if<identity::StaffBadge>(&read); badge && host.services().duty)
        host.signInStaff(std::move(badge->text));
    else
        host.open(std::make_unique<ScanScreen>(host, std::move(read)));
}

ScanScreen::ScanScreen(Host& host, OnCard onCard)
    : host_(host),
      onCard_(std::move(onCard)),
      typed_(std::make_shared<TextEdit>(TextEdit::Options{.limit = kTypedLimit, .accept = Accept::Dossier})) {
    typed_->onChange = [this] {
        if (!slip_) return;
        slip_.reset();
        host_.refresh();
    };
}

ScanScreen::ScanScreen(Host& host, identity::Scanned read, OnCard onCard)
    : ScanScreen(host, std::move(onCard)) {
    read_ = std::move(read);
}

std::string ScanScreen::name() const {
    if (typing_) return "scan_typing";
    if (found_) return "scan_found";
    if (!read_) return camera_.problem() ? "scan_problem" : "scan_looking";
    return "scan_" + std::string(identity::kindName(*read_));
}

bool ScanScreen::back() {
    if (!typing_) return false;
    type(false);
    return true;
}

/// A camera that nobody looks through is off.
void ScanScreen::covered(bool over) {
    if (over)
        stopLooking();
    else if (!read_ && !typing_)
        look();
}

void ScanScreen::look() {
    typing_ = false;
    read_.reset();
    stopLooking();
    camera_.start([this](const device::CodesInView& codes) { see(codes); });
}

void ScanScreen::stopLooking() {
    camera_.stop();
    several_ = false;
    lose();
}

void ScanScreen::lose() {
    found_.reset();
    moment_.renew();
}

/// What is in view now decides, also in the moment before the page goes on: a second code may be harder to
/// read than the first. Who lowers the hand then has been told to.
void ScanScreen::see(const device::CodesInView& codes) {
    std::vector<identity::Scanned> texts;
    for (const auto& code : codes) texts.push_back(host_.services().readScanned(code->text.reveal()));
    auto meant = identity::whatIsMeant(std::move(texts));
    if (meant.several) lose();
    if (meant.one) find(std::move(*meant.one));
    if (several_ != meant.several) host_.refresh();
    several_ = meant.several;
}

/// Said where the eyes are, and to the ears, before the page goes on.
void ScanScreen::find(identity::Scanned read) {
    if (found_ && identity::meanSame(*found_, read)) return;
    lose();
    found_ = std::move(read);
    if (const auto& chime = host_.services().chime) chime();
    host_.services().scheduler.after(kMoment, moment_.token(), [this] { take(std::move(*found_)); });
    host_.refresh();
}

void ScanScreen::take(identity::Scanned read) {
    stopLooking();
    typing_ = false;
    typed_->clear();
    if (std::holds_alternative<identity::ReportCode>(read) ||
        std::holds_alternative<identity::DossierCode>(read) ||
        std::holds_alternative<identity::VisitTicket>(read) ||
        std::holds_alternative<identity::TurnNumber>(read) ||
        std::holds_alternative<identity::StaffBadge>(read)) {
        auto& host = host_;
        host.back();
        return openScanned(host, std::move(read));
    }
    read_ = std::move(read);
    host_.refresh();
}

bool ScanScreen::scanned(identity::Scanned& read) {
    take(std::move(read));
    return true;
}

void ScanScreen::type(bool typing) {
    host_.leaveField();
    slip_.reset();
    if (typing) {
        stopLooking();
        read_.reset();
        typing_ = true;
    } else {
        look();
    }
    host_.refresh();
}

void ScanScreen::readTyped() {
    if (typed_->empty()) return;
    const auto text = typed_->text();
    auto read = host_.services().readScanned(text);
    // People write the ten symbols in any way; what is printed in a code is not.
    if (auto code = base::TrackingCode::parse(text)) read = identity::ReportCode{*code, {}};
    if (!std::holds_alternative<identity::UnknownText>(read)) {
        host_.leaveField();
        return take(std::move(read));
    }
    slip_ = identity::likelySlip(text);
    host_.intoField("code");
}

Page ScanScreen::render() {
    if (typing_) return typingPage();
    if (read_) return readPage();
    return camera_.problem() && !found_ ? problemPage(*camera_.problem()) : lookingPage();
}

ButtonOptions ScanScreen::typeInstead() {
    return {
        .id = "type", .label = host_.tr("scan.type"), .icon = "keyboard", .onPress = [this] { type(true); }};
}

/// What would help, or that it has been read.
ViewRef ScanScreen::advice() const {
    const bool advised = camera_.hint() != sight::Hint::None;
    if (several_)
        return banner({.mood = Mood::Warn,
                       .icon = "error_outline",
                       .text = host_.tr("scan.several"),
                       .id = "scan.hint",
                       .lines = kHintLines});
    if (found_)
        return banner({.mood = Mood::Ok,
                       .icon = "check",
                       .text = host_.tr("scan.found"),
                       .id = "scan.hint",
                       .lines = kHintLines});
    return banner({.mood = advised ? Mood::Warn : Mood::Info,
                   .icon = advised ? "lightbulb" : "center_focus_strong",
                   .text = host_.tr(hintKey(camera_.hint())),
                   .id = "scan.hint",
                   .lines = kHintLines});
}

Page ScanScreen::lookingPage() {
    return {
        .content = besidePicture(host_, title(host_.tr(onCard_ ? "scan.title.card" : "scan.title")),
                                 camera_.film({.found = found_.has_value(), .spoken = host_.tr("scan.film")}),
                                 {advice(), readable()}),
        .right = {typeInstead()}};
}

Page ScanScreen::typingPage() {
    auto field = textField({.id = "code",
                            .model = typed_,
                            .placeholder = "H29.25-260310-0420",
                            .label = host_.tr("scan.type.label"),
                            .error = slip_ ? host_.tr(slipKey(*slip_)) : "",
                            .hint = slip_ ? "" : host_.tr("scan.type.hint"),
                            .large = true});
    return {.content = body(host_, "page",
                            {title(host_.tr("scan.type.title")), muted(host_.tr("scan.type.what")), field}),
            .right = {primary("read", host_.tr("scan.type.read"), "search", [this] { readTyped(); })},
            .fields = {{"code", {typed_, KeyboardLayout::Dossier, [this] { readTyped(); }}}},
            .focus = "code"};
}

Page ScanScreen::problemPage(const base::Problem& problem) {
    const auto text = problemText(host_, problem);
    Page page{.content = problemView(host_, text), .staff = text.staff, .right = {typeInstead()}};
    page.right.back().kind = ButtonKind::Primary;
    page.right.back().main = true;
    // Any other trouble ends by itself when its reason does.
    if (problem.kind == ProblemKind::CameraFailed) page.right.insert(page.right.begin(), lookAgain());
    return page;
}

}  // namespace tram::screens
