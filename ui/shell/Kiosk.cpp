#include "ui/shell/Kiosk.h"

#include <wx/clipbrd.h>
#include <wx/display.h>
#include <wx/utils.h>

#include "assist/Handover.h"
#include "base/Log.h"
#include "ui/screens/AlertScreen.h"
#include "ui/screens/AttractScreen.h"
#include "ui/screens/DisplayScreen.h"
#include "ui/screens/Wording.h"
#include "ui/screens/staff/CounterScreen.h"
#include "ui/shell/Browser.h"
#include "ui/shell/Chrome.h"
#include "ui/shell/Hardening.h"

namespace tram::shell {

using namespace kit;
using device::Idle;
using screens::Page;
using screens::Session;

namespace {

/// The one thing that outlives a wipe; without a descriptor left nobody is on duty any more.
std::optional<int> handoverOf(const assist::StaffSession* session) {
    if (!session) return std::nullopt;
    const auto end = assist::Handover::toPipe(*session);
    if (!end) base::log::problem("staff_not_handed_over", end.error());
    return end ? std::optional(*end) : std::nullopt;
}

/// Often enough that the countdown never skips a second and "no network" shows within the agent's own two.
constexpr int kTickMs = 500;

/// Share of a portrait screen that *Hạ thấp* leaves to the page (UI.md).
constexpr double kLoweredShare = 0.45;

/// In the theme's reference pixels; the action bar stands in the lower share too.
double loweredHeight(const Theme& theme) {
    constexpr int kReference = 1000;
    const double unit = static_cast<double>(theme.px(kReference)) / kReference;
    const double bar = theme.length(Length::ButtonHeight) / unit + 48;
    return theme.screen().y / unit * kLoweredShare - bar;
}

Session initialSession(const Options& options, const device::KioskConfig& config) {
    return {.language = options.language.empty() ? config.language : options.language,
            .textPercent = options.scale,
            .highContrast = (options.theme.empty() ? config.theme : options.theme) == "contrast"};
}

Theme loadTheme(const Options& options, const device::KioskConfig& config, const Session& session,
                wxSize size) {
    const Theme::Scale scale{
        .pxPerMm = config.pxPerMm, .viewingMm = config.viewingMm, .textPercent = session.textPercent};
    auto theme =
        Theme::load(options.share / "theme", session.highContrast ? "contrast" : "light", scale, size);
    if (!theme) throw std::runtime_error("theme");  // ships with the program: its absence is a packaging bug
    return std::move(*theme);
}

wxSize screenSize(const Options& options) {
    return options.size.x > 0 ? options.size : wxGetDisplaySize();
}

}  // namespace

Kiosk::Kiosk(const Options& options, std::unique_ptr<Station> station, base::Words vietnamese,
             base::Words english)
    : wxFrame(nullptr, wxID_ANY, "tram-kiosk", wxPoint(0, 0), screenSize(options),
              options.window ? wxDEFAULT_FRAME_STYLE : wxBORDER_NONE | wxSTAY_ON_TOP),
      options_(options),
      station_(std::move(station)),
      vietnamese_(std::move(vietnamese)),
      english_(std::move(english)),
      services_(std::make_unique<screens::Services>(station_->services(scheduler_))),
      session_(initialSession(options, station_->config())),
      surface_(new Surface(this, loadTheme(options, station_->config(), session_, screenSize(options)))),
      idle_({station_->config().idle, station_->config().countdown}),
      program_(programPath()) {
    link_ = station_->link();
    if (services_->endLogins) former_.emplace(services_->endLogins, scheduler_, services_->clock);
    // Over a full screen no browser comes to the front: there the demo names what takes the link.
    const auto opener = !options.phone.empty() ? options.phone : options.window ? "xdg-open" : "";
    if (!opener.empty() && station_->config().demo)
        services_->pretendPhone = [opener](const std::string& link, std::function<void()> failed) {
            openInBrowser(opener, link, std::move(failed));
        };
    followLanguage();
    surface_->onActivity = [this] { touched(); };
    surface_->onFocus = [this](const std::string&) { refresh(); };
    surface_->onEscape = [this] { leaveField(); };
    handScanner_ = std::make_unique<HandScanner>(*surface_);
    handScanner_->onScan = [this](base::SecretText text) { scanned(text); };
    services_->duty->onChange = [this] { refresh(); };
    if (station_->config().role == device::StationRole::Kiosk)
        stack_.push_back(std::make_unique<screens::AttractScreen>(*this));
    else
        stack_.push_back(std::make_unique<screens::CounterScreen>(*this));
    goOnWithStaff();
    Bind(wxEVT_TIMER, [this](wxTimerEvent&) { tick(); });
    // Nothing closes the kiosk but its supervisor (STANDARDS 15: Alt+F4).
    Bind(wxEVT_CLOSE_WINDOW, [this](wxCloseEvent& event) {
        if (event.CanVeto() && !options_.window)
            event.Veto();
        else
            event.Skip();
    });
    timer_.SetOwner(this);
    timer_.Start(kTickMs);
    draw();
}

Kiosk::~Kiosk() {
    timer_.Stop();
    // The flows before what they stand on; the tasks under way before the line they use.
    handScanner_.reset();
    surface_->show(spacer());
    stack_.clear();
    dropped_.clear();
}

void Kiosk::setSession(Session session) {
    const bool look =
        session.textPercent != session_.textPercent || session.highContrast != session_.highContrast;
    if (session.resident && session.resident != session_.resident)
        duty().identify(assist::Identified::ByVneid);
    session_ = std::move(session);
    followLanguage();
    if (look) replaceTheme();
    refresh();
}

void Kiosk::replaceTheme() {
    surface_->setTheme(loadTheme(options_, station_->config(), session_, surface_->theme().screen()));
}

/// Who reads English means "Tree" by "Tree"; *Telex* on the keyboard says otherwise, and is then kept to.
void Kiosk::followLanguage() {
    if (keyboard_->methodChosen) return;
    keyboard_->method = session_.language == "en" ? typing::Method::Off : typing::Method::Telex;
}

void Kiosk::refresh() {
    // A callback may come from inside a paint or a press: one drawing after it is enough.
    if (drawAgain_) return;
    drawAgain_ = true;
    CallAfter([this] {
        drawAgain_ = false;
        draw();
    });
}

void Kiosk::draw() {
    auto page = screen().render();
    // Before the keyboard stands: a key may come between the field's focus and the next drawing.
    for (const auto& [id, field] : page.fields) {
        field.edit->setMethod(keyboard_->method);
        field.edit->onEnter = field.onEnter;  // a keyboard of keys does as the one on the screen
    }
    const auto name = screen().name();
    const bool isNew = name != drawnName_;
    drawnName_ = name;
    const bool counting = countdownStands();
    surface_->show(compose(page), counting ? name + "/countdown" : name);
    counting_ = counting;
    if (isNew) focusFirst(page);
    showField(page);
}

ViewRef Kiosk::compose(Page& page) {
    Views parts{page.whole ? nullptr : statusBar(*this)};
    auto keyboard = keyboardFor(page);
    const bool framed = !page.bare && !page.whole;
    if (session_.lowered && theme().portrait() && !keyboard && framed) {
        parts.push_back(spacer());
        auto low = sized(page.content, {.height = loweredHeight(theme())});
        low->weight = 0;
        parts.push_back(std::move(low));
    } else {
        parts.push_back(grow(page.content));
    }
    if (keyboard) parts.push_back(std::move(keyboard));
    if (framed) {
        const Help help{
            page.help ? Action([this] { open(std::make_unique<screens::DisplayScreen>(*this)); }) : Action(),
            [this] {
                auto session = session_;
                session.lowered = !session.lowered;
                setSession(std::move(session));
            },
            [this] { callOfficer(); }};
        parts.push_back(actionBar(*this, page, help));
    }
    auto all = ground(column(std::move(parts), {.gap = 0}), Colour::Surface);
    if (!countdownStands()) return all;
    return overlay(std::move(all), countdown(*this, secondsLeft_, [this] { touched(); }));
}

/// Any touch keeps the session, so the countdown would go at the moment a finger comes down on its own
/// button.
bool Kiosk::countdownStands() const {
    return phase_ == Idle::Phase::Countdown || (counting_ && surface_->pressing() == "countdown.end");
}

ViewRef Kiosk::keyboardFor(const Page& page) {
    const auto field = page.fields.find(surface_->focused());
    if (field == page.fields.end()) return nullptr;
    return keyboard({.model = field->second.edit,
                     .state = keyboard_,
                     .layout = field->second.layout,
                     .words = keyboardWords(*this),
                     .onHide = [this] { leaveField(); },
                     .onEnter = field->second.onEnter});
}

void Kiosk::focusFirst(const Page& page) {
    const bool types = page.fields.contains(page.focus);  // a caret shows it
    if (!page.focus.empty()) surface_->focus(page.focus, !types && surface_->keyed());
}

/// The keyboard takes room away: the field it writes into must stay in sight.
void Kiosk::showField(const Page& page) {
    const auto field = page.fields.count(surface_->focused()) ? surface_->focused() : std::string();
    if (field == shownField_) return;
    shownField_ = field;
    if (!field.empty()) surface_->scrollTo(field);
}

void Kiosk::holdSession(bool hold) {
    const auto now = services_->clock.boot().sinceBoot;
    hold ? idle_.hold() : idle_.release(now);
}

/// Whoever ends a resident's session while staff help them begins the next one.
void Kiosk::endSession() {
    if (duty().active()) return nextResident(assist::Disposition::Helped);
    wipe();
}

void Kiosk::wipe() {
    wiping_ = true;
    CallAfter([this] {
        if (onWipe) {
            wiping_ = false;
            onWipe();
            return;
        }
        stack_.clear();
        dropped_.clear();
        services_->camera.reset();  // waits until what it saw is overwritten
        if (wxTheClipboard->Open()) {
            wxTheClipboard->Clear();
            wxTheClipboard->Close();
        }
        device::PictureHelper::endAllForGood();
        restartProgram(handoverOf(duty().session()));
    });
}

void Kiosk::touched() {
    if (stack_.size() == 1) return;  // the attract page's own press wakes it
    duty().touch();
    idle_.touch(services_->clock.boot().sinceBoot);
    if (phase_ == Idle::Phase::Active && !counting_) return;
    phase_ = Idle::Phase::Active;
    refresh();
}

void Kiosk::force(Forced forced) {
    forced_ = forced;
    phase_ = forced.secondsLeft > 0 ? Idle::Phase::Countdown : Idle::Phase::Active;
    secondsLeft_ = forced.secondsLeft;
    tick();
    refresh();
}

void Kiosk::tick() {
    const auto link = forced_.link.value_or(station_->link());
    const auto clock = screens::clockTime(services_->clock.wall());
    if (wiping_) return;
    const bool between = duty().session() && stack_.size() == 2 && !session_.resident;
    if (former_ && (stack_.size() == 1 || between)) former_->nobodyHere();
    endLoginInTime();
    if (!staffInTime()) return;
    keepDraft();
    const auto [phase, left] = idleNow();
    if (phase == Idle::Phase::Ended) return endSession();
    if (stack_.size() == 1 && !onWipe && restWantsRestart()) return endSession();
    if (alertsChanged()) refresh();
    coverWithAlert();
    if (link == link_ && clock == clock_ && phase == phase_ && left == secondsLeft_) return;
    link_ = link;
    clock_ = clock;
    phase_ = phase;
    secondsLeft_ = left;
    refresh();
}

bool Kiosk::alertsChanged() {
    auto now = services_->alerts(session_.language);
    const bool same =
        std::ranges::equal(now, alerts_, {}, &content::ShownAlert::key, &content::ShownAlert::key);
    alerts_ = std::move(now);
    return !same;
}

/// Over whatever stands there, which stays as it is; another alert too. Not again for who has read it, nor
/// over what was opened from it.
void Kiosk::coverWithAlert() {
    if (stack_.size() == 1) return;
    const auto unread = std::ranges::find_if(
        alerts_, [this](const auto& alert) { return alert.covers && !readAlerts_.contains(alert.key); });
    if (unread == alerts_.end()) return;
    const auto shows = [&](const auto& one) {
        const auto* alert = dynamic_cast<const screens::AlertScreen*>(one.get());
        return alert && alert->key() == unread->key;
    };
    if (std::ranges::none_of(stack_, shows))
        open(std::make_unique<screens::AlertScreen>(*this, unread->key,
                                                    screens::AlertScreen::Opened::ByItself));
}

/// Whoever has logged in is here for as long as the token is good. A report under way keeps what the login
/// has filled in, and whose it is (FeedbackFlow::setResident): that was agreed to while it was good, stands
/// on the page, and goes with the draft.
void Kiosk::endLoginInTime() {
    if (!session_.resident || session_.resident->tokenIsGood(services_->clock.boot())) return;
    session_.resident = nullptr;
    refresh();
}

/// Nobody's session: a store found damaged is let go of, so that the agent can put it aside; the next
/// resident's report is sealed to the newest key; an upgrade's program takes over.
bool Kiosk::restWantsRestart() {
    return station_->storeSuspected() || station_->enrolmentChanged() ||
           program_.replaced(services_->clock.boot().sinceBoot);
}

std::pair<Idle::Phase, int> Kiosk::idleNow() {
    if (nobodysSession) return {phase_, secondsLeft_};
    if (stack_.size() == 1) return {Idle::Phase::Asleep, 0};
    if (duty().session()) return {Idle::Phase::Active, 0};
    const auto now = services_->clock.boot().sinceBoot;
    if (phase_ == Idle::Phase::Asleep) idle_.touch(now);
    const auto phase = idle_.step(now);
    return {phase, phase == Idle::Phase::Countdown ? idle_.secondsLeft(now) : 0};
}

}  // namespace tram::shell
