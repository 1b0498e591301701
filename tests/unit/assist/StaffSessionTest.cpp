#include "assist/StaffSession.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "assist/Handover.h"
#include "crypto/Bytes.h"
#include "tests/support/FakeClock.h"

using namespace tram;
using namespace std::chrono_literals;
using assist::Handover;
using assist::SignedInBy;
using assist::StaffSession;
using base::ProblemKind;
using nlohmann::json;
using Standing = StaffSession::Standing;

namespace {

base::SecretText badge() {
    return base::SecretText("TRAM-S:0123456789");
}
base::SecretBytes seed(unsigned char fill = 7) {
    return base::SecretBytes(crypto::Bytes(StaffSession::kSeedBytes, fill));
}
const StaffSession::Who kWho{"S-7K3Q", "Nguyễn Thị \"Thử\"", "Tổ công nghệ số cộng đồng 03",
                             wire::StaffRole::Helper};

StaffSession session(const test::FakeClock& clock) {
    return {kWho, SignedInBy::BadgeAndPin, badge(), seed(), clock.boot()};
}
StaffSession again(const StaffSession& before, const test::FakeClock& clock) {
    auto read = Handover::fromBytes(Handover::toBytes(before).reveal(), clock.boot());
    REQUIRE(read);
    return std::move(*read);
}

}  // namespace

TEST_CASE("staff session: thirty idle minutes lock it and drop the seed, the PIN opens it again") {
    test::FakeClock clock;
    auto staff = session(clock);
    clock.advance(30min - 1ms);
    CHECK(staff.look(clock.boot()) == Standing::Active);
    staff.touch(clock.boot());
    clock.advance(30min - 1ms);
    CHECK(staff.look(clock.boot()) == Standing::Active);
    CHECK_FALSE(staff.draftSeed().empty());
    clock.advance(1ms);
    staff.touch(clock.boot());  // too late
    CHECK(staff.look(clock.boot()) == Standing::Locked);
    CHECK(staff.draftSeed().empty());
    CHECK(staff.badge().reveal() == badge().reveal());
    clock.advance(1h);
    REQUIRE(staff.unlock(seed(8), clock.boot()));
    CHECK(staff.look(clock.boot()) == Standing::Active);
    CHECK(staff.draftSeed().reveal() == seed(8).reveal());
    staff.lock();
    CHECK(staff.isLocked());
    CHECK(staff.draftSeed().empty());
}

TEST_CASE("staff session: twelve hours end it, however busy, and no wall clock does") {
    test::FakeClock clock;
    auto staff = session(clock);
    clock.set("2036-01-01T00:00:00+07:00");
    for (int i = 0; i < 12 * 60 - 1; ++i) {
        clock.advance(1min);
        staff.touch(clock.boot());
    }
    clock.set("1970-01-01T00:00:00+07:00");
    CHECK(staff.look(clock.boot()) == Standing::Active);
    clock.advance(1min);
    CHECK(staff.look(clock.boot()) == Standing::Ended);
    CHECK(staff.draftSeed().empty());
    CHECK(staff.badge().empty());
    CHECK_FALSE(staff.unlock(seed(), clock.boot()));
    CHECK(staff.draftSeed().empty());
}

TEST_CASE("staff session: of another boot it is over") {
    test::FakeClock clock;
    auto staff = session(clock);
    clock.reboot();
    clock.advance(2h);
    CHECK(staff.look(clock.boot()) == Standing::Ended);
}

