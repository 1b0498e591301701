#include <catch2/catch.hpp>

#include "Visit.h"
#include "content/Alerts.h"

namespace tram::ui::test {

namespace {

content::ShownAlert alertOf(const char* key, bool covers, bool drill) {
    content::ShownAlert alert;
    alert.key = alert.identifier = key;
    alert.covers = covers;
    alert.drill = drill;
    alert.sent = base::SystemClock().wall();
    alert.until = alert.sent + std::chrono::hours(1);
    alert.senderName = "Ban Chỉ huy";
    alert.headline = std::string("Triều cường ") + key;
    return alert;
}

void inForce(Visit& visit, const std::vector<content::ShownAlert>& alerts) {
    auto services = visit.kiosk().services();
    services.alerts = [alerts](std::string_view) { return alerts; };
    visit.kiosk().useServices(services);
}

}  // namespace

TEST_CASE("An emergency covers a report under way, which is still there when it has been read") {
    Visit visit("vi");
    visit.toPictures();
    inForce(visit, {alertOf("a", true, false)});
    REQUIRE(visit.arrives("alert"));
    CHECK(says(visit, "Triều cường a"));
    CHECK(says(visit, "115"));
    visit.robot().tap("read");
    REQUIRE(visit.arrives("feedback_pictures"));
    CHECK(visit.feedback().flow().draft().text.reveal() == "Nắp cống vỡ, dễ té ngã");

    // Who has read it is not told again, but finds it in the status bar; from there it can be left unread.
    visit.robot().tap("alerts");
    REQUIRE(visit.arrives("alert"));
    visit.robot().tap("back");
    REQUIRE(visit.arrives("feedback_pictures"));

    // Another one covers the page that shows a drill; taken back, it says so.
    inForce(visit, {alertOf("d", false, true)});
    REQUIRE(runUntil([&] { return spoken(visit, "alerts") == "Diễn tập"; }));
    visit.robot().tap("alerts");
    REQUIRE(visit.arrives("alert_drill"));
    inForce(visit, {alertOf("b", true, false), alertOf("d", false, true)});
    REQUIRE(visit.arrives("alert"));
    CHECK(says(visit, "Triều cường b"));
    inForce(visit, {});
    REQUIRE(visit.arrives("alert_over"));
    CHECK(runUntil([&] { return says(visit, "“Triều cường b"); }));
    CHECK(runUntil([&] { return !visit.shows("alerts"); }));
}

TEST_CASE("Before anybody is there an emergency takes the attract page, and a drill is told as one") {
    Visit visit("vi");
    inForce(visit, {alertOf("d", false, true)});
    REQUIRE(runUntil([&] { return visit.shows("alert"); }));
    CHECK(spoken(visit, "alerts") == "Diễn tập");
    CHECK_FALSE(visit.shows("page.alert"));
    inForce(visit, {alertOf("a", true, false), alertOf("d", false, true)});
    REQUIRE(runUntil([&] { return visit.shows("page.alert"); }));
    CHECK(spoken(visit, "alerts") == "Cảnh báo");
    visit.robot().tap("start");
    REQUIRE(visit.arrives("alert"));
    visit.robot().tap("read");
    CHECK(visit.arrives("home"));
}

}  // namespace tram::ui::test
