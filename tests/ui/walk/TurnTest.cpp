#include <catch2/catch.hpp>

#include "Visit.h"
#include "tests/support/FakePrinter.h"
#include "ui/screens/AppointmentScreen.h"
#include "ui/screens/TurnScreen.h"
#include "ui/screens/WatchScreen.h"

namespace tram::ui::test {

using base::ProblemKind;

namespace {

void toProcedure(Visit& visit, const std::string& words, const std::string& id) {
    beginInCity(visit);
    visit.robot().tap("tile.search");
    REQUIRE(visit.arrives("city_search"));
    visit.robot().type(words);
    REQUIRE(runUntil([&] { return visit.shows("entry.procedure." + id); }));
    visit.robot().tap("entry.procedure." + id);
    REQUIRE(visit.arrives("city_entry"));
}

screens::TurnErrand errand() {
    return {"27154", "khai-sinh", "", "Đăng ký khai sinh"};
}

}  // namespace

TEST_CASE("From a procedure's page a number is taken in two taps, and the same desk gives no second one") {
    Visit visit("vi");
    toProcedure(visit, "khai sinh", "khai-sinh");
    CHECK(visit.shows("any_ward"));
    CHECK(visit.shows("code.apply"));
    REQUIRE(runUntil([&] { return visit.shows("turn"); }));
    visit.robot().tap("turn");
    REQUIRE(visit.arrives("turn_desks"));
    CHECK_FALSE(visit.shows("desk.dat-dai"));
    visit.robot().tap("desk.ho-tich");
    REQUIRE(visit.arrives("turn_ticket"));
    const auto number = spoken(visit, "ticket.number");
    CHECK(number.starts_with("A"));
    CHECK(visit.shows("ticket.phone"));
    CHECK(visit.kiosk().session().tickets.size() == 1);
    visit.robot().tap("back");
    REQUIRE(visit.arrives("turn_desks"));
    visit.robot().tap("desk.ho-tich");
    REQUIRE(visit.arrives("turn_ticket"));
    CHECK(spoken(visit, "ticket.number") == number);
    CHECK(says(visit, "mỗi quầy một số"));
}

TEST_CASE("A number goes on paper, with its code for a phone") {
    Visit visit("vi");
    beginInCity(visit);
    auto printer = std::make_shared<tram::test::FakePrinter>();
    auto services = visit.kiosk().services();
    services.printer = printer;
    visit.kiosk().useServices(services);
    visit.kiosk().open(std::make_unique<screens::TurnScreen>(visit.kiosk(), errand()));
    REQUIRE(visit.arrives("turn_desks"));
    visit.robot().tap("desk.ho-tich");
    REQUIRE(visit.arrives("turn_ticket"));
    REQUIRE(visit.shows("print"));
    visit.robot().tap("print");
    REQUIRE(runUntil([&] { return printer->asked() == 1; }));
    CHECK_FALSE(printer->page().empty());
    printer->tell(device::PrintState::Stage::Done);
    CHECK(visit.arrives("print_done"));
    visit.robot().tap("back");
    CHECK(visit.arrives("turn_ticket"));
}

TEST_CASE("A desk without numbers offers a day, and the day is kept without a line") {
    Visit visit("vi");
    beginInCity(visit);
    auto other = errand();
    other.procedure = "khuyet-tat";
    visit.kiosk().open(std::make_unique<screens::TurnScreen>(visit.kiosk(), other));
    REQUIRE(visit.arrives("turn_desks"));
    visit.robot().tap("desk.xa-hoi");
    REQUIRE(visit.arrives("turn_none"));
    CHECK(says(visit, "Hết số hôm nay"));
    auto services = visit.kiosk().services();
    services.turns = [](const std::string&) { return base::fail(ProblemKind::NoNetwork); };
    visit.kiosk().useServices(services);
    visit.robot().tap("appointment");
    REQUIRE(visit.arrives("appointment_day"));
    auto& flow = static_cast<screens::AppointmentScreen&>(visit.kiosk().screen()).flow();
    REQUIRE(runUntil([&] { return !flow.isAsking(); }));
    CHECK(says(visit, "Chưa hỏi được quầy"));
    visit.robot().tap("next");
    CHECK(says(visit, "Chọn một ngày."));
    visit.robot().tap("day." + flow.days().front().day);
    visit.robot().tap("next");
    REQUIRE(visit.arrives("appointment_half"));
    visit.robot().tap("half.morning");
    visit.robot().tap("next");
    REQUIRE(visit.arrives("appointment_who"));
    visit.robot().tap("name");
    visit.robot().type("Lan");
    visit.robot().tap("phone");
    visit.robot().type("0901234567");
    visit.robot().tap("consent");
    visit.robot().tap("next");
    REQUIRE(visit.arrives("appointment_check"));
    visit.robot().tap("send");
    REQUIRE(visit.arrives("appointment_receipt"));
    CHECK(visit.shows("receipt.code"));
    CHECK(visit.outboxBytes().find("0901234567") == std::string::npos);
    REQUIRE(runUntil([&] { return flow.receipt()->gatewayAt.has_value(); }, std::chrono::seconds(20)));
}

TEST_CASE("A number is also taken from the list of procedures, at any desk") {
    Visit visit("vi");
    beginInCity(visit);
    visit.robot().tap("tile.procedures");
    REQUIRE(runUntil([&] { return visit.shows("turn"); }));
    visit.robot().tap("turn");
    REQUIRE(visit.arrives("turn_desks"));
    CHECK(visit.shows("desk.dat-dai"));
    visit.robot().tap("desk.ho-tich");
    REQUIRE(visit.arrives("turn_ticket"));
    CHECK(visit.kiosk().session().tickets.size() == 1);
}

TEST_CASE("Whoever searches for a number or an appointment is led to what it is for") {
    Visit visit("vi");
    beginInCity(visit);
    visit.robot().tap("tile.search");
    REQUIRE(visit.arrives("city_search"));
    for (const char* typed : {"lay so", "lich hen", "so thu tu"}) {
        CAPTURE(typed);
        visit.robot().type(typed);
        CHECK(runUntil([&] { return visit.shows("found.turn"); }));
        for (std::size_t i = 0; typed[i]; ++i) visit.robot().key(WXK_BACK);
        CHECK(runUntil([&] { return !visit.shows("found.turn"); }));
    }
    visit.robot().type("lay so");
    REQUIRE(runUntil([&] { return visit.shows("found.turn"); }));
    visit.robot().tap("found.turn");
    CHECK(visit.arrives("city_list"));
}

TEST_CASE("Without a line a number cannot be taken, and the page says what can be done") {
    Visit visit("vi");
    beginInCity(visit);
    auto services = visit.kiosk().services();
    services.turns = [](const std::string&) { return base::fail(ProblemKind::NoNetwork); };
    visit.kiosk().useServices(services);
    visit.kiosk().open(std::make_unique<screens::TurnScreen>(visit.kiosk(), errand()));
    REQUIRE(visit.arrives("turn_problem"));
    CHECK(says(visit, "Chưa lấy số nào."));
    CHECK(visit.shows("appointment"));
    CHECK(visit.shows("again"));
}

TEST_CASE("A dossier's page offers messages where the gateway does, and needs a number and consent") {
    Visit visit("vi");
    visit.robot().tap("start");
    REQUIRE(visit.arrives("home"));
    visit.robot().tap("tile.dossier");
    REQUIRE(visit.arrives("dossier_code"));
    visit.robot().type("H29.168-261105-0042");
    visit.robot().tap("ask");
    REQUIRE(visit.arrives("dossier_status"));
    REQUIRE(visit.shows("watch"));
    visit.robot().tap("watch");
    REQUIRE(visit.arrives("watch"));
    visit.robot().type("0901234567");
    visit.robot().tap("send");
    CHECK(says(visit, "Đánh dấu vào ô đồng ý"));
    visit.robot().tap("consent");
    visit.robot().tap("send");
    REQUIRE(visit.arrives("watch_done"));
    CHECK(visit.city().logs().find("0901234567") == std::string::npos);
    visit.robot().tap("back.to");
    CHECK(visit.arrives("dossier_status"));
}

}  // namespace tram::ui::test
