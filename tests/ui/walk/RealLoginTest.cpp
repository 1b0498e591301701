#include "LoginVisit.h"
#include "PretendPhone.h"

namespace tram::ui::test {
namespace {

using namespace std::chrono_literals;
using tram::test::PretendPhone;

/// The gateway wants five seconds between questions.
constexpr auto kSoon = 20s;

std::string openLogin(Visit& visit) {
    visit.robot().reach("tile.login");
    REQUIRE(visit.arrives("login_code", kSoon));
    return spoken(visit, "login.code");
}

int askedForReports(Visit& visit, const std::string& token) {
    return visit.city()
        .send({.path = "/v1/me/reports", .headers = {{"Authorization", "Bearer " + token}}})
        .status;
}

void sendReport(Visit& visit) {
    auto& robot = visit.robot();
    visit.typeReport();
    robot.tap("next");
    REQUIRE(visit.arrives("feedback_who"));
    robot.tap("who.name_hidden");
    const auto& draft = visit.feedback().flow().draft();
    CHECK(draft.name.reveal() == "Trần Thị Ngọc Lan");
    CHECK(draft.phone.reveal() == "0900000101");
    CHECK(says(visit, visit.kiosk().tr("feedback.who.filled")));
    identity::Scanned card =
        identity::readScanned("079185000001|024000001|Nguyễn Thị Thử Nghiệm|12031985|Nữ|1 Đường Thử|01062021",
                              *identity::ScanRules::make({}), visit.kiosk().services().clock.wall());
    REQUIRE(visit.feedback().scanned(card));
    REQUIRE(visit.arrives("scan_citizen_card"));
    robot.tap("use");
    REQUIRE(visit.arrives("feedback_who"));
    CHECK(draft.name.reveal() == "Nguyễn Thị Thử Nghiệm");
    CHECK(says(visit, visit.kiosk().tr("feedback.who.filled.other")));
    robot.reach("consent");
    robot.tap("next");
    REQUIRE(visit.arrives("feedback_check"));
    robot.tap("send");
    REQUIRE(visit.arrives("receipt"));
}

}  // namespace

TEST_CASE("With the real gateway: approved on a phone, a report is one's own, and the end revokes") {
    Visit visit("vi");
    auto& robot = visit.robot();
    robot.tap("start");
    REQUIRE(visit.arrives("home"));
    const auto code = openLogin(visit);
    PretendPhone phone(visit.city());
    REQUIRE(phone.logIn(code, "lan").status == 200);
    REQUIRE(visit.arrives("login_approved", kSoon));
    CHECK(says(visit, "Trần Thị Ngọc Lan"));
    robot.tap("carry_on");
    REQUIRE(visit.arrives("home"));
    CHECK(visit.shows("resident"));
    sendReport(visit);
    const auto& flow = visit.feedback().flow();
    const auto mine = flow.receipt()->code;
    REQUIRE(runUntil([&] { return flow.receipt()->gatewayAt.has_value(); }));

    visit.kiosk().home();
    REQUIRE(visit.arrives("home"));
    robot.reach("tile.mine");
    REQUIRE(visit.arrives("mine"));
    robot.reach("part.reports");
    REQUIRE(visit.arrives("my_reports"));
    CHECK(visit.shows("report." + mine.symbols()));

    const std::string token(visit.kiosk().session().resident->accessToken.reveal());
    CHECK(askedForReports(visit, token) == 200);
    robot.tap("end");
    REQUIRE(runUntil([&] { return visit.wiped(); }));
    visit.nextResident();
    CHECK_FALSE(visit.shows("resident"));
    CHECK(runUntil([&] { return askedForReports(visit, token) == 401; }));
    CHECK(visit.city().contractFaults().empty());
}

TEST_CASE("With the real gateway: every way a phone can end a login") {
    Visit visit("vi");
    auto& robot = visit.robot();
    robot.tap("start");
    REQUIRE(visit.arrives("home"));
    struct Ending {
        const char* person;
        const char* screen;
    };
    for (const Ending& ending : {Ending{"phuc", "login_level_too_low"}, Ending{"duc", "login_not_granted"},
                                 Ending{"an", "login_under_age"}, Ending{"", "login_declined"}}) {
        CAPTURE(ending.screen);
        const auto code = openLogin(visit);
        PretendPhone phone(visit.city());
        if (*ending.person)
            phone.logIn(code, ending.person);
        else
            phone.decline(code);
        REQUIRE(visit.arrives(ending.screen, kSoon));
        CHECK_FALSE(visit.kiosk().session().resident);
        robot.reach("without");
        REQUIRE(visit.arrives("home"));
    }
    const auto code = openLogin(visit);
    robot.tap("cancel");
    REQUIRE(visit.arrives("home"));
    // The phone can no longer complete what was cancelled: the code is not known any more.
    CHECK(runUntil([&] {
        PretendPhone late(visit.city());
        return late.get("/d?code=" + code).body.find("csrf") == std::string::npos;
    }));

    openLogin(visit);
    PretendPhone foreigner(visit.city());
    foreigner.logIn(spoken(visit, "login.code"), "marie");
    REQUIRE(visit.arrives("login_approved", kSoon));
    CHECK(says(visit, "Marie Dubois"));
}

}  // namespace tram::ui::test
