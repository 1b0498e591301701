// Who may sign in beside residents: the registry, the list signed for a ward, signing in by code, and the
// commands.
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "PretendKiosk.h"
#include "QuietCity.h"
#include "base/Files.h"
#include "gateway/fleet/StaffPublisher.h"
#include "trust/Documents.h"
#include "wire/Dsse.h"
#include "wire/SignInWait.h"

using namespace tram;
using namespace tram::test;
using base::ProblemKind;
using gateway::StaffPublisher;
using gateway::StaffRegistry;
using nlohmann::json;
using wire::StaffRole;

namespace {

constexpr const char *kStaffWard = "27154", *kStaffOther = "25747";
constexpr crypto::PinKeys::Cost kQuickPin{1, 8};

wire::StaffSignIn typedIn(const std::string& code, const std::string& pin) {
    return {base::SecretText(code), base::SecretText(pin)};
}

struct StaffOffice {
    QuietCity quiet{[](auto& config) { config.demoStaff = false; }};
    StaffRegistry staff{*quiet.city->storage.reports, quiet.city->keys.identity(), kQuickPin};
    StaffPublisher lists{*quiet.city->storage.reports, staff, quiet.data(), std::chrono::hours(72)};

    base::WallTime now() const { return quiet.clock.wall(); }
    StaffRegistry::Issued add(const std::string& name, StaffRole role = StaffRole::Helper,
                              const std::string& ward = kStaffWard) {
        auto issued = staff.add(ward, {name, "Khu phố 3", role}, now());
        REQUIRE(issued);
        return std::move(*issued);
    }
    ProblemKind signIn(const std::string& code, const std::string& pin,
                       const std::string& ward = kStaffWard) {
        const auto who = staff.signIn(ward, typedIn(code, pin), now());
        REQUIRE_FALSE(who);
        return who.error().kind;
    }
    wire::StaffList list(const std::string& ward = kStaffWard) {
        const auto document = lists.of(ward, now());
        REQUIRE(document);
        const auto parsed = wire::StaffList::parse(wire::Cosigned::parse(document->bytes).value().payload);
        REQUIRE(parsed);
        return *parsed;
    }
    crypto::VerifyKey makeKey() {
        return gateway::RoleKeyFile(quiet.data(), StaffPublisher::kKey).provide("").value();
    }
};

std::string wrongPin(const StaffRegistry::Issued& issued) {
    return issued.pin.reveal() == "909192" ? "909193" : "909192";
}

}  // namespace

TEST_CASE("staff: what is handed out opens, by badge and by code, and nothing else does") {
    StaffOffice office;
    const auto lan = office.add("  Nguyễn\u202e Thị Lan ");
    CHECK(lan.member.name == "Nguyễn Thị Lan");
    CHECK(wire::isStaffName(lan.member.name));
    office.makeKey();
    const auto list = office.list();
    const auto secret = wire::BadgeCode::read(lan.badge.reveal());
    REQUIRE(secret);
    const auto* member = list.byBadge(wire::BadgeCode::hashOf(*secret));
    REQUIRE(member);
    const auto keys = crypto::PinKeys::derive(lan.pin, *secret, member->salt, list.cost);
    REQUIRE(keys);
    CHECK(keys->fits(member->verifier));
    const auto who = office.staff.signIn(kStaffWard, typedIn(lan.code, lan.pin.reveal()), office.now());
    REQUIRE(who);
    CHECK(*who == wire::StaffSignedIn{lan.member.id, "Nguyễn Thị Lan", "Khu phố 3", StaffRole::Helper});
    CHECK(office.signIn(lan.code, wrongPin(lan)) == ProblemKind::Unprocessable);
    CHECK(office.signIn("000000", lan.pin.reveal()) == ProblemKind::Unprocessable);
    CHECK(office.signIn(lan.code, lan.pin.reveal(), kStaffOther) == ProblemKind::Unprocessable);
}

