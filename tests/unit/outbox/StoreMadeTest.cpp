#include "outbox/StoreMade.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "base/Files.h"
#include "outbox/SqliteOutboxStore.h"
#include "outbox/StoreRepair.h"
#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::outbox;
using base::ProblemKind;
namespace fs = std::filesystem;

namespace {

const test::FakeClock kClock;

Item item() {
    Item one{.id = base::Uuid::v7(kClock.wall())};
    one.kind = "feedback.report";
    one.envelope = "sealed";
    one.keptAt = kClock.wall();
    return one;
}

/// A kiosk that thanked for a report and came to a clean end.
void live(const fs::path& dir) {
    const auto store = SqliteOutboxStore::open(dir).value();
    REQUIRE(store->add(item()));
}

void write(const fs::path& file, const std::string& bytes) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << bytes;
    REQUIRE(out.flush());
}

std::string madeIn(const fs::path& dir) {
    return base::readFile(dir / "store.made").value();
}

}  // namespace

TEST_CASE("a store that is gone, empty or another one after a clean end is no first start", "[outbox]") {
    const test::TempDir dir, other;
    live(dir.path());
    const auto before = madeIn(dir.path());
    bool trace = true;
    SECTION("deleted") {
        fs::remove(dir / "outbox.db");
    }
    SECTION("cut to nothing") {
        fs::resize_file(dir / "outbox.db", 0);
    }
    SECTION("an empty database instead") {
        fs::remove(dir / "outbox.db");
        SQLite::Database(dir / "outbox.db", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("VACUUM");
        REQUIRE(fs::file_size(dir / "outbox.db") > 0);
        trace = false;
    }
    SECTION("another station's store instead") {
        live(other.path());
        fs::copy_file(other / "outbox.db", dir / "outbox.db", fs::copy_options::overwrite_existing);
        trace = false;
    }
    CHECK(storeLost(dir.path()) == trace);
    CHECK(SqliteOutboxStore::open(dir.path()).error().kind == ProblemKind::StoreDamaged);
    CHECK(SqliteOutboxStore::open(dir.path()).error().kind == ProblemKind::StoreDamaged);
    CHECK(storeSuspected(dir.path()));

    const auto repair = repairStore(dir.path());
    REQUIRE(repair);
    CHECK(repair->damaged);
    CHECK(repair->lost == trace);
    CHECK(storesPutAside(dir.path()) == std::vector<std::string>{repair->aside});
    CHECK(madeIn(dir.path()) != before);
    CHECK(SqliteOutboxStore::open(dir.path()).value()->add(item()));
    CHECK_FALSE(storeLost(dir.path()));
}

TEST_CASE("a store deleted while it is open is noticed as well", "[outbox]") {
    const test::TempDir dir;
    {
        const auto store = SqliteOutboxStore::open(dir.path()).value();
        REQUIRE(store->add(item()));
        fs::remove(dir / "outbox.db");
        CHECK(store->add(item()).error().kind == ProblemKind::StoreDamaged);
    }
    const auto repair = repairStore(dir.path());
    REQUIRE(repair);
    CHECK(repair->damaged);
}

TEST_CASE("a store of an earlier program, and one whose store.made is gone or garbled, goes on", "[outbox]") {
    const test::TempDir dir;
    live(dir.path());
    const auto before = madeIn(dir.path());
    SECTION("from before there was such a file") {
        SQLite::Database(dir / "outbox.db", SQLite::OPEN_READWRITE).exec("DELETE FROM notes");
        fs::remove(dir / "store.made");
    }
    SECTION("gone") {
        fs::remove(dir / "store.made");
    }
    SECTION("empty") {
        write(dir / "store.made", "");
    }
    SECTION("garbled") {
        write(dir / "store.made", std::string(5000, '\xff'));
    }
    const auto counts = SqliteOutboxStore::open(dir.path()).value()->counts();
    CHECK(counts->waiting == 1);
    CHECK(madeIn(dir.path()).size() == before.size());
    CHECK_FALSE(storeSuspected(dir.path()));
    fs::remove(dir / "outbox.db");
    CHECK(SqliteOutboxStore::open(dir.path()).error().kind == ProblemKind::StoreDamaged);
}

TEST_CASE("a garbled store.made does not make a lost store a new one", "[outbox]") {
    const test::TempDir dir;
    live(dir.path());
    write(dir / "store.made", "?");
    fs::remove(dir / "outbox.db");
    CHECK(SqliteOutboxStore::open(dir.path()).error().kind == ProblemKind::StoreDamaged);
}

TEST_CASE("what a deleted store left in its -wal is saved", "[outbox]") {
    const test::TempDir dir, copy;
    {
        const auto store = SqliteOutboxStore::open(dir.path()).value();
        REQUIRE(store->add(item()));
        fs::copy_file(dir / "outbox.db-wal", copy / "wal");
    }
    fs::remove(dir / "outbox.db");
    fs::copy_file(copy / "wal", dir / "outbox.db-wal");
    CHECK(SqliteOutboxStore::open(dir.path()).error().kind == ProblemKind::StoreDamaged);
    const auto repair = repairStore(dir.path());
    REQUIRE(repair);
    CHECK(repair->lost);
    CHECK(repair->broken == 1);  // this test's envelope is none; it was read
}