TEST_CASE("handover: the next process goes on where the last one stopped") {
    test::FakeClock clock;
    auto staff = session(clock);
    clock.advance(20min);
    staff.touch(clock.boot());
    clock.advance(5min);
    auto next = again(staff, clock);
    CHECK(next.who() == kWho);
    CHECK(next.how() == SignedInBy::BadgeAndPin);
    CHECK(next.draftSeed().reveal() == seed().reveal());
    CHECK(next.badge().reveal() == badge().reveal());
    CHECK(next.signedIn().sinceBoot == staff.signedIn().sinceBoot);
    CHECK(next.lastActivity().sinceBoot == staff.lastActivity().sinceBoot);
    clock.advance(25min);
    CHECK(next.look(clock.boot()) == Standing::Locked);
    auto locked = again(next, clock);
    CHECK(locked.isLocked());
    CHECK(locked.draftSeed().empty());
    CHECK(Handover::toBytes(next).reveal().find(crypto::toBase64(seed().reveal())) == std::string::npos);

    StaffSession coded(kWho, SignedInBy::CodeAndPin, {}, {}, clock.boot());
    CHECK(again(coded, clock).how() == SignedInBy::CodeAndPin);
    clock.advance(12h);
    CHECK(Handover::fromBytes(Handover::toBytes(coded).reveal(), clock.boot()).error().kind ==
          ProblemKind::Expired);
}

TEST_CASE("handover: is read strictly") {
    test::FakeClock clock;
    const auto whole = json::parse(Handover::toBytes(session(clock)).reveal());
    const auto refused = [&](auto change) {
        auto body = whole;
        change(body);
        return !Handover::fromBytes(body.dump(), clock.boot());
    };
    CHECK_FALSE(refused([](json&) {}));
    for (const auto& [key, value] : whole.items()) {
        CAPTURE(key);
        CHECK(refused([&](json& b) { b.erase(key); }));
        CHECK(refused([&](json& b) { b[key] = json::array(); }));
        CHECK(refused([&](json& b) { b[key] = -1; }));
    }
    CHECK(refused([](json& b) { b["resident"] = "x"; }));
    CHECK(refused([](json& b) { b["role"] = "mayor"; }));
    CHECK(refused([](json& b) { b["badge"] = ""; }));
    CHECK(refused([](json& b) { b["how"] = "code"; }));             // and a seed
    CHECK(refused([](json& b) { b["locked"] = true; }));            // and a seed
    CHECK(refused([](json& b) { b["seed"] = "AAAA"; }));            // too short
    CHECK(refused([](json& b) { b["boot"] = "boot-9"; }));          // of another boot
    CHECK(refused([](json& b) { b["last"] = 0; }));                 // before it began
    CHECK(refused([](json& b) { b["last"] = 99 * 3600 * 1000; }));  // not yet
    CHECK(refused([](json& b) { b["signed_in"] = b["last"] = 99 * 3600 * 1000; }));
    CHECK(refused([](json& b) { b["name"] = std::string(5000, 'x'); }));
    CHECK_FALSE(Handover::fromBytes("", clock.boot()));
}

TEST_CASE("handover: a pipe is read once, whole, and closed whatever comes") {
    test::FakeClock clock;
    auto widest = kWho;
    widest.name = std::string(400, '"');
    widest.unit = std::string(400, '\\');
    const StaffSession staff(widest, SignedInBy::BadgeAndPin, badge(), seed(), clock.boot());
    const auto end = Handover::toPipe(staff);
    REQUIRE(end);
    CHECK((fcntl(*end, F_GETFD) & FD_CLOEXEC) == 0);
    const auto read = Handover::fromPipe(*end, clock.boot());
    REQUIRE(read);
    CHECK(read->who() == widest);
    CHECK(fcntl(*end, F_GETFD) == -1);

    std::array<int, 2> ends{};
    REQUIRE(pipe(ends.data()) == 0);
    const std::string flood(2 * Handover::kMaxBytes, ' ');
    REQUIRE(write(ends[1], flood.data(), flood.size()) > 0);
    close(ends[1]);
    CHECK_FALSE(Handover::fromPipe(ends[0], clock.boot()));
    CHECK(fcntl(ends[0], F_GETFD) == -1);
    CHECK_FALSE(Handover::fromPipe(-1, clock.boot()));
}