TEST_CASE("staff: a new badge makes the old badge and PIN void, a revocation all of it") {
    StaffOffice office;
    const auto first = office.add("Lan");
    const auto second = office.staff.renew(first.member.id);
    REQUIRE(second);
    CHECK(second->code == first.code);
    CHECK(second->badge.reveal() != first.badge.reveal());
    const bool samePin = second->pin.reveal() == first.pin.reveal();
    if (!samePin) CHECK(office.signIn(first.code, first.pin.reveal()) == ProblemKind::Unprocessable);
    REQUIRE(office.staff.signIn(kStaffWard, typedIn(first.code, second->pin.reveal()), office.now()));
    REQUIRE(office.staff.revoke(first.member.id, office.now()));
    CHECK(office.signIn(first.code, second->pin.reveal()) == ProblemKind::Unprocessable);
    for (const auto& gone :
         {office.staff.revoke(first.member.id, office.now()).error().kind,
          office.staff.unlock(first.member.id).error().kind, office.staff.renew(first.member.id).error().kind,
          office.staff.renew("S-NOBODY").error().kind})
        CHECK(gone == ProblemKind::NotFound);
    const auto rows = office.staff.list(kStaffWard);
    REQUIRE(rows);
    REQUIRE(rows->size() == 1);
    CHECK(rows->front().revokedAt.value() == office.now());
    CHECK(office.staff.list(kStaffOther)->empty());
}

TEST_CASE("staff: names and wards that are none are told") {
    StaffOffice office;
    const auto refused = [&](const std::string& ward, const std::string& name, const std::string& unit) {
        const auto issued = office.staff.add(ward, {name, unit, StaffRole::Helper}, office.now());
        return issued ? "" : std::string(issued.error().fact("key"));
    };
    CHECK(refused("2715", "Lan", "") == "ward");
    CHECK(refused("27 54", "Lan", "") == "ward");
    CHECK(refused(kStaffWard, " \t ", "") == "name");
    CHECK(refused(kStaffWard, std::string(101, 'a'), "") == "name");
    CHECK(refused(kStaffWard, "Lan", std::string(101, 'b')) == "unit");
    CHECK(refused(kStaffWard, std::string(100, 'a'), "").empty());
}

TEST_CASE("staff: errors by code wait from the fifth, lock at fifteen, over a restart, until unlocked") {
    StaffOffice office;
    const auto lan = office.add("Lan");
    const auto wrong = wrongPin(lan);
    for (int error = 1; error <= wire::SignInWait::kLockedAt; ++error) {
        CAPTURE(error);
        CHECK(office.signIn(lan.code, wrong) == ProblemKind::Unprocessable);
        const auto wait = wire::SignInWait::after(error);
        if (wait.count() == 0 || error == wire::SignInWait::kLockedAt) continue;
        // Not even the right PIN, until the time is over.
        CHECK(office.signIn(lan.code, lan.pin.reveal()) == ProblemKind::TooManyRequests);
        office.quiet.clock.advance(wait - base::Millis(1));
        CHECK(office.signIn(lan.code, lan.pin.reveal()) == ProblemKind::TooManyRequests);
        office.quiet.clock.advance(base::Millis(1));
    }
    office.quiet.clock.advance(std::chrono::hours(24 * 365));
    CHECK(office.signIn(lan.code, lan.pin.reveal()) == ProblemKind::Forbidden);
    CHECK(office.staff.list(kStaffWard)->front().locked);
    StaffRegistry again(*office.quiet.city->storage.reports, office.quiet.city->keys.identity(), kQuickPin);
    CHECK(again.signIn(kStaffWard, typedIn(lan.code, lan.pin.reveal()), office.now()).error().kind ==
          ProblemKind::Forbidden);
    REQUIRE(office.staff.unlock(lan.member.id));
    CHECK(office.staff.signIn(kStaffWard, typedIn(lan.code, lan.pin.reveal()), office.now()));
    // The right one wipes the slate.
    for (int error = 1; error < wire::SignInWait::kFirstAt; ++error)
        CHECK(office.signIn(lan.code, wrong) == ProblemKind::Unprocessable);
    CHECK(office.staff.signIn(kStaffWard, typedIn(lan.code, lan.pin.reveal()), office.now()));
}

