// What many messages may do to others, and what becomes of those that are over.
#include "AlertDeskKit.h"
#include "cap/Shapes.h"

using namespace tram;
using namespace tram::test;
using gateway::AlertState;

namespace {

using Days = std::chrono::days;

/// Sent now, to hold for so long.
CapText sentNow(AlertsAtWork& desk, const std::string& name, base::Millis life = std::chrono::hours(3)) {
    return {.identifier = name,
            .severity = "Minor",
            .sent = cap::writeTime(desk.now()),
            .expires = cap::writeTime(desk.now() + life)};
}

CapText about(AlertsAtWork& desk, const char* type, const std::string& name, const CapText& other) {
    auto made = sentNow(desk, name);
    made.msgType = type;
    made.references = other.reference();
    return made;
}

AlertsAtWork crowded(std::int64_t messages) {
    return AlertsAtWork(
        [&](gateway::GatewayConfig& config) { config.alerts.share = {messages, 64'000'000}; });
}

/// Every day's round, as the desk makes it every hour.
void pass(AlertsAtWork& desk, int days) {
    for (int day = 0; day < days; ++day) {
        desk.advance(Days(1));
        desk.turn();
    }
}

std::string kept(AlertsAtWork& desk) {
    std::string names;
    const auto all = desk.store().list().value();
    for (const auto& one : all) names = one.alert->id.identifier + " " + names;
    return names;
}

}  // namespace

TEST_CASE("a flood fills its own source's share, and nobody else's") {
    auto desk = crowded(3);
    for (const char* name : {"1", "2", "3"}) CHECK(desk.refusal(sentNow(desk, name)).empty());
    CHECK(desk.refusal(sentNow(desk, "4")) == "too_many_requests");
    CHECK(desk.refused() == std::vector<std::string>{"share_full folder folder"});
    CHECK(desk.refusal(sentNow(desk, "5"), "weather").empty());
    CHECK(desk.refusal(sentNow(desk, "6"), "folder", true).empty());  // approved, by the same way
    CHECK(desk.refusal(sentNow(desk, "1")).empty());                  // known already
    CHECK(desk.turn() == "1 2 3 5 6 ");
}

TEST_CASE("a share is of bytes as well") {
    AlertsAtWork desk([](gateway::GatewayConfig& config) { config.alerts.share = {100, 1500}; });
    CHECK(desk.refusal(sentNow(desk, "1")).empty());
    CHECK(desk.refusal(sentNow(desk, "2")).empty());
    CHECK(desk.refusal(sentNow(desk, "3")) == "too_many_requests");
}

TEST_CASE("what a share had no room for is looked at again once there is room") {
    auto desk = crowded(1);
    desk.drop("a.xml", sentNow(desk, "a").xml());
    CHECK(desk.turn() == "a ");
    auto second = sentNow(desk, "b", Days(90));
    desk.drop("b.xml", second.xml());
    CHECK(desk.turn() == "a ");
    pass(desk, 3);
    desk.advance(std::chrono::seconds(10));
    CHECK(desk.turn() == "b ");
}

TEST_CASE("more lesser alerts of one source than a list holds push out none of another") {
    AlertsAtWork desk;
    for (std::size_t i = 0; i < cap::Bulletin::kMaxNotices + 20; ++i) {
        auto flood = sentNow(desk, "flood" + std::to_string(i));
        flood.severity = "Moderate";
        REQUIRE(desk.refusal(flood).empty());
    }
    REQUIRE(desk.refusal(sentNow(desk, "quiet"), "weather").empty());
    REQUIRE(desk.refusal(sentNow(desk, "approved"), "folder", true).empty());
    const auto told = desk.turn();
    CHECK(told.find(" quiet ") != told.npos);
    CHECK(told.find(" approved ") != told.npos);
    CHECK(std::ranges::count(told, ' ') == static_cast<std::ptrdiff_t>(cap::Bulletin::kMaxNotices));
}

