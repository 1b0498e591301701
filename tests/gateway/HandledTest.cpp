// Who helped, at the gateway: kept beside the action, judged by the same table as at the kiosk, gone with it.
#include <catch2/catch.hpp>

#include "QuietCity.h"
#include "base/TrackingCode.h"
#include "gateway/inbox/Handled.h"
#include "wire/RightsRequest.h"

using namespace tram;
using namespace tram::test;
using wire::StaffRole;

namespace {

struct Assisted {
    QuietCity quiet;

    static wire::Handling by(StaffRole role, bool consent = true) {
        wire::Handling handling{"S-7K3Q", role, "Quầy 3", std::nullopt};
        if (consent)
            handling.consent = {"assist-vi-1", "2026-11-21T09:40:00+07:00", wire::Handling::How::Aloud};
        return handling;
    }
    QuietCity::Sealed send(const wire::Handling& handling, const std::string& kind = "") {
        auto sealed = quiet.seal("x", 0, [&](wire::ActionBody& body, auto&) {
            body.handling = handling;
            if (!kind.empty()) body.kind = kind;
        });
        REQUIRE(quiet.take(sealed.bytes).verdict == wire::ActionVerdict::Accepted);
        return sealed;
    }
    std::string wrong(const base::Uuid& id) {
        const auto found = quiet.city->quarantine.find(id);
        REQUIRE(found);
        return *found ? (*found)->reason : "";
    }
    std::optional<gateway::Handled::Row> row(const base::Uuid& id) {
        const auto found = gateway::Handled(quiet.city->storage).find(id);
        REQUIRE(found);
        return *found;
    }
};

}  // namespace

TEST_CASE("handled: who helped is kept beside the action, and nothing of the resident") {
    Assisted desk;
    const auto sent = desk.send(Assisted::by(StaffRole::Helper));
    CHECK(desk.wrong(sent.id).empty());
    CHECK(desk.quiet.knows(sent.code));
    const auto row = desk.row(sent.id);
    REQUIRE(row);
    CHECK(row->staff == "S-7K3Q");
    CHECK(row->role == "helper");
    CHECK(row->desk == "Quầy 3");
    CHECK(row->consentVersion == "assist-vi-1");
    CHECK(row->consentHow == "aloud");
    CHECK(row->day == "2026-11-21");
    const auto alone = desk.quiet.send("y");
    CHECK_FALSE(desk.row(alone.id));
}

TEST_CASE("handled: what is wrong with who helped is told, and holds up no resident") {
    Assisted desk;
    auto& city = *desk.quiet.city;
    gateway::StaffRegistry staff(*city.storage.reports, city.keys.identity(), {1, 8});
    const auto ward = desk.quiet.kiosk.ward;
    const auto lan = staff.add(ward, {"Lan", "", StaffRole::Helper}, desk.quiet.clock.wall());
    const auto minh = staff.add(ward == "27154" ? "25747" : "27154", {"Minh", "", StaffRole::Helper},
                                desk.quiet.clock.wall());
    REQUIRE(lan);
    REQUIRE(minh);
    const auto standing = [&](const std::string& id, StaffRole role) {
        auto handling = Assisted::by(role);
        handling.staff = id;
        const auto sent = desk.send(handling);
        CHECK(desk.quiet.knows(sent.code));
        return desk.row(sent.id).value().standing;
    };
    CHECK(standing(lan->member.id, StaffRole::Helper) == "known");
    CHECK(standing(lan->member.id, StaffRole::Supervisor) == "unknown");
    CHECK(standing(minh->member.id, StaffRole::Helper) == "unknown");
    CHECK(standing("S-NOBODY", StaffRole::Helper) == "unknown");
    // Done before the revocation, and delivered after it.
    const auto earlier = desk.quiet.clock.wall();
    desk.quiet.clock.advance(std::chrono::hours(1));
    REQUIRE(staff.revoke(lan->member.id, desk.quiet.clock.wall()));
    CHECK(standing(lan->member.id, StaffRole::Helper) == "revoked");
    auto handling = Assisted::by(StaffRole::Helper);
    handling.staff = lan->member.id;
    const auto late = desk.quiet.seal("x", 0, [&](wire::ActionBody& body, auto&) {
        body.handling = handling;
        body.createdAt = base::toRfc3339(earlier);
    });
    REQUIRE(desk.quiet.take(late.bytes).verdict == wire::ActionVerdict::Accepted);
    CHECK(desk.row(late.id).value().standing == "known");
    const auto csv = handledCsv(*std::make_unique<gateway::Handled>(city.storage), "", "");
    REQUIRE(csv);
    CHECK(csv->find("unknown") != csv->npos);
}