TEST_CASE("staff: a gateway's clock that was years ahead keeps nobody out for years") {
    StaffOffice office;
    const auto lan = office.add("Lan");
    for (int error = 1; error <= wire::SignInWait::kFirstAt; ++error) {
        if (error == wire::SignInWait::kFirstAt) office.quiet.clock.advance(std::chrono::hours(24 * 1000));
        office.signIn(lan.code, wrongPin(lan));
    }
    office.quiet.clock.advance(-std::chrono::hours(24 * 1000));
    const auto waits = office.staff.signIn(kStaffWard, typedIn(lan.code, lan.pin.reveal()), office.now());
    REQUIRE_FALSE(waits);
    CHECK(waits.error().fact("retry_after_s") == "15");
}

TEST_CASE("staff: a ward's list is signed, goes up with every change, and is renewed at half of its life") {
    StaffOffice office;
    CHECK(office.lists.of(kStaffWard, office.now()).error().kind == ProblemKind::NotFound);
    const auto key = office.makeKey();
    const auto lan = office.add("Lan"), minh = office.add("Minh", StaffRole::Supervisor);
    office.add("An", StaffRole::Officer, kStaffOther);
    const auto first = office.list();
    CHECK(first.ward == kStaffWard);
    CHECK(first.members.size() == 2);
    CHECK(first.expires == office.now() + std::chrono::hours(72));
    const auto bytes = office.lists.of(kStaffWard, office.now())->bytes;
    CHECK(wire::Cosigned::parse(bytes)->signers({key}) == 1);
    const auto schemas =
        gateway::SchemaSet::load(std::filesystem::path(TRAM_SOURCE_DIR) / "resources/api/schemas");
    REQUIRE(schemas);
    CHECK(schemas->check("staff-list.json", wire::Cosigned::parse(bytes)->payload));

    office.quiet.clock.advance(std::chrono::hours(35));
    CHECK(office.lists.of(kStaffWard, office.now())->bytes == bytes);
    REQUIRE(office.staff.revoke(lan.member.id, office.now()));
    const auto second = office.list();
    CHECK(second.version > first.version);
    REQUIRE(second.members.size() == 1);
    CHECK(second.members.front().id == minh.member.id);
    office.quiet.clock.advance(std::chrono::hours(36));
    CHECK(office.list().version > second.version);
    // A clock that is set back: a new one, and its version goes up all the same.
    const auto third = office.list();
    office.quiet.clock.advance(-std::chrono::hours(200));
    const auto fourth = office.list();
    CHECK(fourth.version > third.version);
    CHECK(fourth.signedAt == office.now());
    CHECK(office.list(kStaffOther).members.size() == 1);
    CHECK(office.list("27142").members.empty());
}

TEST_CASE(
    "staff: another key signs anew, a key that is taken away ends it, and hashes are this gateway's own") {
    StaffOffice office;
    const auto lan = office.add("Lan");
    office.makeKey();
    const auto first = office.list();
    const auto other = crypto::SigningKey::generate();
    REQUIRE(other.save(office.quiet.data() / "other.key"));
    const gateway::RoleKeyFile file(office.quiet.data(), StaffPublisher::kKey);
    REQUIRE(file.provide(office.quiet.data() / "other.key"));
    std::filesystem::last_write_time(file.path(),
                                     std::filesystem::last_write_time(file.path()) + std::chrono::hours(1));
    CHECK(wire::Cosigned::parse(office.lists.of(kStaffWard, office.now())->bytes)
              ->signers({other.verifyKey()}) == 1);
    CHECK(office.list().version > first.version);
    std::filesystem::remove(file.path());
    CHECK(office.lists.of(kStaffWard, office.now()).error().kind == ProblemKind::NotFound);
    StaffRegistry elsewhere(*office.quiet.city->storage.reports, other, kQuickPin);
    CHECK(elsewhere.signIn(kStaffWard, typedIn(lan.code, lan.pin.reveal()), office.now()).error().kind ==
          ProblemKind::Unprocessable);
}

