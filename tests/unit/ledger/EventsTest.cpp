#include "ledger/Events.h"

#include <catch2/catch.hpp>
#include <set>

using namespace tram;
using namespace tram::ledger;

TEST_CASE("events: a name for each, and back") {
    std::set<std::string_view> names;
    for (std::size_t at = 0; at < kKinds; ++at) {
        const auto kind = static_cast<Kind>(at);
        CHECK(kindFrom(name(kind)) == kind);
        names.insert(name(kind));
    }
    CHECK(names.size() == kKinds);
    CHECK_FALSE(kindFrom("resident_named"));
    CHECK_FALSE(kindFrom(""));
}

TEST_CASE("events: what the table allows, and nothing else") {
    const Event ended{.kind = Kind::HelpEnded,
                      .staff = "S-7",
                      .desk = "Quầy 3",
                      .members = {{"disposition", "helped"}, {"errands", 2}, {"seconds", 340}}};
    CHECK(check(ended));
    const auto refused = [&](const char* key, const Value& value) {
        auto other = ended;
        other.members.insert_or_assign(key, value);
        const auto checked = check(other);
        return checked ? std::string() : std::string(checked.error().fact("key"));
    };
    CHECK(refused("disposition", "Nguyễn Thị Hoàng Yến") == "disposition");
    CHECK(refused("disposition", 1) == "disposition");
    CHECK(refused("seconds", -1) == "seconds");
    CHECK(refused("seconds", kMostCount + 1) == "seconds");
    CHECK(refused("seconds", "340") == "seconds");
    CHECK(refused("name", "Yến") == "members");
    auto without = ended;
    without.members.erase("disposition");
    CHECK(check(without).error().fact("key") == "disposition");
}

TEST_CASE("events: no member of any takes a name, a number of a phone or a card") {
    for (std::size_t at = 0; at < kKinds; ++at)
        for (const auto& member : ruleFor(static_cast<Kind>(at)).members) {
            INFO(name(static_cast<Kind>(at)) << ' ' << member.name);
            Event event{.kind = static_cast<Kind>(at), .staff = "S-7", .desk = "", .members = {}};
            for (const char* told : {"Yen", "yen nguyen", "0903000000", "079203001234", "yen@example.vn"}) {
                event.members = {{std::string(member.name), told}};
                CHECK_FALSE(check(event));
            }
            CHECK((member.type != Member::Word || !member.words.empty()));
        }
}

TEST_CASE("events: who did it is somebody's id, where somebody did") {
    Event event{.kind = Kind::LeftFullScreen, .staff = "", .desk = "", .members = {}};
    CHECK(check(event).error().fact("key") == "staff");
    for (const char* wrong : {"S-", "S--1", "S-1-", "S-a", "X-1", "Yến", "S-1234567890123456789012345"}) {
        event.staff = wrong;
        CHECK_FALSE(check(event));
    }
    event.staff = "S-K7M-3";
    CHECK(check(event));
    event = {.kind = Kind::SignInRefused, .staff = "", .desk = "", .members = {{"reason", "not_on_list"}}};
    CHECK(check(event));
    event = {.kind = Kind::StaffUnlocked, .staff = "S-1", .desk = "", .members = {{"whom", "S-2"}}};
    CHECK(check(event));
    event.members = {{"whom", "2"}};
    CHECK_FALSE(check(event));
    event = {.kind = Kind::ChainBegun, .staff = "S-1", .desk = "", .members = {{"after", "first"}}};
    CHECK_FALSE(check(event));
}

TEST_CASE("events: a version of a text is no number of a person") {
    Event event{.kind = Kind::ConsentGiven, .staff = "S-1", .desk = "", .members = {{"how", "touch"}}};
    for (const char* fine : {"assist-2", "2026-11-21", "consent.v3"}) {
        event.members["text"] = fine;
        CHECK(check(event));
    }
    for (const char* wrong : {"", "12345", "a-09030", "Yen", "consent 3"}) {
        event.members["text"] = wrong;
        CHECK_FALSE(check(event));
    }
}

TEST_CASE("events: a desk is one line that can be read") {
    CHECK(isDesk(""));
    CHECK(isDesk("Quầy 3"));
    CHECK_FALSE(isDesk("Quầy\n3"));
    CHECK_FALSE(isDesk("\xff"));
    CHECK_FALSE(isDesk(std::string(kLongestDesk + 1, 'a')));
}
