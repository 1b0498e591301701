#include "ui/screens/staff/SignInScreen.h"

#include "ui/screens/Parts.h"
#include "ui/screens/ProblemText.h"

namespace tram::screens {

using namespace kit;
namespace sign = assist::sign;

namespace {

constexpr std::size_t kCodeDigits = 6, kMostPin = 8;
constexpr base::Millis kSecond{1000};

std::shared_ptr<TextEdit> digitsField(std::size_t most) {
    return std::make_shared<TextEdit>(TextEdit::Options{.limit = most, .accept = Accept::Number});
}

base::SecretText taken(TextEdit& field) {
    base::SecretText text(field.text());
    field.clear();
    return text;
}

std::string waitText(const Host& host, base::Millis left) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(left).count();
    return host.tr("staff.wait",
                   {{"time", std::to_string(seconds / 60) + ":" + (seconds % 60 < 10 ? "0" : "") +
                                 std::to_string(seconds % 60)}});
}

}  // namespace

SignInScreen::SignInScreen(Host& host, base::SecretText badge)
    : host_(host),
      signIn_(host.services().duty->signIn()),
      code_(digitsField(kCodeDigits)),
      pin_(digitsField(kMostPin)) {
    signIn_->onChange = [this] { changed(); };
    if (!badge.empty())
        signIn_->scanned(std::move(badge));
    else if (locked())
        signIn_->unlock(*host_.services().duty->session());
}

bool SignInScreen::locked() const {
    const auto* session = host_.services().duty->session();
    return session && session->isLocked();
}

/// While a badge is wanted, and where one was of no use: the next may be held up at once.
bool SignInScreen::asksForBadge() const {
    return std::holds_alternative<sign::Badge>(signIn_->state());
}

std::string SignInScreen::name() const {
    const auto& state = signIn_->state();
    if (std::holds_alternative<sign::Checking>(state) || std::holds_alternative<sign::SignedIn>(state))
        return "staff_checking";
    if (signIn_->wantsPin()) return locked() ? "staff_locked" : "staff_pin";
    if (signIn_->wantsCode()) return "staff_code";
    return asksForBadge() ? "staff_badge" : "staff_refused";
}

void SignInScreen::changed() {
    const auto& state = signIn_->state();
    host_.services().duty->refused(state, signIn_->byCode());
    wrong_ = std::holds_alternative<sign::Wrong>(state);
    pin_->clear();
    if (std::holds_alternative<sign::SignedIn>(state)) return signedIn();
    look();
    countDown();
    host_.refresh();
}

void SignInScreen::covered(bool over) {
    if (!over) return look();
    camera_.stop();
    looking_ = false;
}

/// A camera that nobody looks through is off.
void SignInScreen::look() {
    if (asksForBadge() == looking_) return;
    looking_ = asksForBadge();
    if (looking_)
        camera_.start([this](const device::CodesInView& codes) { see(codes); });
    else
        camera_.stop();
}

/// The first of our badges; two in view are nobody's.
void SignInScreen::see(const device::CodesInView& codes) {
    std::vector<identity::Scanned> badges;
    for (const auto& code : codes) {
        auto read = host_.services().readScanned(code->text.reveal());
        if (std::holds_alternative<identity::StaffBadge>(read)) badges.push_back(std::move(read));
    }
    if (badges.size() == 1) scanned(badges.front());
}

bool SignInScreen::scanned(identity::Scanned& read) {
    if (auto* badge = std::get_if<identity::StaffBadge>(&read))
        signIn_->scanned(std::move(badge->text));
    else if (!locked())
        signIn_->scanned(base::SecretText());
    return true;
}

/// The time that is left is told each second.
void SignInScreen::countDown() {
    counting_.renew();
    if (signIn_->waitLeft().count() <= 0) return;
    host_.services().scheduler.after(kSecond, counting_.token(), [this] {
        countDown();
        host_.refresh();
    });
}

void SignInScreen::enter() {
    if (pin_->empty()) return host_.intoField("pin");
    if (signIn_->wantsPin()) return signIn_->enterPin(taken(*pin_));
    if (code_->characters() < kCodeDigits) return host_.intoField("code");
    signIn_->enterCode(base::SecretText(code_->text()), taken(*pin_));
}

void SignInScreen::signedIn() {
    auto& duty = *host_.services().duty;
    auto& host = host_;
    if (locked() && signIn_->openAgain(*duty.session())) return host.staffUnlocked();
    if (auto session = signIn_->take()) host.beginStaff(std::move(*session));
}

void SignInScreen::again() {
    code_->clear();
    if (locked()) return signIn_->unlock(*host_.services().duty->session());
    signIn_->restart();
}

bool SignInScreen::back() {
    if (locked()) return true;  // nothing lies behind it for whoever is not theirs
    if (asksForBadge()) return false;
    again();
    return true;
}

Page SignInScreen::render() {
    const auto& state = signIn_->state();
    Page page = signIn_->wantsPin()                             ? pinPage()
                : signIn_->wantsCode()                          ? codePage()
                : std::holds_alternative<sign::Checking>(state) ? checkingPage()
                : std::holds_alternative<sign::SignedIn>(state) ? checkingPage()
                : asksForBadge()                                ? badgePage()
                                                                : refusedPage();
    addWays(page);
    return page;
}

