#include "outbox/StoreHold.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "outbox/SqliteOutboxStore.h"
#include "outbox/StoreRepair.h"
#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::outbox;
using base::ProblemKind;
namespace fs = std::filesystem;

namespace {

Item item() {
    const test::FakeClock clock;
    Item made{.id = base::Uuid::v7(clock.wall())};
    made.kind = "feedback.report";
    made.envelope = "{}";
    return made;
}

}  // namespace

TEST_CASE("many share the store, and one is alone with it only when nobody does", "[outbox]") {
    const test::TempDir dir;
    {
        const auto kiosk = SqliteOutboxStore::open(dir.path()).value();
        const auto tool = SqliteOutboxStore::open(dir.path()).value();
        CHECK(StoreHold::alone(dir.path()).error().kind == ProblemKind::StoreBusy);
        CHECK(repairStore(dir.path()).error().kind == ProblemKind::StoreBusy);
    }
    const auto alone = StoreHold::alone(dir.path());
    REQUIRE(alone);
    fs::remove(dir / "store.suspect");
    CHECK(SqliteOutboxStore::open(dir.path()).error().kind == ProblemKind::StoreBusy);
}

TEST_CASE("a suspected store is not opened, and keeps nothing for those who have it open", "[outbox]") {
    const test::TempDir dir;
    const auto kiosk = SqliteOutboxStore::open(dir.path()).value();
    const Item before = item();
    REQUIRE(kiosk->add(before));
    suspectStore(dir.path());
    CHECK(kiosk->add(item()).error().kind == ProblemKind::StoreDamaged);
    CHECK(kiosk->find(before.id)->has_value());
    CHECK(SqliteOutboxStore::open(dir.path()).error().kind == ProblemKind::StoreDamaged);
    CHECK(kiosk->counts()->waiting == 1);
}

TEST_CASE("a false alarm is over once the store was examined", "[outbox]") {
    const test::TempDir dir;
    const Item one = item();
    REQUIRE(SqliteOutboxStore::open(dir.path()).value()->add(one));
    suspectStore(dir.path());
    const auto repair = repairStore(dir.path());
    REQUIRE(repair);
    CHECK_FALSE(repair->damaged);
    CHECK_FALSE(storeSuspected(dir.path()));
    CHECK(storesPutAside(dir.path()).empty());
    CHECK(SqliteOutboxStore::open(dir.path()).value()->find(one.id)->has_value());
}

TEST_CASE("whoever meets damage makes it known", "[outbox]") {
    const test::TempDir dir;
    fs::create_directories(dir / "attachments");
    std::ofstream(dir / "outbox.db") << std::string(8192, 'x');
    CHECK(SqliteOutboxStore::open(dir.path()).error().kind == ProblemKind::StoreDamaged);
    CHECK(storeSuspected(dir.path()));
}
