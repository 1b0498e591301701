#include <catch2/catch.hpp>

#include "LoginVisit.h"
#include "Visit.h"
#include "base/TrackingCode.h"

namespace tram::ui::test {
namespace {

using namespace std::chrono_literals;

const feedback::FeedbackFlow& flowOf(Visit& visit) {
    return visit.feedback().flow();
}

void toHome(Visit& visit) {
    visit.robot().tap("start");
    REQUIRE(visit.arrives("home"));
}

void toText(Visit& visit) {
    visit.robot().tap("tile.feedback");
    REQUIRE(visit.arrives("feedback_field"));
    visit.robot().tap("field.thoat-nuoc");
    REQUIRE(visit.arrives("feedback_text"));
}

/// Steps one to three: a field, a text typed as Telex people type it, this ward and an address.
void tellWhatAndWhere(Visit& visit) {
    auto& robot = visit.robot();
    toText(visit);
    if (visit.kiosk().session().language == "en") robot.tap("key.method");
    robot.type("nawps coongs vowx, ");
    for (const char* key : {"key.n", "key.g", "key.ư", "key.ơ", "key.i", "key.tone.huyen"}) robot.tap(key);
    robot.type(" tes ngax");
    robot.tap("next");
    REQUIRE(visit.arrives("feedback_place"));
    robot.tap("address");
    robot.type("12 Nguyeenx Thieenj Thuaatj");
    robot.tap("next");
    REQUIRE(visit.arrives("feedback_pictures"));
}

void addPicture(Visit& visit) {
    REQUIRE(runUntil([&] { return visit.shows("sample.0"); }));
    auto& robot = visit.robot();
    robot.reach("sample.0");
    REQUIRE(runUntil([&] { return flowOf(visit).draft().pictures.size() == 1; }, 20s));
    robot.settle();
    robot.press(visit.kiosk().surface().centreOf("sample.0"));  // it is there: once is enough
    robot.release();
    CHECK(flowOf(visit).pictureBusy() == 0);
    CHECK(flowOf(visit).draft().pictures.size() == 1);
    robot.tap("next");
    REQUIRE(visit.arrives("feedback_who"));
}

void tellWho(Visit& visit) {
    auto& robot = visit.robot();
    robot.tap("who.name_hidden");
    robot.tap("name");
    robot.type("Nguyeenx Thij Lan");
    robot.tap("key.hide");
    robot.reach("phone");
    for (const char digit : std::string("0901234567")) robot.tap(std::string("key.") + digit);
    robot.tap("key.hide");
    CHECK_FALSE(flowOf(visit).draft().consent);  // never ticked beforehand
    robot.reach("consent");
    robot.tap("next");
    REQUIRE(visit.arrives("feedback_check"));
}

void sendAndFollow(Visit& visit) {
    visit.robot().tap("send");
    REQUIRE(visit.arrives("receipt"));
    visit.robot().tap("end");  // the second tap of a double tap on Gửi
    CHECK_FALSE(visit.wiped());
    const auto& flow = flowOf(visit);
    const std::string code = flow.receipt()->code.symbols();
    REQUIRE(runUntil([&] { return flow.receipt()->gatewayAt.has_value(); }, 20s));
    REQUIRE(runUntil(
        [&] {
            const auto& status = flow.receipt()->status;
            return status && status->opened && !status->opened->answer.empty();
        },
        60s));

    const auto answer = visit.city().send({.path = "/v1/feedback/" + code});
    CHECK(answer.status == 200);
    CHECK(answer.body.find("Lan") == std::string::npos);  // the code alone tells only the state

    visit.robot().tap("home");
    REQUIRE(visit.arrives("home"));
    visit.robot().tap("tile.follow");
    REQUIRE(visit.arrives("follow_code"));
    visit.robot().type(code);
    visit.robot().tap("ask");
    CHECK(visit.arrives("follow_status"));
}

void wholeWalk(const std::string& language) {
    Visit visit(language);
    toHome(visit);
    tellWhatAndWhere(visit);
    CHECK(flowOf(visit).draft().text.reveal() == "nắp cống vỡ, người té ngã");
    CHECK(flowOf(visit).draft().address.reveal() == "12 Nguyễn Thiện Thuật");
    addPicture(visit);
    tellWho(visit);
    CHECK(flowOf(visit).draft().name.reveal() == "Nguyễn Thị Lan");
    CHECK(visit.kiosk().surface().layoutFaults().empty());
    sendAndFollow(visit);
    CHECK(says(visit, language == "en" ? "Source: 1022 (demo)" : "Nguồn: 1022 (trình diễn)"));
    CHECK(says(visit, language == "en" ? " · 1022 (demo)" : " · 1022 (trình diễn)"));  // who took it
    // STANDARDS 14 and the house's promise: after Gửi nobody can read the report from this disk.
    CHECK(visit.outboxBytes().find("Thiện Thuật") == std::string::npos);
    CHECK(visit.outboxBytes().find("0901234567") == std::string::npos);
    CHECK(visit.city().contractFaults().empty());
    visit.robot().tap("end");
    CHECK(runUntil([&] { return visit.wiped(); }));
}

}  // namespace

TEST_CASE("A report with pointer and keys, sent and followed, in Vietnamese") {
    wholeWalk("vi");
}

TEST_CASE("A report with pointer and keys, sent and followed, in English") {
    wholeWalk("en");
}

TEST_CASE("The language changes in the middle of a report, and nothing is lost") {
    Visit visit("vi");
    toHome(visit);
    tellWhatAndWhere(visit);
    visit.robot().tap("back");
    visit.robot().tap("back");
    REQUIRE(visit.arrives("feedback_text"));
    visit.robot().tap("language");
    CHECK(visit.kiosk().session().language == "en");
    CHECK(visit.kiosk().screen().name() == "feedback_text");
    CHECK(flowOf(visit).draft().text.reveal() == "nắp cống vỡ, người té ngã");
}

TEST_CASE("In an English session letters are plain until Telex is asked for, and stay Telex afterwards") {
    Visit visit("en");
    auto& robot = visit.robot();
    toHome(visit);
    toText(visit);
    robot.type("Tree, was");
    CHECK(flowOf(visit).draft().text.reveal() == "Tree, was");
    robot.tap("key.method");
    robot.type(" ddoor");
    CHECK(flowOf(visit).draft().text.reveal() == "Tree, was đổ");
    robot.tap("language");
    robot.tap("language");
    REQUIRE(visit.kiosk().session().language == "en");
    robot.type(" xuoongs");
    CHECK(flowOf(visit).draft().text.reveal() == "Tree, was đổ xuống");
}

TEST_CASE("Who has chosen no way of typing gets that of each language they switch to") {
    Visit visit("vi");
    auto& robot = visit.robot();
    toHome(visit);
    toText(visit);
    robot.type("Caay ");
    robot.tap("language");
    REQUIRE(visit.kiosk().session().language == "en");
    robot.type("Tree ");
    robot.tap("language");
    robot.type("ddoor");
    CHECK(flowOf(visit).draft().text.reveal() == "Cây Tree đổ");
}

// EN 301 549, STANDARDS 18: each flow can be finished with the keyboard alone.
TEST_CASE("A report can be sent with the keyboard alone") {
    Visit visit("vi");
    auto& robot = visit.robot();
    const auto enter = [&](const std::string& id) {
        robot.tabTo(id);
        robot.key(WXK_RETURN);
    };
    enter("start");
    REQUIRE(visit.arrives("home"));
    enter("tile.feedback");
    REQUIRE(visit.arrives("feedback_field"));
    enter("field.thoat-nuoc");
    REQUIRE(visit.arrives("feedback_text"));
    robot.type("nuwowcs ngaapj tuwf sangs");
    robot.key(WXK_ESCAPE);  // puts the on-screen keyboard away
    enter("next");
    REQUIRE(visit.arrives("feedback_place"));
    enter("next");
    REQUIRE(visit.arrives("feedback_pictures"));
    enter("next");
    REQUIRE(visit.arrives("feedback_who"));
    enter("who.anonymous");
    enter("consent");
    enter("next");
    REQUIRE(visit.arrives("feedback_check"));
    enter("send");
    CHECK(visit.arrives("receipt"));
}

TEST_CASE("A wrong code is caught while it is typed, a right one that is unknown has its own page") {
    Visit visit("vi");
    toHome(visit);
    visit.robot().tap("tile.follow");
    REQUIRE(visit.arrives("follow_code"));
    const auto prefix = visit.kiosk().services().station.prefix;
    const auto unknown = base::TrackingCode::make(prefix, "0A1B2C");
    REQUIRE(unknown);
    auto wrong = unknown->symbols();
    wrong.back() = wrong.back() == 'Z' ? 'Y' : 'Z';
    visit.robot().type(wrong);
    CHECK_FALSE(visit.kiosk().surface().find("ask")->enabled);
    visit.robot().key(WXK_BACK);
    visit.robot().type(unknown->symbols().substr(9));
    REQUIRE(visit.kiosk().surface().find("ask")->enabled);
    visit.robot().tap("ask");
    CHECK(visit.arrives("follow_not_arrived"));
}

TEST_CASE("Offline a report is taken, it goes by itself when the gateway is back") {
    Visit visit("vi");
    toHome(visit);
    visit.city().stopGateway(SIGTERM);
    REQUIRE(runUntil([&] { return !visit.kiosk().online(); }, 10s));
    tellWhatAndWhere(visit);
    visit.robot().tap("next");
    visit.robot().tap("who.anonymous");
    visit.robot().reach("consent");
    visit.robot().tap("next");
    visit.robot().tap("send");
    REQUIRE(visit.arrives("receipt"));
    CHECK_FALSE(flowOf(visit).receipt()->gatewayAt);
    visit.city().startGateway();
    CHECK(runUntil([&] { return flowOf(visit).receipt()->gatewayAt.has_value(); }, 30s));
}

}  // namespace tram::ui::test
