#include <atomic>
#include <catch2/catch.hpp>

#include "LoginVisit.h"
#include "ScanVisit.h"

namespace tram::ui::test {

TEST_CASE("A hand scanner leads on from any page, and writes into no field") {
    ScanVisit at;
    at.handScan("K7M3Q9X2TW");
    REQUIRE(at.visit.arrives("follow_not_arrived"));
    at.visit.robot().tap("back");
    REQUIRE(at.visit.arrives("home"));
    at.toTextOfReport();
    at.visit.robot().type("nuwowcs");
    at.handScan("h29.25-260310-0420");
    REQUIRE(at.visit.arrives("dossier_status"));
    at.visit.robot().tap("back");
    REQUIRE(at.visit.arrives("feedback_text"));
    CHECK(at.flow().draft().text.reveal() == "nước");
}

TEST_CASE("A queue's ticket opens how its number stands now, and one that is old says so") {
    ScanVisit at;
    auto services = at.visit.kiosk().services();
    base::Result<wire::TurnTicket> answer = wire::TurnTicket();
    answer->number = "A012";
    answer->desk = "Desk 1";
    answer->ahead = 4;
    answer->source = "Queue";
    answer->asOf = "2026-11-21T09:00:00+07:00";
    std::string asked;
    services.turn = [&](const std::string& id) {
        asked = id;
        return answer;
    };
    const std::string id = "0193a5c0-7b1e-7c3a-9f00-123456789abc";
    services.readScanned = [&](std::string_view) -> identity::Scanned { return identity::TurnNumber{id}; };
    at.visit.kiosk().useServices(services);
    at.handScan("1234567890123");
    REQUIRE(at.visit.arrives("number"));
    CHECK(asked == id);
    CHECK(spoken(at.visit, "ticket.number") == "A012");
    CHECK(says(at.visit, "Còn 4 người trước"));
    answer->over = true;
    at.visit.robot().tap("again");
    CHECK(runUntil([&] { return says(at.visit, "Số này đã qua"); }));
    answer = base::fail(base::ProblemKind::NotFound);
    at.visit.robot().tap("again");
    REQUIRE(at.visit.arrives("number_problem"));
    CHECK(says(at.visit, "Không có số này"));
    at.visit.robot().tap("back");
    CHECK(at.visit.arrives("home"));
}

TEST_CASE("Staff are called once the question is answered, not by the press alone") {
    ScanVisit at;
    auto services = at.visit.kiosk().services();
    std::atomic<int> called = 0;
    services.callOfficer = [&]() -> base::Result<void> {
        ++called;
        return {};
    };
    at.visit.kiosk().useServices(services);
    at.visit.robot().reach("call");
    REQUIRE(at.visit.arrives("call"));
    at.visit.robot().tap("back");
    REQUIRE(at.visit.arrives("home"));
    CHECK(called == 0);
    at.visit.robot().reach("call");
    REQUIRE(at.visit.arrives("call"));
    at.visit.robot().tap("confirm");
    CHECK(runUntil([&] { return at.visit.shows("done"); }));
    CHECK(called == 1);
}

TEST_CASE("A card scanned over a report's pages is for that report, and begins no second one") {
    ScanVisit at;
    at.toTextOfReport();
    at.visit.robot().tap("display");
    REQUIRE(at.visit.arrives("display"));
    at.handScan(kPlainCard);
    REQUIRE(at.visit.arrives("scan_citizen_card"));
    at.visit.robot().tap("use");
    REQUIRE(at.visit.arrives("feedback_text"));

    // Another thing read lies over it, and then the card again.
    at.handScan("h29.25-260310-0420");
    REQUIRE(at.visit.arrives("dossier_status"));
    at.handScan(kPlainCard);
    REQUIRE(at.visit.arrives("scan_citizen_card"));
    at.visit.robot().tap("use");
    REQUIRE(at.visit.arrives("feedback_text"));
    at.onToWho();
    at.visit.robot().tap("who.named");
    CHECK(at.flow().draft().name.reveal() == "Nguyen Thi Lan");
    for (const char* page :
         {"feedback_pictures", "feedback_place", "feedback_text", "feedback_field", "home"}) {
        at.visit.robot().tap("back");
        REQUIRE(at.visit.arrives(page));
    }
}

TEST_CASE("What was typed is there before the press that follows it on its heels") {
    ScanVisit at;
    at.toTextOfReport();
    at.visit.robot().type("nuwowcs ngaap");
    wxKeyEvent last(wxEVT_KEY_DOWN);
    last.m_keyCode = 'J';
    last.m_rawCode = 'j';
    auto& surface = at.visit.kiosk().surface();
    surface.HandleWindowEvent(last);
    CHECK(surface.holdsKeys());
    wxMouseEvent press(wxEVT_LEFT_DOWN);
    press.SetPosition({1, 1});
    surface.HandleWindowEvent(press);
    CHECK_FALSE(surface.holdsKeys());
    CHECK(at.flow().draft().text.reveal() == "nước ngập");
}

TEST_CASE("A hand scanner wakes a kiosk at rest") {
    Visit visit("vi");
    scanByHand(visit, "h29.25-260310-0420");
    REQUIRE(visit.arrives("dossier_status"));
    visit.robot().tap("back");
    CHECK(visit.arrives("home"));
}

TEST_CASE("A scan that is too long for anything says so, and its tail is neither text nor another") {
    ScanVisit at;
    at.toTextOfReport();
    at.visit.robot().type("nuwowcs");
    std::string text;
    while (text.size() < 4500) text += "0123456789|abc";
    at.handScan(text + "K7M3Q9X2TW");
    REQUIRE(at.visit.arrives("scan_unknown"));
    at.visit.robot().tap("back");
    REQUIRE(at.visit.arrives("feedback_text"));
    CHECK(at.flow().draft().text.reveal() == "nước");
    at.handScan("h29.25-260310-0420");
    CHECK(at.visit.arrives("dossier_status"));
}

TEST_CASE("The rest of a scan that began in the session before wakes nobody and is no text") {
    Visit visit("vi");
    visit.robot().look();
    // To the fresh process a scanner types on, from before its first page can be seen.
    typeFast(visit, "|Nu|12 Nguyen Trai|10052021\rK7M3Q9X2TW\r",
             visit.kiosk().surface().takesFrom() - kit::Moment(50));
    visit.robot().settle();
    CHECK(visit.kiosk().screen().name() == "attract");
}

TEST_CASE("A scan that a press tears is text in no field, and what is left of it is no other scan") {
    ScanVisit at;
    at.toTextOfReport();
    at.visit.robot().look();
    const auto began = kit::monotonicNow() - kit::Moment(150);
    typeFast(at.visit, "h29.25-26", began);
    wxMouseEvent press(wxEVT_LEFT_DOWN);
    press.SetPosition({1, 1});
    at.visit.kiosk().surface().HandleWindowEvent(press);
    typeFast(at.visit, "0310-0420\r", began + kit::Moment(45));
    at.visit.robot().settle();
    CHECK(at.visit.kiosk().screen().name() == "feedback_text");
    CHECK(at.flow().draft().text.reveal().empty());
}

TEST_CASE("A scan whose beginning may be missing asks for another, whatever its rest looks like") {
    ScanVisit at;
    at.toTextOfReport();
    at.visit.robot().look();
    wxMouseEvent press(wxEVT_LEFT_DOWN);
    press.SetPosition({1, 1});
    at.visit.kiosk().surface().HandleWindowEvent(press);
    typeFast(at.visit, "h29.25-260310-0420\r", kit::monotonicNow());
    REQUIRE(at.visit.arrives("scan_unknown"));
    at.visit.robot().tap("back");
    REQUIRE(at.visit.arrives("feedback_text"));
    CHECK(at.flow().draft().text.empty());
    at.handScan("h29.25-260310-0420");
    CHECK(at.visit.arrives("dossier_status"));
}

TEST_CASE("A card scanned while a login lies over a report is for the report, and the login goes on") {
    LoginVisit at;
    draftToWho(at.visit);
    auto& flow = at.visit.feedback().flow();
    at.visit.robot().tap("who.named");
    at.visit.robot().reach("who.login");
    REQUIRE(at.visit.arrives("login_asking"));
    at.login().become(code());
    REQUIRE(at.visit.arrives("login_code"));
    at.visit.robot().tap("display");  // it lies over the login, and goes
    REQUIRE(at.visit.arrives("display"));
    scanByHand(at.visit, kPlainCard);
    REQUIRE(at.visit.arrives("scan_citizen_card"));
    CHECK(at.seen.cancelled == 0);
    at.visit.robot().tap("use");
    REQUIRE(at.visit.arrives("login_code"));
    CHECK(flow.draft().name.reveal() == "Nguyen Thi Lan");
    SECTION("approved, it binds the report and leaves the card's name") {
        at.approve();
        at.visit.robot().tap("carry_on");
        REQUIRE(at.visit.arrives("feedback_who"));
        CHECK(flow.draft().name.reveal() == "Nguyen Thi Lan");
        CHECK(flow.resident());
    }
    SECTION("over, it is in nobody's way") {
        at.login().become(loggingIn::Declined{});
        REQUIRE(at.visit.arrives("login_declined"));
        scanByHand(at.visit, kPlainCard);
        REQUIRE(at.visit.arrives("scan_citizen_card"));
        at.visit.robot().tap("use");
        CHECK(at.visit.arrives("feedback_who"));
    }
}

}  // namespace tram::ui::test
