#include <fstream>

#include "LoginVisit.h"
#include "TempDir.h"
#include "ui/screens/LoginScreen.h"
#include "ui/shell/Describe.h"

namespace tram::ui::test {

TEST_CASE("Bystanders see a given name at most, files none") {
    LoginVisit at;
    at.openLogin();
    CHECK_FALSE(at.visit.shows("resident"));
    at.approve();
    CHECK(at.visit.shows("resident"));
    const tram::test::TempDir dir;
    const auto file = dir / "page.json";
    shell::describe(at.visit.kiosk(), file, {"1"});
    std::ifstream page(file);
    const std::string told{std::istreambuf_iterator<char>(page), {}};
    CHECK(told.find("\"resident\"") != std::string::npos);
    CHECK(told.find("LAN") == std::string::npos);

    identity::ResidentSession resident;
    resident.name = base::SecretText("Nguyễn Thị Lan");
    CHECK(screens::shortName(resident) == "Lan");
    resident.name = base::SecretText("  SMITH  JOHN MICHAEL ");
    resident.foreigner = true;
    CHECK(screens::shortName(resident) == "S.J.M.");
    resident.name = base::SecretText("");
    CHECK(screens::shortName(resident).empty());
}

TEST_CASE("My reports, with state and source, none, or why not") {
    LoginVisit at;
    at.reports = link::MyReports{{{"K7M3Q9X2TW", "thoat-nuoc", "27154", wire::FeedbackState::InProgress,
                                   "2026-11-20T08:00:00+07:00", "2026-11-21T08:00:00+07:00"}},
                                 "1022_demo",
                                 "2026-11-21T09:00:00+07:00"};
    at.openLogin();
    at.approve();
    at.visit.robot().tap("reports");
    REQUIRE(at.visit.arrives("my_reports"));
    CHECK(at.tokenAsked == "a-token");
    const auto row = spoken(at.visit, "report.K7M3Q9X2TW");
    CHECK(row == "Thoát nước – nắp cống. Đang xử lý. K7M-3Q9-X2T-W · gửi ngày 20/11/2026");
    CHECK(says(at.visit, "1022 (trình diễn) · cập nhật 09:00, 21/11/2026"));
    at.visit.robot().tap("report.K7M3Q9X2TW");
    REQUIRE(at.visit.arrives("follow_not_arrived"));  // the real gateway knows no such report
    at.visit.robot().tap("back");
    REQUIRE(at.visit.arrives("my_reports"));

    at.reports = link::MyReports{};
    at.visit.robot().tap("again");
    REQUIRE(at.visit.arrives("my_reports_none"));
    at.visit.robot().tap("back");
    REQUIRE(at.visit.arrives("home"));
    at.reports = base::fail(base::ProblemKind::NoNetwork);
    at.visit.robot().reach("tile.mine");
    REQUIRE(at.visit.arrives("mine"));
    at.visit.robot().reach("part.reports");
    REQUIRE(at.visit.arrives("my_reports_problem"));
    CHECK(says(at.visit, "Thử lại sau ít phút."));  // the chip says that there is a network
    CHECK(at.visit.shows("resident"));
    at.reports = base::fail(base::ProblemKind::Unauthorized);
    at.visit.robot().tap("again");
    REQUIRE(at.visit.arrives("my_reports_over"));
    CHECK_FALSE(at.visit.shows("resident"));
    CHECK_FALSE(at.visit.kiosk().session().resident);
    const auto rect = [&](const char* id) { return at.visit.kiosk().surface().find(id)->rect(); };
    CHECK(rect("login").y == rect("back").y);  // one line

    at.visit.robot().tap("login");
    REQUIRE(at.visit.arrives("login_asking"));
    at.reports = link::MyReports{};
    at.approve();
    at.visit.robot().tap("carry_on");
    CHECK(at.visit.arrives("my_reports_none"));
}

TEST_CASE("One of my reports whose answer only its receipt opens") {
    LoginVisit at;
    at.reports = link::MyReports{{{"K7M3Q9X2TW", "thoat-nuoc", "27154", wire::FeedbackState::Answered,
                                   "2026-11-20T08:00:00+07:00", ""}},
                                 "1022_demo",
                                 ""};
    auto services = at.visit.kiosk().services();
    services.status = [](const std::string& code, const base::SecretText& secret) {
        CHECK(secret.empty());
        wire::FeedbackStatus status;
        status.trackingCode = code;
        status.state = wire::FeedbackState::Answered;
        return base::Result<wire::FeedbackStatus>(std::move(status));
    };
    at.visit.kiosk().useServices(services);
    at.openLogin();
    at.approve();
    at.visit.robot().tap("reports");
    REQUIRE(at.visit.arrives("my_reports"));
    at.visit.robot().tap("report.K7M3Q9X2TW");
    REQUIRE(at.visit.arrives("follow_status"));
    CHECK(says(at.visit, "Phản ánh của tôi"));
    CHECK(says(at.visit, "Mất biên nhận: hỏi quầy hướng dẫn, hoặc gọi 1022."));
}

TEST_CASE("With its token a login is over: its name and its reports leave the screen") {
    LoginVisit at;
    at.reports = link::MyReports{
        {{"K7M3Q9X2TW", "thoat-nuoc", "27154", wire::FeedbackState::Answered, "", ""}}, "", ""};
    at.openLogin();
    auto resident = lan(at.clock);
    at.approve(resident);
    at.visit.robot().tap("reports");
    REQUIRE(at.visit.arrives("my_reports"));
    CHECK(at.visit.shows("resident"));
    // The clock is not put on for it: the countdown would take the next press.
    resident->tokenEnds = at.clock.boot();
    REQUIRE(at.visit.arrives("my_reports_over"));
    CHECK_FALSE(at.visit.shows("resident"));
    at.visit.robot().tap("back");
    REQUIRE(at.visit.arrives("home"));
    CHECK(at.visit.shows("tile.login"));
}

TEST_CASE("A token that is over is not even sent") {
    LoginVisit at;
    at.openLogin();
    // The clock is not put on for it: the countdown would take the next press.
    auto resident = lan(at.clock);
    resident->tokenEnds = at.clock.boot();
    at.approve(resident);
    at.visit.robot().tap("reports");
    REQUIRE(at.visit.arrives("my_reports_over"));
    CHECK(at.tokenAsked.empty());
}

// EN 301 549, STANDARDS 18: each flow can be finished with the keyboard alone.
TEST_CASE("Logging in and looking at one's reports with the keyboard alone") {
    LoginVisit at;
    auto& robot = at.visit.robot();
    const auto enter = [&](const std::string& id) {
        robot.tabTo(id);
        robot.key(WXK_RETURN);
    };
    enter("tile.login");
    REQUIRE(at.visit.arrives("login_asking"));
    at.login().become(code());
    REQUIRE(at.visit.arrives("login_code"));
    robot.tabTo("more");
    at.login().onTick();  // the page is drawn anew each second
    robot.settle();
    CHECK(at.visit.kiosk().surface().focused() == "more");
    enter("no_vneid");
    REQUIRE(at.visit.arrives("login_no_vneid"));
    enter("back");
    REQUIRE(at.visit.arrives("login_code"));
    at.approve();
    enter("carry_on");
    REQUIRE(at.visit.arrives("home"));
    enter("tile.mine");
    REQUIRE(at.visit.arrives("mine"));
    enter("part.reports");
    REQUIRE(at.visit.arrives("my_reports_none"));
    enter("end");
    CHECK(runUntil([&] { return at.visit.wiped(); }));
}

}  // namespace tram::ui::test