TEST_CASE("handled: a role without the right, or no consent, waits for people and is not lost") {
    Assisted desk;
    const auto bare = desk.send(Assisted::by(StaffRole::Officer, false));
    CHECK(desk.wrong(bare.id) == "handled: consent");
    CHECK_FALSE(desk.quiet.knows(bare.code));
    CHECK_FALSE(desk.row(bare.id));
    const auto rights = desk.send(Assisted::by(StaffRole::Helper), std::string(wire::RightsRequest::kKind));
    CHECK(desk.wrong(rights.id) == "handled: role");
    const auto unknown = desk.send(Assisted::by(StaffRole::Supervisor), "staff.holiday");
    CHECK(desk.wrong(unknown.id) == "handled: kind");
    // An officer may; then what is wrong is that these fields are none of that kind.
    const auto officer = desk.send(Assisted::by(StaffRole::Officer), std::string(wire::RightsRequest::kKind));
    CHECK(desk.wrong(officer.id).starts_with("schema"));
}

TEST_CASE("handled: forgotten with the action, and swept with its envelope") {
    Assisted desk;
    const auto asked = desk.send(Assisted::by(StaffRole::Officer));
    REQUIRE(desk.row(asked.id));
    const auto code = base::TrackingCode::parse(asked.code);
    REQUIRE(code);
    REQUIRE(desk.quiet.city->erasure.forget(*code));
    CHECK_FALSE(desk.row(asked.id));
    const auto old = desk.send(Assisted::by(StaffRole::Officer));
    desk.quiet.closeAll();
    desk.quiet.clock.advance(std::chrono::days(400));
    gateway::Retention rules;
    rules.closedReports = rules.envelopes = std::chrono::days(90);
    REQUIRE(desk.quiet.city->erasure.sweep(rules, desk.quiet.clock.wall()));
    CHECK_FALSE(desk.row(old.id));
    REQUIRE(desk.quiet.city->erasure.scrub());
    CHECK(desk.quiet.filesWith("S-7K3Q").empty());
}

TEST_CASE("handled: summed by day, desk and member of staff, and no cell is a formula to a spreadsheet") {
    Assisted desk;
    desk.send(Assisted::by(StaffRole::Officer));
    desk.send(Assisted::by(StaffRole::Officer));
    auto elsewhere = Assisted::by(StaffRole::Supervisor);
    elsewhere.desk = "=1+1";
    desk.send(elsewhere);
    gateway::Handled handled(desk.quiet.city->storage);
    const auto csv = gateway::handledCsv(handled, "2026-11-21", "2026-11-21");
    REQUIRE(csv);
    CHECK(
        csv->ends_with("day,desk,staff,role,consent,standing,count\r\n"
                       "2026-11-21,\"'=1+1\",\"S-7K3Q\",supervisor,aloud,unknown,1\r\n"
                       "2026-11-21,\"Quầy 3\",\"S-7K3Q\",officer,aloud,unknown,2\r\n"));
    for (const auto& [from, until] : {std::pair("2026-11-22", ""), std::pair("", "2026-11-20")})
        CHECK(gateway::handledCsv(handled, from, until)->ends_with("count\r\n"));
}