TEST_CASE("what is over is forgotten after a week, whichever way it came to be over, and is not new again") {
    AlertsAtWork desk;
    const auto ranOut = sentNow(desk, "ran-out"), lasting = sentNow(desk, "lasting", Days(90)),
               replaced = sentNow(desk, "replaced", Days(90)), off = sentNow(desk, "off", Days(90)),
               rejected = CapText{.identifier = "rejected"};
    for (const auto& each : {ranOut, lasting, replaced, off, rejected}) REQUIRE(desk.refusal(each).empty());
    REQUIRE(desk.store().reject(desk.idOf("rejected"), "Lan", desk.now()));
    desk.advance(std::chrono::seconds(1));
    auto update = about(desk, "Update", "update", replaced);
    update.expires = cap::writeTime(desk.now() + Days(90));
    const auto cancel = about(desk, "Cancel", "cancel", off);
    REQUIRE(desk.refusal(update).empty());
    REQUIRE(desk.refusal(cancel).empty());
    CHECK(desk.turn() == "update lasting ran-out ");
    pass(desk, 6);
    CHECK(kept(desk) == "ran-out lasting replaced off rejected update cancel ");
    pass(desk, 3);
    CHECK(kept(desk) == "lasting update ");
    for (const auto& each : {ranOut, replaced, off, rejected, cancel}) CHECK(desk.refusal(each) == "expired");
    CHECK(desk.refused().empty());  // they lie in a folder for years: nobody need be told each time
    CHECK(desk.turn() == "update lasting ");
    pass(desk, 360);
    CHECK(desk.refusal(off) == "expired");
    CHECK(desk.quiet.city->storage.city
              ->read([](SQLite::Database& db) -> base::Result<std::int64_t> {
                  return db.execAndGet("SELECT count(*) FROM alerts_forgotten").getInt64();
              })
              .value() == 0);  // by its age alone
}

TEST_CASE("a Cancel that came first waits a week for what it names, and as long as that is kept") {
    AlertsAtWork desk;
    const auto alert = sentNow(desk, "late", Days(90)), never = sentNow(desk, "never", Days(90));
    desk.advance(std::chrono::seconds(1));
    const auto cancel = about(desk, "Cancel", "cancel", alert), other = about(desk, "Cancel", "other", never);
    REQUIRE(desk.refusal(cancel).empty());
    REQUIRE(desk.refusal(other).empty());
    desk.turn();
    pass(desk, 5);
    REQUIRE(desk.refusal(alert).empty());
    CHECK(desk.turn() == "");
    pass(desk, 5);
    CHECK(kept(desk) == "cancel late ");
    CHECK(desk.turn() == "");
    pass(desk, 5);
    CHECK(kept(desk) == "");
    CHECK(desk.refusal(alert) == "expired");
}

TEST_CASE("in a crowded share what is over goes after a day") {
    auto desk = crowded(3);
    const auto alert = sentNow(desk, "a"), second = sentNow(desk, "b");
    REQUIRE(desk.refusal(alert).empty());
    REQUIRE(desk.refusal(second).empty());
    desk.turn();
    pass(desk, 3);
    CHECK(kept(desk) == "");
}

TEST_CASE("nobody is asked to decide about what has run out meanwhile") {
    AlertsAtWork desk;
    auto severe = sentNow(desk, "a");
    severe.severity = "Severe";
    REQUIRE(desk.send(severe).state == AlertState::Waiting);
    desk.turn();
    CHECK(desk.store().waiting().value() == 1);
    desk.advance(std::chrono::hours(4));
    desk.turn();
    CHECK(desk.store().waiting().value() == 0);
}

TEST_CASE("an alert without an end is not over before its configured one") {
    AlertsAtWork desk(
        [](gateway::GatewayConfig& config) { config.alerts.life = std::chrono::hours(24 * 40); });
    auto text = sentNow(desk, "a").xml();
    const auto from = text.find("<expires>"), to = text.find("</expires>") + 10;
    text.erase(from, to - from);
    REQUIRE(desk.store().take({text, "folder", "", false}, desk.now()));
    CHECK(desk.turn() == "a ");
    pass(desk, 39);
    CHECK(desk.turn() == "a ");
}

