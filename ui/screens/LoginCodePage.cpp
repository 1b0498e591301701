#include <algorithm>

#include "qr/QrCode.h"
#include "ui/screens/LoginScreen.h"
#include "ui/screens/Parts.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using identity::situation::Showing;
using link::ScanWay;

namespace {

/// Reference pixels: some 200 mm, to be scanned from an arm's length beside the crowd in front of a kiosk.
constexpr double kSymbol = 540, kSymbolAside = 440;
constexpr double kSymbolLow = 400;  ///< 150 mm: where the largest letters stand under it, too
constexpr double kAside = 520;      ///< reference pixels: what stands under the symbol on a screen that lies

/// Letters apart, for the eye that goes from one screen to the other and back.
std::string apart(const std::string& code) {
    std::string all;
    for (const char symbol : code)
        all += all.empty() ? std::string(1, symbol) : "\u2009" + std::string(1, symbol);
    return all;
}

ViewRef centred(ViewRef view) {
    return row({std::move(view)}, {.justify = Align::Centre});
}

}  // namespace

ViewRef LoginScreen::steps(ScanWay scan, bool abreast) const {
    struct Step {
        const char* icon;
        const char* key;
    };
    static constexpr Step kBrowser[] = {
        {"photo_camera", "login.browser.1"}, {"pin", "login.browser.2"}, {"how_to_reg", "login.browser.3"}};
    static constexpr Step kApp[] = {
        {"smartphone", "login.app.1"}, {"qr_code_scanner", "login.app.2"}, {"how_to_reg", "login.app.3"}};
    std::vector<PicturedStep> all;
    for (const auto& step : scan == ScanWay::ProviderApp ? kApp : kBrowser)
        all.push_back({step.icon, host_.tr(step.key)});
    return picturedSteps(std::move(all), abreast);
}

/// Only in a demo, where the app's own code is a link, too.
bool LoginScreen::pretends() const {
    return host_.services().pretendPhone != nullptr;
}

ViewRef LoginScreen::symbol(const Showing& showing) const {
    auto code = qr::QrCode::encode(showing.qrText);
    if (!code) return nullptr;
    const bool roomy = host_.theme().portrait() && !largeText(host_);
    auto view = kit::qr(std::move(*code),
                        roomy              ? (pretends() ? kSymbolAside : kSymbol)
                        : largeText(host_) ? kSymbolLow
                                           : kSymbolAside,
                        host_.tr("login.qr"));
    view->id = "login.qr";
    return card(std::move(view), {.padding = roomy ? 32.0 : 16.0});
}

/// Beside the code to compare, whose words the phone must show (RFC 8628 §5.4: somebody else's code).
ViewRef LoginScreen::compare(const Showing& showing) const {
    const bool app = showing.scan == ScanWay::ProviderApp || showing.userCode.empty();
    const auto station = unbroken(host_.services().station.stationName);
    Views words{paragraph(host_.tr(app ? "login.app.safe" : "login.compare", {{"station", station}}),
                          {.role = Type::Caption, .colour = Colour::Muted})};
    const bool roomy = !largeText(host_) && host_.theme().portrait();
    if (!app)
        words.push_back(paragraph(roomy ? apart(showing.userCode) : showing.userCode,
                                  {.role = Type::Code, .id = "login.code", .spoken = showing.userCode}));
    auto sign = roomy ? icon("verified_user", 56, Colour::Primary) : nullptr;
    return card(
        row({std::move(sign), grow(column(std::move(words), {.gap = 4}))}, {.gap = 32, .flow = false}));
}

ButtonOptions LoginScreen::moreTime() {
    const auto* showing = std::get_if<Showing>(&login_->state());
    return {.id = "more",
            .label = host_.tr("login.more"),
            .enabled = showing && login_->mayHaveMoreTime(),
            .onPress = [this, opened = showing && showing->opened] {
                renewed_ = opened ? Renewed::OpenedOne : Renewed::Yes;
                login_->moreTime();
            }};
}

ViewRef LoginScreen::timeLeft(std::string words) {
    const auto& code = std::get<Showing>(login_->state()).qrText;
    const int left = login_->secondsLeft();
    if (std::exchange(shownCode_, code) != code) whole_ = 0;
    whole_ = std::max({whole_, left, 1});
    return progressBar(static_cast<double>(left) / whole_, std::move(words));
}

std::string LoginScreen::waitingWords(const std::string& family, const Showing& showing) const {
    const char* now = showing.opened                   ? ".opened"
                      : renewed_ == Renewed::OpenedOne ? ".reopened"
                      : renewed_ == Renewed::Yes       ? ".renewed"
                                                       : "";
    return host_.tr(family + now, {{"time", minutes(login_->secondsLeft())}});
}

ViewRef LoginScreen::wait(const Showing& showing) {
    const auto time = minutes(login_->secondsLeft());
    auto words = paragraph(waitingWords("login.waiting", showing), {.id = "login.left"});
    auto more = moreTime();
    more.kind = ButtonKind::Chip;
    return column(
        {row({grow(words), button(std::move(more))}), timeLeft(host_.tr("login.left", {{"time", time}}))},
        {.gap = 12});
}

