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
/// Above this, what must be seen first (the code) goes before the steps, and nothing stands beside it.
constexpr int kCodeFirstPercent = 125;
constexpr double kAside = 520;  ///< reference pixels: what stands under the symbol on a screen that lies

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

ViewRef LoginScreen::symbol(const Showing& showing) const {
    auto code = qr::QrCode::encode(showing.qrText);
    if (!code) return nullptr;
    const double size = host_.theme().portrait() ? kSymbol : kSymbolAside;
    return card(kit::qr(std::move(*code), size, host_.tr("login.qr")),
                {.padding = host_.theme().portrait() ? 32.0 : 16.0});
}

/// Beside the code to compare, whose words the phone must show (RFC 8628 §5.4: somebody else's code).
ViewRef LoginScreen::compare(const Showing& showing) const {
    const bool app = showing.scan == ScanWay::ProviderApp || showing.userCode.empty();
    const auto& station = host_.services().station.stationName;
    Views words{paragraph(host_.tr(app ? "login.app.safe" : "login.compare", {{"station", station}}),
                          {.role = Type::Caption, .colour = Colour::Muted})};
    const bool large = host_.theme().textPercent() > kCodeFirstPercent;
    const bool roomy = !large && host_.theme().portrait();
    if (!app)
        words.push_back(paragraph(roomy ? apart(showing.userCode) : showing.userCode,
                                  {.role = Type::Code, .id = "login.code", .spoken = showing.userCode}));
    auto sign = roomy ? icon("verified_user", 56, Colour::Primary) : nullptr;
    return card(
        row({std::move(sign), grow(column(std::move(words), {.gap = 4}))}, {.gap = 32, .flow = false}));
}

ViewRef LoginScreen::wait(const Showing& showing) {
    const int left = login_->secondsLeft();
    if (std::exchange(shownCode_, showing.qrText) != showing.qrText) whole_ = 0;
    whole_ = std::max({whole_, left, 1});
    const auto time = minutes(left);
    auto words =
        paragraph(host_.tr(showing.lineLost ? "login.waiting.lost" : "login.waiting", {{"time", time}}),
                  {.id = "login.left"});
    auto more = button({.id = "more",
                        .label = host_.tr("login.more"),
                        .kind = ButtonKind::Chip,
                        .enabled = login_->mayHaveMoreTime(),
                        .onPress = [this] { login_->moreTime(); }});
    return column({row({grow(words), more}),
                   progressBar(static_cast<double>(left) / whole_, host_.tr("login.left", {{"time", time}}))},
                  {.gap = 12});
}

ViewRef LoginScreen::otherWays(const Showing& showing) {
    Views ways{button({.id = "no_vneid",
                       .label = host_.tr("login.novneid"),
                       .icon = "help",
                       .onPress = [this] { aside(true); }}),
               button(without())};
    if (const auto& open = host_.services().pretendPhone; open && showing.scan == ScanWay::PhoneBrowser)
        ways.push_back(button({.id = "pretend_phone",
                               .label = host_.tr("login.pretend"),
                               .icon = "smartphone",
                               .onPress = [open, link = showing.qrText] { open(link); }}));
    return grid(2, std::move(ways), {.minWidth = 380});
}

Page LoginScreen::codePage(const Showing& showing) {
    const bool portrait = host_.theme().portrait();
    const bool codeFirst = host_.theme().textPercent() > kCodeFirstPercent;
    const auto head =
        paragraph(host_.tr("login.title"), {.role = Type::Display, .align = Align::Centre, .heading = true});
    Page page = askingPage();
    if (!portrait) {
        auto under =
            codeFirst ? nullptr
                      : sized(compare(showing), {.maxWidth = kAside * host_.theme().textPercent() / 100.0});
        auto words = column({paragraph(host_.tr("login.title"), {.role = Type::Display, .heading = true}),
                             codeFirst ? compare(showing) : nullptr, steps(showing.scan, false),
                             wait(showing), otherWays(showing)});
        page.content = body(host_, "page",
                            {row({column({symbol(showing), std::move(under)}, {.gap = 24}), grow(words)},
                                 {.gap = 48, .align = Align::Start})});
        return page;
    }
    Views rows{head,          steps(showing.scan, true), centred(symbol(showing)), compare(showing),
               wait(showing), otherWays(showing)};
    if (codeFirst) std::rotate(rows.begin() + 1, rows.begin() + 2, rows.begin() + 5);
    page.content = body(host_, "page", std::move(rows));
    page.right = {
        {.id = "call", .label = host_.tr("action.call"), .icon = "support_agent", .onPress = [this] {
             host_.callOfficer();
         }}};
    return page;
}

}  // namespace tram::screens