TEST_CASE("what is sent in the future is refused with its reason, and taken once it is not") {
    AlertsAtWork desk;
    const auto now = desk.now();
    auto ahead = sentNow(desk, "ahead", Days(1));
    ahead.sent = cap::writeTime(now + std::chrono::minutes(5));
    CHECK(desk.refusal(ahead).empty());  // a clock may be off
    auto future = ahead;
    future.identifier = "future";
    future.sent = cap::writeTime(now + std::chrono::minutes(6));
    desk.drop("a.xml", future.xml());
    CHECK(desk.turn() == "ahead ");
    CHECK(desk.refused() == std::vector<std::string>{"in_the_future folder/a.xml sent"});
    desk.advance(std::chrono::minutes(1));
    CHECK(desk.turn() == "future ahead ");
    auto old = sentNow(desk, "old", Days(900));
    old.sent = cap::writeTime(now - Days(367));
    CHECK(desk.refusal(old) == "expired");
}

TEST_CASE("a name that was taken first does not hold up the copy that is trusted") {
    AlertsAtWork desk;
    auto fake = sentNow(desk, "a");
    auto real = fake;
    real.severity = "Severe";
    SECTION("a lesser one, in force") {
        CHECK(desk.send(fake).state == AlertState::InForce);
        CHECK(desk.send(real, "weather", true).state == AlertState::InForce);
        CHECK(desk.turn() == "a ");
        CHECK(desk.store().list().value()[0].source == "weather");
        CHECK(desk.refused() == std::vector<std::string>{"name_taken folder " + desk.idOf("a")});
        CHECK(desk.refusal(fake) == "conflict");
    }
    SECTION("one that waits") {
        fake.severity = "Extreme";
        CHECK(desk.send(fake).state == AlertState::Waiting);
        CHECK(desk.send(real, "weather", true).state == AlertState::InForce);
        CHECK(desk.store().waiting().value() == 0);
    }
    SECTION("the very same text that waits is in force then") {
        CHECK(desk.send(real).state == AlertState::Waiting);
        CHECK(desk.send(real, "weather", true).state == AlertState::InForce);
        CHECK(desk.turn() == "a ");
        CHECK(desk.refused().empty());
        CHECK_FALSE(desk.send(real).isNew);
    }
    SECTION("another that nobody trusts takes nothing") {
        CHECK(desk.send(fake).isNew);
        CHECK(desk.refusal(real, "other") == "conflict");
        CHECK(desk.refused() == std::vector<std::string>{"name_taken other " + desk.idOf("a")});
    }
}

TEST_CASE("what a person has decided is not replaced silently: the trusted copy waits for one") {
    AlertsAtWork desk;
    auto fake = sentNow(desk, "a");
    fake.severity = "Extreme";
    auto real = fake;
    real.severity = "Severe";
    const auto first = desk.send(fake);
    SECTION("approved") {
        REQUIRE(desk.store().approve(first.id, "Lan", desk.now()));
        const auto second = desk.send(real, "weather", true);
        CHECK(second.state == AlertState::Waiting);
        cap::Bulletin told;
        CHECK(desk.turn(&told) == "a ");
        CHECK(told.notices[0].infos[0].severity == cap::Severity::Extreme);
        REQUIRE(desk.store().approve(second.id, "Minh", desk.now()));
        CHECK(desk.turn(&told) == "a ");
        CHECK(told.notices[0].infos[0].severity == cap::Severity::Severe);
        CHECK(desk.store().message(first.id)->state == AlertState::Retracted);
    }
    SECTION("rejected") {
        REQUIRE(desk.store().reject(first.id, "Lan", desk.now()));
        const auto second = desk.send(real, "weather", true);
        CHECK(second.state == AlertState::Waiting);
        CHECK(desk.store().waiting().value() == 1);
        REQUIRE(desk.store().approve(second.id, "Minh", desk.now()));
        CHECK(desk.turn() == "a ");
    }
}