ButtonOptions SignInScreen::codeButton() {
    return {
        .id = "code.instead", .label = host_.tr("staff.code.instead"), .icon = "keyboard", .onPress = [this] {
            signIn_->useCode();
        }};
}

/// Whoever finds a locked station may end that session: nothing of it is shown, and a kiosk is for residents.
void SignInScreen::addWays(Page& page) {
    page.help = false;
    page.end = !locked();
    page.back = !locked() && !asksForBadge();
    if (locked())
        page.left.push_back(
            {.id = "staff.end", .label = host_.tr("staff.end"), .icon = "logout", .onPress = [this] {
                 host_.endStaff();
             }});
}

Page SignInScreen::badgePage() {
    auto words = title(host_.tr("staff.sign_in"));
    auto hint = banner({.mood = Mood::Info,
                        .icon = "badge",
                        .text = host_.tr(camera_.problem() ? "staff.badge.scanner" : "staff.badge.hint"),
                        .id = "staff.hint"});
    Page page;
    page.content =
        camera_.problem()
            ? body(host_, "page", {words, hint})
            : besidePicture(host_, words, camera_.film({.spoken = host_.tr("staff.film")}), {hint});
    if (signIn_->offersCode()) page.right = {codeButton()};
    return page;
}

std::string SignInScreen::wrongText() const {
    return wrong_ ? host_.tr("staff.pin.wrong") : std::string();
}

Page SignInScreen::pinPage() {
    auto field = textField({.id = "pin",
                            .model = pin_,
                            .label = host_.tr("staff.pin"),
                            .error = wrongText(),
                            .large = true,
                            .masked = true});
    return {
        .content = body(
            host_, "page.pin",
            {title(host_.tr(locked() ? "staff.locked.title" : "staff.pin.title", {{"name", signIn_->who()}})),
             muted(host_.tr(locked() ? "staff.locked.what" : "staff.pin.what")), field}),
        .right = {primary("enter", host_.tr("staff.enter"), "login", [this] { enter(); })},
        .fields = {{"pin", {pin_, KeyboardLayout::Number, [this] { enter(); }}}},
        .focus = "pin"};
}

Page SignInScreen::codePage() {
    auto code = textField({.id = "code", .model = code_, .label = host_.tr("staff.code"), .large = true});
    auto pin = textField({.id = "pin",
                          .model = pin_,
                          .label = host_.tr("staff.pin"),
                          .error = wrong_ ? host_.tr("staff.code.wrong") : std::string(),
                          .large = true,
                          .masked = true});
    return {.content = body(host_, "page.code",
                            {title(host_.tr("staff.code.title")), muted(host_.tr("staff.code.what")),
                             host_.theme().portrait() || largeText(host_)
                                 ? column({code, pin})
                                 : row({grow(code), grow(pin)}, {.gap = 24, .align = Align::Start})}),
            .right = {primary("enter", host_.tr("staff.enter"), "login", [this] { enter(); })},
            .fields = {{"code", {code_, KeyboardLayout::Number, [this] { host_.intoField("pin"); }}},
                       {"pin", {pin_, KeyboardLayout::Number, [this] { enter(); }}}},
            .focus = code_->characters() < kCodeDigits ? "code" : "pin"};
}

Page SignInScreen::checkingPage() {
    return {.content =
                centredBody(host_, "page",
                            {hero("lock_open", Mood::Info),
                             paragraph(host_.tr("staff.checking"),
                                       {.role = Type::Title, .align = Align::Centre, .heading = true})})};
}

Page SignInScreen::refusedPage() {
    const auto& state = signIn_->state();
    std::string key = "failed", what;
    if (std::holds_alternative<sign::Wrong>(state)) key = "wrong";
    if (std::holds_alternative<sign::Waiting>(state)) key = "waiting";
    if (const auto* shut = std::get_if<sign::Locked>(&state))
        key = shut->station ? "station_locked" : "locked_out";
    if (std::holds_alternative<sign::NotABadge>(state)) key = "not_a_badge";
    if (std::holds_alternative<sign::NotOnList>(state)) key = "not_on_list";
    if (std::holds_alternative<sign::ListTooOld>(state)) key = "list_too_old";
    if (std::holds_alternative<sign::NoLine>(state)) key = "no_line";
    what = host_.tr("staff.refused." + key + ".what");
    const auto left = signIn_->waitLeft();
    Page page{.content =
                  outcomeBody(host_, {.icon = "lock",
                                      .mood = Mood::Warn,
                                      .title = host_.tr("staff.refused." + key + ".title"),
                                      .what = left.count() > 0 ? what + " " + waitText(host_, left) : what})};
    // A wait that began cannot be cut short; another badge can be held up at any time.
    if (signIn_->offersCode() && !signIn_->byCode() && !locked()) page.right.push_back(codeButton());
    page.right.push_back(primary("again", host_.tr("staff.again"), "qr_code_scanner", [this] { again(); }));
    return page;
}

}  // namespace tram::screens