ViewRef LoginScreen::otherWays(const Showing& showing) {
    Views ways{
        button({.id = "no_vneid", .label = host_.tr("login.novneid"), .icon = "help", .onPress = [this] {
                    aside(true);
                }})};
    // In large letters it stands in the action bar (underWay).
    if (!largeText(host_)) ways.push_back(button(without()));
    if (pretends())
        ways.push_back(button({.id = "pretend_phone",
                               .label = host_.tr("login.pretend"),
                               .icon = "smartphone",
                               .onPress = [this, link = showing.qrText] { openPretendPhone(link); }}));
    // On a screen that lies one line is all the room there is.
    const bool portrait = host_.theme().portrait();
    const int abreast = static_cast<int>(std::min<std::size_t>(ways.size(), portrait ? 2 : 3));
    auto all = grid(abreast, std::move(ways), {.minWidth = portrait ? 380.0 : 280.0});
    if (!pretends() || !noBrowser_) return all;
    return column(
        {std::move(all), banner({.mood = Mood::Warn,
                                 .icon = "open_in_browser",
                                 .text = host_.tr("login.pretend.failed", {{"link", showing.qrText}}),
                                 .id = "login.pretend.failed"})});
}

void LoginScreen::openPretendPhone(const std::string& link) {
    noBrowser_ = false;
    host_.refresh();
    const auto told = [this] {
        noBrowser_ = true;
        host_.reveal("login.pretend.failed");
    };
    host_.services().pretendPhone(
        link, [&ui = host_.services().scheduler, here = lifetime_.token(), told] { ui.onUi(here, told); });
}

/// A code lives for two minutes: what to do with it, the code, how long it lives and every way out stay in
/// sight. *Cần thêm thời gian* and *Không đăng nhập* are in the action bar; the steps, whose words stand
/// above and beside the code, too, give way first.
ViewRef LoginScreen::largeCodePage(const Showing& showing) {
    const bool app = showing.scan == ScanWay::ProviderApp, portrait = host_.theme().portrait();
    const TextStyle style{.role = Type::Title,
                          .align = portrait ? Align::Centre : Align::Start,
                          .heading = true,
                          .id = "login.first"};
    const char* now = showing.opened ? "login.opened.now" : app ? "login.app.now" : "login.browser.now";
    auto first = paragraph(host_.tr(now), style);
    const auto words = waitingWords("login.left", showing);
    auto left = column({paragraph(words, {.role = Type::BodyStrong, .id = "login.left"}), timeLeft(words)},
                       {.gap = 12});
    auto code = symbol(showing);
    auto same = compare(showing), ways = otherWays(showing);
    const auto page = [&](ViewRef howTo) {
        return body(host_, "page", {first, portrait ? centred(code) : nullptr, same, std::move(howTo), ways});
    };
    auto rest = firstToFit({page(steps(showing.scan, false)), page(nullptr)}, Fit::Height);
    if (portrait) return column({std::move(rest), padding(std::move(left), Insets::xy(40, 16))}, {.gap = 0});
    auto aside = sized(column({code, std::move(left)}), {.width = kSymbolAside + 32});
    return row({padding(std::move(aside), {40, 24, 0, 16}), std::move(rest)},
               {.gap = 0, .align = Align::Stretch, .flow = false});
}

/// Where there is nothing to scan: what to do instead, how long that code lives, and the way out.
Page LoginScreen::withoutCode(const ProblemText& text, const char* leftKey) {
    const auto words = host_.tr(leftKey, {{"time", minutes(login_->secondsLeft())}});
    auto left = column({paragraph(words, {.role = Type::BodyStrong, .id = "login.left"}), timeLeft(words)},
                       {.gap = 12});
    // Large letters would push it out of sight: there it stands in the action bar.
    auto way = largeText(host_) ? nullptr : button(without());
    return underWay(problemView(host_, text, column({std::move(left), std::move(way)}, {.gap = 24})));
}

/// Who scans it now gets through to the city, but the station does not.
Page LoginScreen::lostPage(const Showing& showing) {
    const bool offline = host_.link() == device::AgentState::Link::Offline;  // as the chip says
    const char* wait = showing.agreed ? "login.lost.now.agreed" : "login.lost.now.wait";
    return withoutCode({.icon = offline ? "wifi_off" : "cloud_off",
                        .title = host_.tr("login.lost.title"),
                        .what = host_.tr(offline ? "login.lost.what.offline" : "login.lost.what.service"),
                        .now = {host_.tr(wait), host_.tr("login.now.without")}},
                       "login.lost.left");
}

Page LoginScreen::agreedPage(const Showing& showing) {
    const bool app = showing.scan == ScanWay::ProviderApp;
    return withoutCode({.icon = "smartphone",
                        .title = host_.tr(app ? "login.agreed.app.title" : "login.agreed.browser.title"),
                        .what = host_.tr(app ? "login.agreed.app.what" : "login.agreed.browser.what"),
                        .now = {host_.tr(app ? "login.agreed.app.now" : "login.agreed.browser.now"),
                                host_.tr("login.agreed.then")},
                        .mood = Mood::Info},
                       "login.agreed.left");
}

Page LoginScreen::codePage(const Showing& showing) {
    if (largeText(host_)) return underWay(largeCodePage(showing));
    const bool portrait = host_.theme().portrait();
    auto head =
        paragraph(host_.tr("login.title"),
                  {.role = Type::Display, .align = portrait ? Align::Centre : Align::Start, .heading = true});
    if (portrait)
        return underWay(body(host_, "page",
                             {head, steps(showing.scan, true), centred(symbol(showing)), compare(showing),
                              wait(showing), otherWays(showing)}));
    auto under = sized(compare(showing), {.maxWidth = kAside * host_.theme().textPercent() / 100.0});
    auto words = column({head, steps(showing.scan, false), wait(showing), otherWays(showing)});
    return underWay(body(host_, "page",
                         {row({column({symbol(showing), std::move(under)}, {.gap = 24}), grow(words)},
                              {.gap = 48, .align = Align::Start})}));
}

}  // namespace tram::screens
