#include <fstream>

#include "LoginVisit.h"
#include "base/Files.h"
#include "tests/support/TempDir.h"
#include "ui/screens/ProblemText.h"
#include "ui/shell/Browser.h"

namespace tram::ui::test {
namespace {

using namespace std::chrono_literals;

const feedback::FeedbackFlow& reportFlow(Visit& visit) {
    return visit.feedback().flow();
}

}  // namespace

TEST_CASE("A code to scan and compare, more time for it, and a way back without login") {
    LoginVisit at;
    at.openLogin();
    CHECK(at.seen.begun == 1);
    CHECK(spoken(at.visit, "login.code") == "WDJB-MJHT");
    CHECK(spoken(at.visit, "login.left").find("1:42") != std::string::npos);
    at.login().left = 9;
    at.login().onTick();
    CHECK(runUntil([&] { return spoken(at.visit, "login.left").find("0:09") != std::string::npos; }));
    at.visit.robot().tap("more");
    CHECK(at.seen.moreTime == 1);
    at.login().become(code());
    CHECK(runUntil(
        [&] { return spoken(at.visit, "login.left").starts_with("Mã mới: dùng điện thoại quét lại."); }));

    // A phone has opened that one; more time then puts an end to it, and is told as that.
    const auto begins = [&](const std::string& key) {
        auto words = at.visit.kiosk().tr(key);
        words = words.substr(0, words.find(". **"));
        return runUntil([&] { return spoken(at.visit, "login.left").starts_with(words); });
    };
    auto opened = code();
    opened.opened = true;
    at.login().become(opened);
    CHECK(begins("login.waiting.opened"));
    at.visit.robot().tap("more");
    CHECK(at.seen.moreTime == 2);
    at.login().become(code());
    CHECK(begins("login.waiting.reopened"));
    CHECK(at.visit.kiosk().surface().layoutFaults().empty());
    at.login().become(opened);
    CHECK(begins("login.waiting.opened"));

    at.login().become(code(link::ScanWay::ProviderApp));
    REQUIRE(at.visit.arrives("login_app"));
    CHECK_FALSE(at.visit.shows("login.code"));  // VNeID compares by itself

    at.visit.robot().reach("without");
    REQUIRE(at.visit.arrives("home"));
    CHECK(at.seen.cancelled == 1);
    CHECK(at.seen.open == nullptr);
    at.openLogin();
    at.visit.robot().tap("cancel");
    REQUIRE(at.visit.arrives("home"));
    CHECK(at.seen.cancelled == 2);
}

TEST_CASE("While the line is lost nothing invites to scan, and the code comes back by itself") {
    const auto language = GENERATE("vi", "en");
    const auto [size, percent] =
        GENERATE(std::pair(wxSize(1080, 1920), 100), std::pair(wxSize(1920, 1080), 200),
                 std::pair(wxSize(1080, 1920), 200));
    CAPTURE(language, size.x, percent);
    LoginVisit at(language, size, percent);
    const auto tells = [&](const char* key) { return says(at.visit, at.visit.kiosk().tr(key)); };
    at.openLogin();
    auto lost = code();
    lost.lineLost = true;
    at.login().become(lost);
    REQUIRE(at.visit.arrives("login_lost"));
    for (const auto* id : {"login.qr", "login.code", "more"}) CHECK_FALSE(at.visit.shows(id));
    CHECK(spoken(at.visit, "login.left").find("1:42") != std::string::npos);
    CHECK(tells("login.lost.now.wait"));
    // The chip and the page say the same.
    for (const auto link : {device::AgentState::Link::Online, device::AgentState::Link::Offline}) {
        at.visit.kiosk().force({.link = link});
        const bool offline = link == device::AgentState::Link::Offline;
        CHECK(runUntil([&] { return tells("login.lost.what.offline") == offline; }));
        CHECK(tells("login.lost.what.service") != offline);
        at.visit.robot().settle();
        CHECK(at.visit.kiosk().surface().layoutFaults().empty());
    }
    // Nor while the chip alone knows it: a question may hang for ten seconds.
    at.login().become(code());
    CHECK(at.visit.kiosk().screen().name() == "login_lost");
    at.visit.kiosk().force({.link = device::AgentState::Link::Online});
    REQUIRE(at.visit.arrives("login_code"));
    CHECK(at.visit.shows("login.qr"));
    at.login().become(lost);
    REQUIRE(at.visit.arrives("login_lost"));
    REQUIRE(runUntil([&] { return !at.visit.shows("login.qr"); }));
    at.visit.robot().reach(percent > 100 ? "cancel" : "without");
    REQUIRE(at.visit.arrives("home"));
    CHECK(at.seen.cancelled == 1);
    at.openLogin();
    at.login().become(lost);
    REQUIRE(at.visit.arrives("login_lost"));
    REQUIRE(runUntil([&] { return !at.visit.shows("login.qr"); }));
    at.visit.robot().tap("cancel");
    REQUIRE(at.visit.arrives("home"));
}

TEST_CASE("Who has agreed on the phone is sent on to VNeID, in the words of either way") {
    const auto language = GENERATE("vi", "en");
    const auto [size, percent] =
        GENERATE(std::pair(wxSize(1080, 1920), 100), std::pair(wxSize(1920, 1080), 200),
                 std::pair(wxSize(1080, 1920), 200));
    LoginVisit at(language, size, percent);
    const auto tells = [&](const std::string& key) { return says(at.visit, at.visit.kiosk().tr(key)); };
    at.openLogin();
    for (const auto scan : {link::ScanWay::PhoneBrowser, link::ScanWay::ProviderApp}) {
        auto agreed = code(scan);
        agreed.opened = agreed.agreed = true;
        at.login().become(agreed);
        REQUIRE(at.visit.arrives("login_agreed"));
        const bool app = scan == link::ScanWay::ProviderApp;
        CHECK(runUntil([&] { return tells("login.agreed.app.what") == app; }));
        CHECK(tells("login.agreed.browser.what") != app);
        for (const auto* id : {"login.qr", "login.code", "more"}) CHECK_FALSE(at.visit.shows(id));
        at.visit.robot().settle();
        CHECK(at.visit.kiosk().surface().layoutFaults().empty());
        agreed.lineLost = true;
        at.login().become(agreed);
        REQUIRE(at.visit.arrives("login_lost"));
        CHECK(tells("login.lost.now.agreed"));
    }
    at.approve();
}

TEST_CASE("That the station is offline is said only beside a chip that says so") {
    LoginVisit at(GENERATE("vi", "en"));
    at.openLogin();
    at.login().become(loggingIn::Unreachable{{base::ProblemKind::NoNetwork}});
    REQUIRE(at.visit.arrives("login_unreachable"));
    const auto offline = [&] {
        return says(at.visit, at.visit.kiosk().tr("login.unreachable.what.offline"));
    };
    at.visit.kiosk().force({.link = device::AgentState::Link::Offline});
    CHECK(runUntil(offline));
    at.visit.kiosk().force({.link = device::AgentState::Link::Online});
    CHECK(runUntil([&] { return !offline(); }));
    CHECK(says(at.visit, at.visit.kiosk().tr("login.unreachable.what")));
    at.login().become(code());  // by itself, when the gateway answers again
    REQUIRE(at.visit.arrives("login_code"));
    at.visit.robot().tap("cancel");
    REQUIRE(at.visit.arrives("home"));
    const auto text = [&] {
        return screens::problemText(at.visit.kiosk(), {base::ProblemKind::NoNetwork}).what;
    };
    CHECK(text() == at.visit.kiosk().tr("problem.gateway.what"));
    at.visit.kiosk().force({.link = device::AgentState::Link::Offline});
    CHECK(runUntil([&] { return text() == at.visit.kiosk().tr("problem.offline.what"); }));
}

TEST_CASE("A phone's pages begin in the language that the session speaks by then") {
    LoginVisit at(GENERATE("vi", "en"));
    at.openLogin();
    const auto spoken = at.visit.kiosk().session().language;
    CHECK(at.login().language == spoken);
    auto session = at.visit.kiosk().session();
    session.language = spoken == "vi" ? "en" : "vi";
    at.visit.kiosk().setSession(session);
    CHECK(runUntil([&] { return at.login().language == session.language; }));
}

TEST_CASE("How to come by VNeID is read while the login goes on, and the greeting comes over it") {
    LoginVisit at;
    at.openLogin();
    at.visit.robot().reach("no_vneid");
    REQUIRE(at.visit.arrives("login_no_vneid"));
    at.visit.robot().tap("back");
    REQUIRE(at.visit.arrives("login_code"));
    CHECK(at.seen.cancelled == 0);
    at.visit.robot().reach("no_vneid");
    REQUIRE(at.visit.arrives("login_no_vneid"));
    at.login().become(loggingIn::Expired{});
    at.visit.robot().settle();
    CHECK(at.visit.kiosk().screen().name() == "login_no_vneid");
    at.approve();
}

TEST_CASE("Every way a login can end has its page, and a next step that works") {
    LoginVisit at(GENERATE("vi", "en"));
    struct Ending {
        const char* screen;
        identity::LoginState state;
        const char* main;
        const char* leads;
    };
    const base::Problem offline{base::ProblemKind::NoNetwork}, forged{base::ProblemKind::BadSignature};
    const base::Problem refused{base::ProblemKind::Forbidden};
    const Ending endings[] = {
        {"login_expired", loggingIn::Expired{}, "fresh", "login_expired"},  // moreTime() is asked for
        {"login_declined", loggingIn::Declined{}, "fresh", "login_declined"},
        {"login_not_granted", loggingIn::NotGranted{}, "fresh", "login_not_granted"},
        {"login_unreachable", loggingIn::Unreachable{offline}, "retry", "login_asking"},
        {"login_failed", loggingIn::Failed{forged}, "retry", "login_asking"},
        {"login_failed", loggingIn::Failed{refused}, "retry", "login_asking"},
        {"login_level_too_low", loggingIn::LevelTooLow{}, "without", "home"},
        {"login_level_too_low", loggingIn::LevelTooLow{}, "fresh", "login_level_too_low"},  // somebody else's
        {"login_under_age", loggingIn::UnderAge{}, "fresh", "login_under_age"},             // a parent's turn
        {"login_under_age", loggingIn::UnderAge{}, "without", "home"},
        {"login_level_too_low", loggingIn::LevelTooLow{}, "no_vneid", "login_no_vneid"},
    };
    int asked = 0;
    for (const auto& ending : endings) {
        CAPTURE(ending.screen);
        if (at.visit.kiosk().screen().name() == "home") at.openLogin();
        at.login().become(ending.state);
        REQUIRE(at.visit.arrives(ending.screen));
        CHECK(at.visit.kiosk().surface().layoutFaults().empty());
        at.visit.robot().tap(ending.main);
        CHECK(at.visit.arrives(ending.leads));
        if (std::string_view(ending.main) == "fresh") CHECK(at.seen.moreTime == ++asked);
        CHECK_FALSE(at.visit.kiosk().session().resident);
    }
}

TEST_CASE("A login from a report leaves the draft as it was, and fills in who has logged in") {
    LoginVisit at;
    auto& robot = at.visit.robot();
    draftToWho(at.visit);
    robot.reach("who.login");
    REQUIRE(at.visit.arrives("login_asking"));
    at.login().become(loggingIn::Declined{});
    REQUIRE(at.visit.arrives("login_declined"));
    robot.tap("without");
    REQUIRE(at.visit.arrives("feedback_who"));
    CHECK(reportFlow(at.visit).draft().text.reveal() == "nước ngập từ sáng");
    CHECK_FALSE(reportFlow(at.visit).draft().disclosure);

    robot.tap("who.name_hidden");
    robot.reach("who.login");
    REQUIRE(at.visit.arrives("login_asking"));
    at.login().become(code());
    at.approve();
    robot.tap("carry_on");
    REQUIRE(at.visit.arrives("feedback_who"));
    const auto& draft = reportFlow(at.visit).draft();
    CHECK(draft.name.reveal() == "NGUYỄN THỊ LAN");
    CHECK(draft.phone.reveal() == "0901234567");
    CHECK(draft.disclosure == wire::Disclosure::NameHidden);
    CHECK_FALSE(at.visit.shows("who.login"));

    // STANDARDS 14: without a name nothing of the login goes along.
    robot.reach("who.anonymous");
    CHECK(draft.name.empty());
    CHECK(draft.phone.empty());
    robot.tap("who.named");
    CHECK(draft.name.reveal() == "NGUYỄN THỊ LAN");
}

TEST_CASE("What is typed already is not overwritten by a login") {
    LoginVisit at;
    auto& robot = at.visit.robot();
    draftToWho(at.visit);
    robot.tap("who.named");
    robot.reach("phone");
    for (const char digit : std::string("0987")) robot.tap(std::string("key.") + digit);
    robot.tap("key.hide");
    robot.reach("who.login");
    REQUIRE(at.visit.arrives("login_asking"));
    at.approve();
    robot.tap("carry_on");
    REQUIRE(at.visit.arrives("feedback_who"));
    CHECK(reportFlow(at.visit).draft().phone.reveal() == "0987");
    CHECK(reportFlow(at.visit).draft().name.reveal() == "NGUYỄN THỊ LAN");
}

TEST_CASE("A login that is over leaves the draft with its name, and what was agreed to") {
    LoginVisit at;
    auto& robot = at.visit.robot();
    draftToWho(at.visit);
    robot.tap("who.name_hidden");
    robot.reach("who.login");
    REQUIRE(at.visit.arrives("login_asking"));
    auto resident = lan(at.clock);
    at.approve(resident);
    robot.tap("carry_on");
    REQUIRE(at.visit.arrives("feedback_who"));
    const auto agreed = spoken(at.visit, "consent");
    resident->tokenEnds = at.clock.boot();
    CHECK(runUntil([&] { return !at.visit.shows("resident"); }));
    CHECK_FALSE(at.visit.kiosk().session().resident);
    CHECK(reportFlow(at.visit).draft().name.reveal() == "NGUYỄN THỊ LAN");
    CHECK(reportFlow(at.visit).resident());
    CHECK(spoken(at.visit, "consent") == agreed);
    CHECK_FALSE(at.visit.shows("who.login"));
}

TEST_CASE("No button of the bar jumps when the code comes") {
    LoginVisit at("vi", GENERATE(wxSize(1080, 1920), wxSize(1920, 1080)));
    at.visit.enter("tile.login");
    REQUIRE(at.visit.arrives("login_asking"));
    at.visit.robot().settle();
    auto& surface = at.visit.kiosk().surface();
    const auto cancel = surface.find("cancel")->rect(), call = surface.find("call")->rect();
    CHECK(cancel.y == call.y);
    at.login().become(code());
    REQUIRE(at.visit.arrives("login_code"));
    at.visit.robot().settle();
    CHECK(surface.find("cancel")->rect() == cancel);
    CHECK(surface.find("call")->rect() == call);
}

// UI.md, Session: a login that is under way on the phone holds the idle clock.
TEST_CASE("The idle clock stands while a phone has the code, and runs again afterwards") {
    LoginVisit at;
    at.openLogin();
    at.clock.advance(10min);
    at.visit.robot().settle();
    CHECK_FALSE(runUntil([&] { return at.visit.shows("countdown.stay") || at.visit.wiped(); }, 1500ms));
    at.login().become(loggingIn::Expired{});
    REQUIRE(at.visit.arrives("login_expired"));
    CHECK_FALSE(at.visit.shows("countdown.stay"));
    at.clock.advance(121s);
    CHECK(runUntil([&] { return at.visit.shows("countdown.stay"); }));
    at.clock.advance(31s);
    CHECK(runUntil([&] { return at.visit.wiped(); }));
}

TEST_CASE("Leaving a login under way lets the idle clock run again") {
    LoginVisit at;
    at.openLogin();
    at.visit.robot().tap("cancel");
    REQUIRE(at.visit.arrives("home"));
    at.clock.advance(121s);
    CHECK(runUntil([&] { return at.visit.shows("countdown.stay"); }));
}

TEST_CASE("The pretend phone is offered only where there is one") {
    LoginVisit at;
    at.openLogin();
    CHECK_FALSE(at.visit.shows("pretend_phone"));
    auto services = at.visit.kiosk().services();
    std::string opened;
    std::function<void()> nothingOpens;
    services.pretendPhone = [&](const std::string& link, std::function<void()> failed) {
        opened = link;
        nothingOpens = std::move(failed);
    };
    at.visit.kiosk().useServices(services);
    at.visit.kiosk().drawNow();
    at.visit.robot().reach("pretend_phone");
    CHECK(opened == "https://example.vn/d?code=WDJB-MJHT");
    CHECK_FALSE(at.visit.shows("login.pretend.failed"));

    nothingOpens();
    REQUIRE(runUntil([&] { return says(at.visit, "không mở được trình duyệt"); }));
    CHECK(says(at.visit, "https://example.vn/d?code=WDJB-MJHT"));
    at.visit.robot().settle();
    CHECK(at.visit.kiosk().surface().layoutFaults().empty());
    at.visit.robot().reach("pretend_phone");  // tried again: it may work now
    CHECK(runUntil([&] { return !says(at.visit, "không mở được trình duyệt"); }));

    at.visit.robot().tap("cancel");
    REQUIRE(at.visit.arrives("home"));
    nothingOpens();  // nobody is there to be told
    at.visit.robot().settle();
    CHECK(at.visit.kiosk().screen().name() == "home");
}

TEST_CASE("An opener of links that is missing, or says that it opened nothing, is noticed") {
    startWx();
    int failures = 0, wrong = 0;
    const auto failed = [&failures] { ++failures; };
    shell::openInBrowser("/nonexistent/xdg-open", "http://x", failed);
    CHECK(runUntil([&] { return failures == 1; }));
    shell::openInBrowser("false", "http://x", failed);
    CHECK(runUntil([&] { return failures == 2; }));

    const tram::test::TempDir dir;
    const auto opener = dir / "opener", seen = dir / "seen";
    std::ofstream(opener) << "#!/bin/sh\nprintf %s \"$1\" > " << seen.string() << ".new && mv "
                          << seen.string() << ".new " << seen.string() << "\n";
    std::filesystem::permissions(opener, std::filesystem::perms(0700));
    shell::openInBrowser(opener.string(), "http://x/d?code=A&b=$(c)", [&wrong] { ++wrong; });
    REQUIRE(runUntil([&] { return std::filesystem::exists(seen); }));
    CHECK(*base::readFile(seen) == "http://x/d?code=A&b=$(c)");
    shell::openInBrowser("false", "http://x", failed);  // its end comes after that of the good one
    CHECK(runUntil([&] { return failures == 3; }));
    CHECK(wrong == 0);
}

}  // namespace tram::ui::test
