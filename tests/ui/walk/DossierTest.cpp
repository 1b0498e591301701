#include <catch2/catch.hpp>

#include "Visit.h"
#include "calendar/WorkingDays.h"
#include "tests/support/FakePrinter.h"
#include "ui/screens/DossierScreen.h"

namespace tram::ui::test {

using base::ProblemKind;
using Stage = device::PrintState::Stage;

namespace {

const char* const kCode = "H29.168-261105-0042";

void toCode(Visit& visit) {
    visit.robot().tap("start");
    REQUIRE(visit.arrives("home"));
    visit.robot().tap("tile.dossier");
    REQUIRE(visit.arrives("dossier_code"));
}

void asks(Visit& visit, const std::string& typed) {
    visit.robot().type(typed);
    visit.robot().tap("ask");
}

void answersWith(Visit& visit, base::Result<wire::DossierStatus> answer) {
    auto services = visit.kiosk().services();
    services.dossier = [answer](const std::string&) { return answer; };
    visit.kiosk().useServices(services);
}

}  // namespace

TEST_CASE("A dossier's code is typed with slips, and its page says what to do now") {
    Visit visit("vi");
    toCode(visit);
    visit.robot().type("h29.168 - 26");
    visit.robot().tap("ask");  // not a whole code yet
    visit.robot().settle();
    CHECK(visit.kiosk().screen().name() == "dossier_code");
    visit.robot().tap("code");
    visit.robot().type("1105 oo42");  // the second dash is a blank
    CHECK(runUntil([&] { return says(visit, "Mã đủ rồi"); }));
    visit.robot().tap("ask");
    REQUIRE(visit.arrives("dossier_status"));
    CHECK(says(visit, kCode));
    CHECK(says(visit, "Cần bổ sung giấy tờ"));
    CHECK(says(visit, "Việc cần làm"));
    CHECK(says(visit, "Hệ thống giải quyết hồ sơ (giả lập)"));
    CHECK_FALSE(visit.shows("print"));  // this station has no printer
    visit.robot().tap("phone");
    REQUIRE(visit.arrives("dossier_phone"));
    for (const char* page : {"dossier_status", "dossier_code", "home"}) {
        visit.robot().tap("back");
        REQUIRE(visit.arrives(page));
    }
}

TEST_CASE("What is not found, and a source that does not answer, are told apart and asked again") {
    Visit visit("vi");
    toCode(visit);
    asks(visit, "H29.26-261101-9999");
    REQUIRE(visit.arrives("dossier_not_found"));
    CHECK(says(visit, "H29.26-261101-9999"));
    visit.robot().tap("another");
    REQUIRE(visit.arrives("dossier_code"));
    asks(visit, "H29.26-261101-0503");  // the demo's source is silent about this one
    REQUIRE(visit.arrives("dossier_problem"));
    CHECK(says(visit, "Hệ thống hồ sơ chưa trả lời"));
    CHECK(visit.shows("again"));
}

TEST_CASE("Offline, the way by telephone stands there and a code for a phone with a line of its own") {
    Visit visit("vi");
    toCode(visit);
    answersWith(visit, base::fail(ProblemKind::NoNetwork));
    visit.kiosk().open(std::make_unique<screens::DossierScreen>(visit.kiosk(), kCode));
    REQUIRE(visit.arrives("dossier_problem"));
    CHECK(says(visit, "Gọi 1022"));
}

TEST_CASE("A state that only its source knows is shown in the source's words, whatever marks are in them") {
    Visit visit("vi");
    toCode(visit);
    wire::DossierStatus odd{.code = kCode,
                            .procedure = "**Thủ tục**",
                            .said = "Chuyển **thuế**",
                            .source = "x",
                            .asOf = "2026-11-30T08:00:00+07:00"};
    answersWith(visit, odd);
    visit.kiosk().open(std::make_unique<screens::DossierScreen>(visit.kiosk(), kCode));
    REQUIRE(visit.arrives("dossier_status"));
    CHECK(says(visit, "**Thủ tục**"));
    CHECK(visit.kiosk().surface().layoutFaults().empty());
}

TEST_CASE("Only the promised day itself is called today, and the free days after it are not late") {
    const int daysAgo = GENERATE(0, 1);
    Visit visit("vi");
    toCode(visit);
    const auto promised = calendar::dayInCity(base::SystemClock().wall()) - std::chrono::days(daysAgo);
    wire::DossierStatus status{.code = kCode,
                               .procedure = "Đăng ký khai sinh",
                               .state = wire::DossierState::InProgress,
                               .promised = calendar::toText(promised),
                               .workingDays = 0,
                               .source = "x",
                               .asOf = "2026-11-30T08:00:00+07:00"};
    answersWith(visit, status);
    visit.kiosk().open(std::make_unique<screens::DossierScreen>(visit.kiosk(), kCode));
    REQUIRE(visit.arrives("dossier_status"));
    CHECK(says(visit, "hẹn hôm nay") == (daysAgo == 0));
    CHECK_FALSE(says(visit, "trễ"));
}

TEST_CASE("The list of one's own dossiers asks for a login first") {
    Visit visit("vi");
    toCode(visit);
    visit.robot().tap("mine");
    REQUIRE(visit.arrives("my_dossiers_login"));
    visit.robot().tap("login");
    CHECK(visit.arrives("login_code"));
}

TEST_CASE("A dossier goes on paper, and what the printer says stands on the screen") {
    Visit visit("vi");
    toCode(visit);
    auto printer = std::make_shared<tram::test::FakePrinter>();
    auto services = visit.kiosk().services();
    services.printer = printer;
    visit.kiosk().useServices(services);
    asks(visit, kCode);
    REQUIRE(visit.arrives("dossier_status"));
    visit.robot().tap("print");
    REQUIRE(visit.arrives("print_under_way"));
    REQUIRE(runUntil([&] { return printer->asked() == 1; }));
    printer->tell(Stage::Spooled, ProblemKind::PrinterPaperOut);
    REQUIRE(visit.arrives("print_trouble"));
    CHECK(says(visit, "Máy in hết giấy"));
    CHECK_FALSE(visit.shows("again"));  // it goes on by itself once there is paper
    printer->tell(Stage::Done);
    REQUIRE(visit.arrives("print_done"));
    visit.robot().tap("again");
    REQUIRE(visit.arrives("print_under_way"));
    CHECK(printer->asked() == 2);
    printer->tell(Stage::Failed, ProblemKind::PrinterOffline);
    REQUIRE(visit.arrives("print_trouble"));
    CHECK_FALSE(visit.shows("again"));
    visit.robot().tap("done");
    REQUIRE(visit.arrives("dossier_status"));
    CHECK(printer->page().empty());  // nothing of it is kept
}

}  // namespace tram::ui::test
