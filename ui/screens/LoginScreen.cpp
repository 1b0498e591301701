#include "ui/screens/LoginScreen.h"

#include "base/VietnameseText.h"
#include "ui/screens/Parts.h"

namespace tram::screens {

using namespace kit;
namespace loggingIn = identity::situation;

namespace {

/// What a status bar has room for.
constexpr std::size_t kLongestShortName = 12;

std::vector<std::string> wordsOf(const std::string& name) {
    std::vector<std::string> words(1);
    for (const char c : name) {
        if (c != ' ')
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

std::string initials(const std::vector<std::string>& words) {
    std::string all;
    for (const auto& word : words) all += base::firstCharacters(word, 1) + ".";
    return all;
}

}  // namespace

std::string shortName(const identity::ResidentSession& resident) {
    const auto words = wordsOf(resident.name.reveal());
    if (words.empty()) return {};
    // A Vietnamese name ends with the given one; which part of a foreigner's that is nobody tells us.
    return base::firstCharacters(resident.foreigner ? initials(words) : words.back(), kLongestShortName);
}

LoginScreen::LoginScreen(Host& host, From from, Action onApproved)
    : host_(host), from_(from), onApproved_(std::move(onApproved)), login_(host.services().login()) {
    login_->onChange = [this] { changed(); };
    login_->onTick = [this] { host_.refresh(); };
    login_->onHold = [this](bool under) { hold(under); };
    login_->language = host_.session().language;
    login_->begin();
}

LoginScreen::~LoginScreen() {
    login_->onChange = login_->onTick = nullptr;
    hold(false);
}

void LoginScreen::hold(bool under) {
    if (std::exchange(held_, under) != under) host_.holdSession(under);
}

void LoginScreen::changed() {
    if (const auto* approved = std::get_if<loggingIn::Approved>(&login_->state())) {
        aside_ = false;
        auto session = host_.session();
        session.resident = approved->session;
        host_.setSession(std::move(session));
        if (onApproved_) onApproved_();
    }
    host_.refresh();
}

std::string LoginScreen::name() const {
    if (aside_) return "login_no_vneid";
    struct Namer {
        const LoginScreen& screen;
        const char* operator()(const loggingIn::Idle&) { return "login_asking"; }
        const char* operator()(const loggingIn::Asking&) { return "login_asking"; }
        const char* operator()(const loggingIn::Showing& showing) {
            if (screen.lost(showing)) return "login_lost";
            if (showing.agreed) return "login_agreed";
            return showing.scan == link::ScanWay::ProviderApp ? "login_app" : "login_code";
        }
        const char* operator()(const loggingIn::Approved&) { return "login_approved"; }
        const char* operator()(const loggingIn::Declined&) { return "login_declined"; }
        const char* operator()(const loggingIn::Expired&) { return "login_expired"; }
        const char* operator()(const loggingIn::NotGranted&) { return "login_not_granted"; }
        const char* operator()(const loggingIn::LevelTooLow&) { return "login_level_too_low"; }
        const char* operator()(const loggingIn::UnderAge&) { return "login_under_age"; }
        const char* operator()(const loggingIn::Unreachable&) { return "login_unreachable"; }
        const char* operator()(const loggingIn::Failed&) { return "login_failed"; }
    };
    return std::visit(Namer{*this}, login_->state());
}

bool LoginScreen::back() {
    if (!aside_) return false;
    aside(false);
    return true;
}

/// A phone is on its way, or about to be.
bool LoginScreen::goesOn() const {
    const auto& state = login_->state();
    return std::holds_alternative<loggingIn::Asking>(state) ||
           std::holds_alternative<loggingIn::Showing>(state);
}

void LoginScreen::aside(bool open) {
    aside_ = open;
    host_.refresh();
}

void LoginScreen::leave() {
    login_->cancel();
    aside_ = false;  // else going back would only close that
    host_.back();
}

Page LoginScreen::render() {
    login_->language = host_.session().language;
    if (aside_) return noVneidPage();
    const auto& state = login_->state();
    if (const auto* showing = std::get_if<loggingIn::Showing>(&state))
        return lost(*showing)    ? lostPage(*showing)
               : showing->agreed ? agreedPage(*showing)
                                 : codePage(*showing);
    if (const auto* approved = std::get_if<loggingIn::Approved>(&state))
        return approvedPage(*approved->session);
    if (std::holds_alternative<loggingIn::Asking>(state) || std::holds_alternative<loggingIn::Idle>(state))
        return askingPage();
    return outcomePage();
}

/// Also as soon as the chip says so: a question under way may hang for ten seconds more.
bool LoginScreen::lost(const loggingIn::Showing& showing) const {
    return showing.lineLost || host_.link() == device::AgentState::Link::Offline;
}

Page LoginScreen::askingPage() {
    return underWay(centredBody(
        host_, "page",
        {hero("qr_code_2", Mood::Info),
         paragraph(host_.tr("login.title"), {.role = Type::Display, .align = Align::Centre, .heading = true}),
         paragraph(host_.tr("login.asking"), {.role = Type::Title, .align = Align::Centre}),
         muted(host_.tr("login.asking.next"), Align::Centre)}));
}

/// One action bar from the first moment to the last, so that no button jumps when the code comes.
/// *Huỷ đăng nhập* and the page's *Không đăng nhập* do the same: with large letters they are one button.
Page LoginScreen::underWay(ViewRef content) {
    Page page{.content = std::move(content),
              .back = false,
              .end = false,
              .left = {{.id = "cancel",
                        .label = host_.tr(largeText(host_) ? "login.without" : "login.cancel"),
                        .icon = "close",
                        .kind = ButtonKind::Outline,
                        .onPress = [this] { leave(); }}}};
    const auto* showing = std::get_if<loggingIn::Showing>(&login_->state());
    if (largeText(host_) && showing && !lost(*showing) && !showing->agreed)
        page.right = {moreTime()};
    else if (largeText(host_) || host_.theme().portrait())
        page.right = {
            {.id = "call", .label = host_.tr("action.call"), .icon = "support_agent", .onPress = [this] {
                 host_.callOfficer();
             }}};
    return page;
}

}  // namespace tram::screens