TEST_CASE("staff: through nginx a kiosk gets the demo's list and signs in, and strangers get nothing") {
    LiveCity city;
    PretendKiosk kiosk(city);
    CHECK(city.send({.path = "/v1/staff"}).status == 401);
    const auto told = city.send({.path = "/v1/staff", .headers = kiosk.auth()});
    REQUIRE(told.status == 200);
    auto headers = kiosk.auth();
    headers.emplace("If-None-Match", told.header("ETag"));
    CHECK(city.send({.path = "/v1/staff", .headers = headers}).status == 304);
    const auto list = wire::StaffList::parse(wire::Cosigned::parse(told.body).value().payload);
    REQUIRE(list);
    CHECK(list->ward == kiosk.place.wardCode);

    const auto demo = json::parse(
        base::readFile(std::filesystem::path(TRAM_SOURCE_DIR) / "resources/demo/staff.json").value());
    for (const auto& row : demo.at("staff")) {
        const auto secret = wire::BadgeCode::read(row.at("badge").get<std::string>());
        REQUIRE(secret);
        const auto* member = list->byBadge(wire::BadgeCode::hashOf(*secret));
        REQUIRE(member);
        CHECK(member->name == row.at("name"));
        const auto keys = crypto::PinKeys::derive(base::SecretText(row.at("pin").get<std::string>()), *secret,
                                                  member->salt, list->cost);
        CHECK(keys->fits(member->verifier));
    }
    const auto signIn = [&](const std::string& body) {
        return city.send({.method = "POST",
                          .path = "/v1/staff/sign-in",
                          .headers = kiosk.auth(),
                          .type = "application/json",
                          .body = body});
    };
    const auto& helper = demo.at("staff").at(0);
    const auto right = signIn(typedIn(helper.at("code"), helper.at("pin")).toJson().reveal());
    REQUIRE(right.status == 200);
    CHECK(wire::StaffSignedIn::parse(right.body)->id == helper.at("id"));
    CHECK(signIn(typedIn(helper.at("code"), "1").toJson().reveal()).status == 422);
    CHECK(signIn(typedIn("999999", helper.at("pin")).toJson().reveal()).status == 422);
}

TEST_CASE("staff: commands take people in from a file, make badges and letters, and revoke") {
    LiveCity city;
    TempDir dir;
    const auto run = [&](std::vector<std::string> arguments, int expected = 0) {
        std::vector<std::string> argv{"/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&1", TRAM_GATEWAY, "staff"};
        arguments.insert(arguments.end(), {"--data", city.dataDir().string()});
        argv.insert(argv.end(), arguments.begin(), arguments.end());
        int exit = 0;
        auto said = runAndRead(argv, exit);
        INFO(said);
        CHECK(exit == expected);
        return said;
    };
    const auto file = dir.path() / "people.tsv", out = dir.path() / "badges";
    std::ofstream(file) << "Trần <Văn> \"Mẫu\"\tKhu phố 7\tofficer\r\n\nLê Thị Thử\t\thelper\n";
    const auto added = run({"add", "--ward", kStaffOther, "--out", out.string(), file.string()});
    const auto id = added.substr(0, added.find('\t'));
    const auto card = base::readFile(out / (id + ".svg")), letter = base::readFile(out / (id + ".txt"));
    REQUIRE(card);
    REQUIRE(letter);
    CHECK(card->find("&lt;Văn&gt;") != card->npos);
    CHECK(letter->find(added.substr(id.size() + 1, wire::StaffSignIn::kCodeDigits)) != letter->npos);
    const auto closed = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
    CHECK(std::filesystem::status(out / (id + ".txt")).permissions() == closed);
    const auto listed = run({"list", "--ward", kStaffOther});
    CHECK(listed.find("Lê Thị Thử") != listed.npos);
    CHECK(listed.find("officer") != listed.npos);
    run({"badge", id, "--out", (dir.path() / "anew").string()});
    CHECK(base::readFile(dir.path() / "anew" / (id + ".svg")).value() != *card);
    run({"revoke", id});
    CHECK(run({"list", "--ward", kStaffOther}).find("revoked") != std::string::npos);
    run({"revoke", id}, 1);
    std::ofstream(file) << "An\tKhu phố 1\thelper\nBình, Khu phố 1, helper\n";
    run({"add", "--ward", kStaffOther, "--out", out.string(), file.string()}, 1);
    CHECK(run({"list", "--ward", kStaffOther}).find("An\tKhu") == std::string::npos);  // all or nothing
    CHECK(run({"key"}) == run({"key"}));
}
