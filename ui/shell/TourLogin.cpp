#include "ui/screens/FeedbackScreen.h"
#include "ui/shell/StagedLogin.h"
#include "ui/shell/Tour.h"

namespace tram::shell {

using base::ProblemKind;
namespace situation = identity::situation;

namespace {

/// Of a code that has been standing there for a while.
constexpr int kSecondsLeft = 102;

situation::Showing inBrowser(bool lineLost = false) {
    return {link::ScanWay::PhoneBrowser, "https://congdanso.tphcm.gov.vn/d?code=WDJB-MJHT", "WDJB-MJHT",
            lineLost};
}

situation::Showing inApp() {
    return {link::ScanWay::ProviderApp, "VNEID-LOGIN:7d1f0b1c9f6a4c1c8a4f2f6f0d3e5b7a", "", false};
}

situation::Showing agreed(situation::Showing showing) {
    showing.opened = showing.agreed = true;
    return showing;
}

std::shared_ptr<const identity::ResidentSession> resident(const screens::Services& services) {
    auto session = std::make_shared<identity::ResidentSession>();
    session->accessToken = base::SecretText("tour");
    session->subject = base::SecretText(std::string(42, 'B').append("A"));
    session->personalNumber = base::SecretText("079184001234");
    session->name = base::SecretText("Nguyễn Thị Lan");
    session->phone = base::SecretText("0901234567");
    session->accountLevel = 2;
    session->tokenEnds = services.clock.boot();
    session->tokenEnds.sinceBoot += base::Millis(900'000);
    return session;
}

base::Problem problem(ProblemKind kind, const char* detail = "") {
    return {kind, {{"detail", detail}}};
}

}  // namespace

void Tour::loginIs(identity::LoginState situation) {
    homeAgain();
    auto session = kiosk_.session();
    session.resident = nullptr;
    kiosk_.setSession(std::move(session));
    kiosk_.drawNow();
    auto services = real_;
    services.login = [situation] { return std::make_unique<StagedLogin>(situation, kSecondsLeft); };
    kiosk_.useServices(services);
    press("tile.login");
}

void Tour::planLogin() {
    struct Page {
        const char* name;
        const char* screen;
        identity::LoginState situation;
    };
    const Page pages[] = {
        {"login-asking", "login_asking", situation::Asking{}},
        {"login-code", "login_code", inBrowser()},
        {"login-code-line-lost", "login_lost", inBrowser(true)},
        {"login-code-agreed", "login_agreed", agreed(inBrowser())},
        {"login-app-agreed", "login_agreed", agreed(inApp())},
        {"login-app", "login_app", inApp()},
        {"login-declined", "login_declined", situation::Declined{}},
        {"login-expired", "login_expired", situation::Expired{}},
        {"login-not-granted", "login_not_granted", situation::NotGranted{}},
        {"login-level-too-low", "login_level_too_low", situation::LevelTooLow{}},
        {"login-under-age", "login_under_age", situation::UnderAge{}},
        {"login-unreachable", "login_unreachable", situation::Unreachable{problem(ProblemKind::NoNetwork)}},
        {"login-provider-failed", "login_failed",
         situation::Failed{problem(ProblemKind::BadResponse, "provider_failed")}},
        {"login-failed", "login_failed", situation::Failed{problem(ProblemKind::BadSignature)}},
        {"login-refused", "login_failed", situation::Failed{problem(ProblemKind::Forbidden)}},
        {"login-approved", "login_approved", situation::Approved{resident(real_)}},
    };
    for (const auto& page : pages)
        stop(
            page.name, [this, situation = page.situation] { loginIs(situation); },
            [this, screen = page.screen] { return at(screen); });
    stop(
        "login-no-vneid",
        [this] {
            loginIs(inBrowser());
            press("no_vneid");
        },
        [this] { return at("login_no_vneid"); });
}

void Tour::listsReports(base::Result<link::MyReports> reports) {
    homeAgain();
    auto services = real_;
    services.myReports = [reports](const base::SecretText&) { return reports; };
    kiosk_.useServices(services);
    press("tile.mine");
    press("part.reports");
}

void Tour::planLoggedIn() {
    const auto loggedIn = [this] {
        loginIs(situation::Approved{resident(real_)});
        press("carry_on");
    };
    stop("home-logged-in", loggedIn, [this] { return at("home"); });
    planMine();
    stop("home-logged-in-again", [this] { homeAgain(); });
    stop("home-logged-in-offline", [this] { kiosk_.force({.link = device::AgentState::Link::Offline}); });
    const auto field = [this](std::size_t index) { return real_.fields()->fields.at(index).id; };
    stop(
        "my-reports",
        [this, field] {
            const auto now = base::toRfc3339(real_.clock.wall());
            const auto other = [this](const char* random) {
                return base::TrackingCode::make(real_.station.prefix, random)->symbols();
            };
            using wire::FeedbackState;
            const auto& ward = real_.station.wardCode;
            // The pretend 1022 answers as it likes: this page and the next tell the same.
            const auto status = real_.status(code_, base::SecretText());
            const auto state = status ? status->state : FeedbackState::Received;
            listsReports(
                link::MyReports{{{code_, field(0), ward, state, now, now},
                                 {other("000000"), field(1), ward, FeedbackState::InProgress, now, now},
                                 {other("111111"), field(2), ward, FeedbackState::Refused, now, now}},
                                "1022_demo",
                                now});
        },
        [this] { return at("my_reports"); });
    stop("my-reports-one", [this] { press("report." + code_); }, [this] { return at("follow_status"); });
    stop(
        "my-reports-none",
        [this] { listsReports(link::MyReports{{}, "1022_demo", base::toRfc3339(real_.clock.wall())}); },
        [this] { return at("my_reports_none"); });
    stop(
        "my-reports-offline", [this] { listsReports(base::fail(ProblemKind::NoNetwork)); },
        [this] { return at("my_reports_problem"); });
    planMyDossiers();
    stop(
        "feedback-who-logged-in",
        [this] {
            homeAgain();
            press("tile.feedback");
            auto& flow = static_cast<screens::FeedbackScreen&>(kiosk_.screen()).flow();
            flow.chooseField(flow.fields().fields.front().id);
            flow.setText("Nắp cống trước số 12 bị vỡ.");
            for (int step = 0; step < 3; ++step) flow.next();
            kiosk_.drawNow();
            press("who.name_hidden");
        },
        [this] { return shows("name"); });
    // Last: nobody is logged in any more.
    stop(
        "my-reports-over", [this] { listsReports(base::fail(ProblemKind::Unauthorized)); },
        [this] { return at("my_reports_over"); });
}

}  // namespace tram::shell
