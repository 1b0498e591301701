// With the largest letters on a screen that lies there is least room: what a step is about must still stand
// in sight, above the keyboard.
#include "LoginVisit.h"
#include "ui/screens/ScanScreen.h"

namespace tram::ui::test {
namespace {

using kit::Rect;

/// Whole in its scrolling page, and above whatever stands below that.
bool inSight(Visit& visit, const std::string& id) {
    visit.robot().settle();
    auto& surface = visit.kiosk().surface();
    const auto view = surface.find(id);
    return view && surface.seen(id) == view->rect();
}

/// On a screen that lies: in its right half.
bool standsBeside(Visit& visit, const std::string& id) {
    const auto& theme = visit.kiosk().theme();
    const auto view = visit.kiosk().surface().find(id);
    return theme.portrait() || (view && view->rect().x >= theme.screen().x / 3);
}

struct Large {
    Visit visit{"vi", {1920, 1080}, 200};
    Robot& robot = visit.robot();

    Large() {
        robot.tap("start");
        REQUIRE(visit.arrives("home"));
    }
    screens::FeedbackScreen& feedback() { return visit.feedback(); }
    bool inSight(const std::string& id) { return test::inSight(visit, id); }
    void toPlace() {
        robot.tap("tile.feedback");
        REQUIRE(visit.arrives("feedback_field"));
        feedback().flow().chooseField("thoat-nuoc");
        feedback().flow().setText("Nắp cống vỡ, dễ té ngã");
        REQUIRE(feedback().flow().next());
        REQUIRE(visit.arrives("feedback_place"));
    }
};

}  // namespace

TEST_CASE("home offers something to press when it is lowered, too") {
    Visit visit(GENERATE("vi", "en"), {1080, 1920}, 200);
    visit.robot().tap("start");
    REQUIRE(visit.arrives("home"));
    visit.robot().tap("lower");
    REQUIRE(runUntil([&] { return visit.kiosk().session().lowered; }));
    for (const char* id : {"tile.search", "tile.scan", "tile.feedback", "tile.dossier"}) {
        CAPTURE(id);
        CHECK(inSight(visit, id));
    }
    CHECK(visit.kiosk().surface().find("page.after")->enabled);  // and that there is more
    CHECK(visit.kiosk().surface().layoutFaults().empty());
}

TEST_CASE("home shows whole tiles and no part of one") {
    const auto percent = GENERATE(100, 125, 150, 200);
    Visit visit(GENERATE("vi", "en"), {1080, 1920}, percent);
    visit.robot().tap("start");
    REQUIRE(visit.arrives("home"));
    const bool lowered = GENERATE(false, true);
    if (lowered) visit.robot().tap("lower");
    REQUIRE(runUntil([&] { return visit.kiosk().session().lowered == lowered; }));
    visit.robot().settle();
    auto& surface = visit.kiosk().surface();
    int whole = 0;
    for (const char* id : {"tile.feedback", "tile.dossier", "tile.install", "tile.procedures", "tile.nearby",
                           "tile.news", "tile.rating", "tile.all"}) {
        CAPTURE(percent, lowered, id);
        const bool seen = inSight(visit, id);
        whole += seen;
        CHECK((seen || surface.seen(id).IsEmpty()));
    }
    CAPTURE(percent, lowered, whole);
    CHECK(whole >= (percent == 100 ? 8 : lowered ? 2 : 4));
    if (percent == 100)
        for (const char* id : {"tile.search", "tile.follow", "tile.scan", "tile.login"})
            CHECK(inSight(visit, id));
    CHECK(surface.layoutFaults().empty());
}

TEST_CASE("a receipt's code stands whole on one line") {
    const auto size = GENERATE(wxSize(1080, 1920), wxSize(1920, 1080));
    const auto percent = GENERATE(100, 125, 150, 200);
    Visit visit("vi", size, percent);
    visit.toPictures();
    auto& flow = visit.feedback().flow();
    REQUIRE(flow.next());
    flow.setDisclosure(wire::Disclosure::Anonymous);
    flow.setConsent(true, "v");
    REQUIRE(flow.next());
    flow.send();
    REQUIRE(visit.arrives("receipt"));
    auto& surface = visit.kiosk().surface();
    const auto code = surface.find("receipt.code");
    const auto line = surface.theme().type(kit::Type::Code).lineHeight;
    CAPTURE(size.x, percent, code->rect().width);
    CHECK(code->rect().height == line);
    CHECK(surface.layoutFaults() == std::vector<std::string>());
}

TEST_CASE("something to choose stands in sight on the first step") {
    Large large;
    large.robot.tap("tile.feedback");
    REQUIRE(large.visit.arrives("feedback_field"));
    large.robot.settle();
    auto& surface = large.visit.kiosk().surface();
    const auto first = large.feedback().flow().fields().fields.front().id;
    CHECK(surface.seen("field." + first).height > surface.theme().target());
}

TEST_CASE("what a ward's search finds stands above the keyboard") {
    Large large;
    large.toPlace();
    large.robot.reach("ward.search");
    large.robot.type("phuong 4 quan 3");
    CHECK(large.visit.shows("key.space"));
    CHECK(large.inSight("ward.search"));
    CHECK(large.inSight("ward." + large.visit.kiosk().services().station.wardCode));
}

TEST_CASE("why a picture was not taken is brought into sight") {
    Large large;
    large.toPlace();
    REQUIRE(large.feedback().flow().next());
    REQUIRE(large.visit.arrives("feedback_pictures"));
    large.feedback().flow().addPicture("/dev/null");
    REQUIRE(runUntil([&] { return large.visit.shows("why.picture"); }));
    CHECK(large.inSight("why.picture"));
}

// A code dies in two minutes.
TEST_CASE("a login's code stands in sight with what to do, its time, and the way to more of it") {
    const auto size = GENERATE(wxSize(1080, 1920), wxSize(1920, 1080));
    LoginVisit at(GENERATE("vi", "en"), size, 200);
    at.visit.robot().reach("tile.login");
    REQUIRE(at.visit.arrives("login_asking"));
    at.visit.robot().settle();
    const auto cancel = at.visit.kiosk().surface().find("cancel")->rect();
    for (const auto scan : {link::ScanWay::ProviderApp, link::ScanWay::PhoneBrowser}) {
        at.login().become(code(scan));
        REQUIRE(at.visit.arrives(scan == link::ScanWay::ProviderApp ? "login_app" : "login_code"));
        for (const char* id :
             {"login.first", "login.qr", "login.left", "more", "cancel", "no_vneid", "display"}) {
            CAPTURE(size.x, id);
            CHECK(inSight(at.visit, id));
        }
        CHECK(at.visit.kiosk().surface().find("cancel")->rect() == cancel);  // nothing jumped
    }
    CHECK(inSight(at.visit, "login.code"));
    at.visit.enter("more");
    CHECK(runUntil([&] { return at.seen.moreTime == 1; }));
    auto opened = code();
    opened.opened = true;
    const auto stillInSight = [&](const loggingIn::Showing& showing) {
        at.login().become(showing);
        at.visit.robot().settle();
        for (const char* id : {"login.qr", "login.left", "more"}) {
            CAPTURE(size.x, id, showing.opened);
            CHECK(inSight(at.visit, id));
        }
    };
    stillInSight(opened);
    CHECK(spoken(at.visit, "login.first") == at.visit.kiosk().tr("login.opened.now"));
    at.visit.enter("more");
    CHECK(runUntil([&] { return at.seen.moreTime == 2; }));
    stillInSight(code());
}

TEST_CASE("what can be done stands in sight however a login ends") {
    const auto size = GENERATE(wxSize(1080, 1920), wxSize(1920, 1080));
    LoginVisit at(GENERATE("vi", "en"), size, 200);
    at.openLogin();
    const base::Problem offline{base::ProblemKind::NoNetwork}, forged{base::ProblemKind::BadSignature};
    const base::Problem provider{base::ProblemKind::BadResponse, {{"detail", "provider_failed"}}};
    const identity::LoginState endings[] = {
        loggingIn::Declined{},
        loggingIn::Expired{},
        loggingIn::NotGranted{},
        loggingIn::LevelTooLow{},
        loggingIn::UnderAge{},
        loggingIn::Unreachable{offline},
        loggingIn::Failed{provider},
        loggingIn::Failed{forged},
        loggingIn::Failed{{base::ProblemKind::Forbidden}},
    };
    for (const auto& ending : endings) {
        at.login().become(ending);
        at.visit.robot().settle();
        CAPTURE(size.x, at.visit.kiosk().session().language, at.visit.kiosk().screen().name());
        CHECK(inSight(at.visit, "problem.now"));
        CHECK(standsBeside(at.visit, "problem.now"));
        CHECK(at.visit.kiosk().surface().layoutFaults().empty());
    }
}

TEST_CASE("what can be done stands beside what happened on a screen that lies, and in sight on any") {
    const auto size = GENERATE(wxSize(1080, 1920), wxSize(1920, 1080), wxSize(1366, 768));
    const auto percent = GENERATE(100, 150, 200);
    LoginVisit at("vi", size, percent);
    auto& kiosk = at.visit.kiosk();
    kiosk.open(std::make_unique<screens::ScanScreen>(kiosk, identity::HealthInsuranceCard{}));
    CAPTURE(size.x, percent);
    CHECK(inSight(at.visit, "problem.now"));
    CHECK(standsBeside(at.visit, "problem.now"));
    CHECK(kiosk.surface().layoutFaults().empty());
}

TEST_CASE("whose session it is and the time stand in the status bar however large the letters") {
    const auto size = GENERATE(wxSize(1080, 1920), wxSize(1920, 1080), wxSize(768, 1366));
    const auto percent = GENERATE(100, 200);
    LoginVisit at("vi", size, percent);
    at.visit.enter("tile.login");
    REQUIRE(at.visit.arrives("login_asking"));
    at.approve();
    CAPTURE(size.x, percent);
    for (const char* id : {"resident", "language", "clock"}) CHECK(at.visit.shows(id));
    CHECK(at.visit.kiosk().surface().layoutFaults().empty());
}

TEST_CASE("what to do at the phone's code, and its time, are in sight before anything is scrolled") {
    Visit visit("vi", {1080, 1920}, 200);
    visit.toPictures();
    visit.robot().reach("phone.pictures");
    REQUIRE(visit.arrives("feedback_phone"));
    REQUIRE(runUntil([&] { return visit.shows("phone.state"); }));
    visit.robot().settle();
    CHECK(inSight(visit, "phone.first"));
    CHECK(inSight(visit, "phone.state"));
    CHECK(visit.kiosk().surface().layoutFaults() == std::vector<std::string>{});
}

}  // namespace tram::ui::test
