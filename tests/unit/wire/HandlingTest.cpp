#include "wire/Handling.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "Samples.h"
#include "wire/Roles.h"

using namespace tram;
using namespace tram::test;
using nlohmann::json;
using wire::Permission;
using wire::StaffRole;

TEST_CASE("who helped comes back with the action, and so does nobody") {
    const auto read = wire::ActionBody::parse(textOf(assistedAction().toJson()));
    REQUIRE(read);
    CHECK(read->handling == handling());
    CHECK_FALSE(wire::ActionBody::parse(textOf(action().toJson()))->handling);
    auto withoutConsent = assistedAction();
    withoutConsent.handling->consent.reset();
    CHECK(wire::ActionBody::parse(textOf(withoutConsent.toJson()))->handling == withoutConsent.handling);
}

TEST_CASE("who helped is read strictly") {
    const auto refused = [](auto change) {
        auto body = json::parse(textOf(assistedAction().toJson()));
        change(body["handled"]);
        return !wire::ActionBody::parse(body.dump());
    };
    CHECK_FALSE(refused([](json&) {}));
    CHECK_FALSE(refused([](json& h) { h.erase("consent"); }));
    CHECK(refused([](json& h) { h = nullptr; }));
    CHECK(refused([](json& h) { h["name"] = "Nguyễn Thị Thử"; }));
    CHECK(refused([](json& h) { h["consent"]["who"] = "x"; }));
    CHECK(refused([](json& h) { h["consent"] = nullptr; }));
    CHECK(refused([](json& h) { h["consent"]["how"] = "assumed"; }));
    CHECK(refused([](json& h) { h["consent"]["at"] = "today"; }));
    CHECK(refused([](json& h) { h["role"] = "mayor"; }));
    CHECK(refused([](json& h) { h["desk"] = ""; }));
    for (const char* id :
         {"", "S-", "s-1", "S-a", "S--1", "S-1-", "S-1 2", "T-1", "S-ABCDEFGHIJKLMNOPQRSTUVW"})
        CHECK(refused([id](json& h) { h["staff"] = id; }));
}

TEST_CASE("roles: the same table for everybody, and one who has more rights loses none") {
    for (std::size_t at = 0; at < wire::kPermissions; ++at) {
        const auto permission = static_cast<Permission>(at);
        CAPTURE(at);
        CHECK(allows(StaffRole::Supervisor, permission));
        if (allows(StaffRole::Helper, permission)) CHECK(allows(StaffRole::Officer, permission));
    }
    CHECK_FALSE(allows(StaffRole::Helper, Permission::CaptureIdentityPaper));
    CHECK_FALSE(allows(StaffRole::Helper, Permission::LeaveFullScreen));
    CHECK_FALSE(allows(StaffRole::Helper, Permission::SetAside));
    CHECK(allows(StaffRole::Officer, Permission::LeaveFullScreen));
    CHECK_FALSE(allows(StaffRole::Officer, Permission::SeeLog));
    CHECK_FALSE(allows(StaffRole::Officer, Permission::UnlockStaff));
    CHECK_FALSE(allows(StaffRole::Supervisor, static_cast<Permission>(200)));
    for (const auto role : {StaffRole::Helper, StaffRole::Officer, StaffRole::Supervisor})
        CHECK(wire::staffRoleFrom(name(role)) == role);
    CHECK_FALSE(wire::staffRoleFrom("mayor"));
}

TEST_CASE("roles: each kind of action is in the table, and what names a resident needs a file") {
    for (const auto kind :
         {wire::FeedbackReport::kKind, wire::AppointmentRequest::kKind, wire::RightsRequest::kKind}) {
        REQUIRE(wire::assistedKind(kind));
        CHECK(wire::assistedKind(kind)->needsFile);
    }
    for (const auto kind :
         {wire::SurveyAnswer::kKind, wire::Rating::kKind, wire::KioskFault::kKind, wire::GuideTally::kKind}) {
        REQUIRE(wire::assistedKind(kind));
        CHECK_FALSE(wire::assistedKind(kind)->needsFile);
    }
    CHECK_FALSE(wire::assistedKind("staff.holiday"));
}
