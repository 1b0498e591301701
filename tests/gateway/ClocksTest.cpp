// STANDARDS 9: the gateway's clock is years off, is put right, or leaps; and what it must not cost anybody.
#include <catch2/catch.hpp>

#include "QuietCity.h"
#include "gateway/storage/Backup.h"

using namespace tram;
using namespace tram::test;
using std::chrono::days;
using wire::ActionVerdict;

namespace {

constexpr const char* kAhead = "2055-01-01T03:04:05+07:00";

void shortLives(gateway::GatewayConfig& config) {
    config.retention = {days(7), days(30), days(60)};
}

gateway::BackupDone backUp(QuietCity& quiet) {
    const auto done = gateway::backUp(quiet.city->storage,
                                      {quiet.dir / "backups", false, std::nullopt, "test"}, quiet.clock);
    REQUIRE(done);
    return *done;
}

wire::BatchAnswer answerTo(QuietCity& quiet) {
    const auto answer = quiet.city->inbox.take(quiet.kiosk, {quiet.seal("x").bytes}, quiet.clock.wall());
    REQUIRE(answer);
    REQUIRE(answer->results[0].verdict == ActionVerdict::Accepted);
    return *answer;
}

bool held(QuietCity& quiet) {
    return *quiet.city->retentionClock.held();
}

}  // namespace

TEST_CASE("a backup promises what it holds, whatever the clock said when it was made") {
    QuietCity quiet;
    for (int at = 1; at <= 3; ++at) CHECK(answerTo(quiet).taken == at);
    CHECK(answerTo(quiet).backedUp == 0);
    const auto today = quiet.clock.wall();
    quiet.clock.set(kAhead);
    CHECK(backUp(quiet).taken == 4);
    quiet.clock.set(today);
    const auto after = answerTo(quiet);
    CHECK(after.taken == 5);
    CHECK(after.backedUp == 4);

    SECTION("what is forgotten stays counted: no number is given twice") {
        const auto sent = quiet.send("gone");
        REQUIRE(quiet.city->erasure.forget(sent.id));
        CHECK(answerTo(quiet).taken == 7);
        CHECK(backUp(quiet).taken == 7);
    }
    SECTION("the one that was made later is the newer one") {
        const auto newer = backUp(quiet);
        CHECK(newer.taken == 5);
        CHECK(gateway::BackupSet::in(quiet.dir / "backups").back() == newer.set.dir);
        const auto restored = gateway::restore(quiet.dir / "backups", quiet.dir / "restored");
        REQUIRE(restored);
        CHECK(restored->set.dir == newer.set.dir);
        auto storage = gateway::Storage::openExisting(quiet.dir / "restored");
        CHECK(*storage->taken() == 5);
        CHECK(*storage->backedUp() == 5);
        CHECK(gateway::pruneBackups(quiet.dir / "backups", 1).value() == 1);
        CHECK(gateway::BackupSet::in(quiet.dir / "backups").back() == newer.set.dir);
    }
    SECTION("of two at once the one that holds more counts, whichever ends last") {
        CHECK(backUp(quiet).taken == 5);
        REQUIRE(quiet.city->storage.setBackedUp(2, quiet.clock.wall()));
        CHECK(*quiet.city->storage.backedUp() == 5);
    }
}

TEST_CASE("what was to be tried again in 2055 is tried again when the clock is right") {
    QuietCity quiet;
    const auto today = quiet.clock.wall();
    const auto waiting = quiet.send("x"), followed = quiet.send("y");
    quiet.clock.set(kAhead);
    REQUIRE(quiet.city->reports.later(waiting.id, quiet.clock.wall() + std::chrono::minutes(2)));
    quiet.deliverAll();
    quiet.clock.set(today);
    quiet.deliverAll();
    CHECK(quiet.city->reports.counts()->waiting == 1);
    quiet.city->tidy();
    quiet.deliverAll();
    CHECK(quiet.city->reports.counts()->waiting == 0);
    CHECK(quiet.city->reports.due(today + days(2), 10)->size() == 2);  // and both are followed within a day
}

TEST_CASE("one envelope from 2055 does not keep those behind it from going in their time") {
    QuietCity quiet(shortLives);
    const auto today = quiet.clock.wall();
    const auto ahead = quiet.seal("ahead", 0);  // no sealing key of ours is in force in 2055
    quiet.clock.set(kAhead);
    REQUIRE(quiet.take(ahead.bytes).verdict == wire::ActionVerdict::Accepted);
    quiet.clock.set(today);
    const auto behind = quiet.send("behind");
    quiet.deliverAll();
    quiet.clock.advance(days(61));
    quiet.city->tidy();
    CHECK(quiet.filesWith(behind.bytes.substr(40, 200)) == std::vector<std::string>{});
    CHECK(quiet.filesWith(ahead.bytes.substr(40, 200)) == std::vector<std::string>{"gateway.db"});
}

TEST_CASE("a clock that leaps holds retention, and a person who has looked at it lets it go on") {
    QuietCity quiet(shortLives);
    const auto sent = quiet.send("x", 1);
    quiet.closeAll();
    quiet.city->tidy();
    const auto today = quiet.clock.wall();
    const auto tidyAt = [&](base::WallTime wall) {
        quiet.clock.advance(std::chrono::hours(2));
        quiet.clock.set(wall);
        quiet.city->tidy();
    };
    base::WallTime ahead;
    REQUIRE(base::fromRfc3339(kAhead, ahead));
    tidyAt(ahead);
    CHECK(quiet.knows(sent.code));
    CHECK(held(quiet));
    SECTION("after a restart as well") {
        quiet.restart();
        tidyAt(ahead);
        CHECK(quiet.knows(sent.code));
    }
    SECTION("put right, it goes on by itself") {
        tidyAt(today + days(1));
        CHECK_FALSE(held(quiet));
        CHECK(quiet.knows(sent.code));
        quiet.clock.advance(days(40));
        quiet.city->tidy();
        CHECK_FALSE(held(quiet));  // time that was seen to pass is no leap
        CHECK_FALSE(quiet.knows(sent.code));
    }
    SECTION("the clock is right: it was away for years") {
        auto beside = gateway::Storage::openExisting(quiet.data());
        REQUIRE(beside);
        REQUIRE(gateway::RetentionClock(*beside->city, quiet.clock).confirm());
        tidyAt(quiet.clock.wall() + std::chrono::hours(2));
        CHECK_FALSE(held(quiet));
        CHECK_FALSE(quiet.knows(sent.code));
    }
    SECTION("backwards it only keeps longer") {
        tidyAt(today - days(3000));
        CHECK_FALSE(held(quiet));
        CHECK(quiet.knows(sent.code));
    }
}

TEST_CASE("a restored store asks nobody whether the clock is right") {
    QuietCity quiet(shortLives);
    quiet.send("x");
    quiet.city->tidy();
    backUp(quiet);
    quiet.city.reset();
    std::filesystem::rename(quiet.data(), quiet.dir / "lost");
    REQUIRE(gateway::restore(quiet.dir / "backups", quiet.data()));
    std::filesystem::rename(quiet.dir / "lost" / "keys", quiet.data() / "keys");
    quiet.clock.advance(days(10));
    quiet.restart();
    quiet.city->tidy();
    CHECK_FALSE(held(quiet));
}
