#include "outbox/SqliteOutboxStore.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "crypto/Bytes.h"
#include "outbox/ItemRows.h"
#include "outbox/Salvage.h"
#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::outbox;
using base::ProblemKind;
namespace fs = std::filesystem;

namespace {

const test::FakeClock kClock;

Item item() {
    Item made{.id = base::Uuid::v7(kClock.wall())};
    made.kind = "feedback.report";
    made.envelope = "{}";
    made.keptAt = kClock.wall();
    return made;
}

StoredAttachment put(OutboxStore& store, const std::string& bytes) {
    const StoredAttachment meta{crypto::sha256Hex(crypto::view(bytes)), bytes.size()};
    REQUIRE(store.putAttachment(meta, bytes));
    return meta;
}

mode_t modeOf(const fs::path& path) {
    struct stat info{};
    REQUIRE(stat(path.c_str(), &info) == 0);
    return info.st_mode & 0777;
}

}  // namespace

TEST_CASE("what was kept is there for the next process", "[outbox]") {
    const test::TempDir dir;
    const Item one = item();
    {
        const auto store = SqliteOutboxStore::open(dir.path()).value();
        REQUIRE(store->add(one));
        REQUIRE(store->setNote("epoch", "e"));
    }
    const auto store = SqliteOutboxStore::open(dir.path()).value();
    CHECK(store->find(one.id)->has_value());
    CHECK(store->note("epoch").value() == "e");
}

TEST_CASE("kiosk, agent and tool see each other's changes at once", "[outbox]") {
    const test::TempDir dir;
    const auto kiosk = SqliteOutboxStore::open(dir.path()).value();
    const auto agent = SqliteOutboxStore::open(dir.path()).value();
    const Item one = item();
    REQUIRE(kiosk->add(one));
    REQUIRE(agent->due(kClock.boot(), 1)->size() == 1);
    REQUIRE(agent->markAccepted(one.id, kClock.wall()));
    CHECK(kiosk->find(one.id).value()->state == ItemState::Accepted);
    Item twin = item();
    twin.id = one.id;
    CHECK(agent->add(twin).error().kind == ProblemKind::Conflict);
}

TEST_CASE("nobody else on the machine may look in", "[outbox]") {
    const test::TempDir dir;
    const auto store = SqliteOutboxStore::open(dir.path()).value();
    const auto attachment = put(*store, "cipher");
    CHECK(modeOf(dir / "outbox.db") == 0600);
    CHECK(modeOf(dir / "attachments") == 0700);
    CHECK(modeOf(store->attachmentPath(attachment.sha256).value()) == 0600);
}

TEST_CASE(
    "files that nothing names go once they have been seen long enough, left-overs of a broken write too",
    "[outbox]") {
    const test::TempDir dir;
    const auto store = SqliteOutboxStore::open(dir.path(), std::chrono::milliseconds(0)).value();
    Item one = item();
    one.attachments = {put(*store, "named")};
    REQUIRE(store->add(one));
    const auto orphan = put(*store, "orphan");
    const fs::path half = dir / "attachments" / (orphan.sha256 + ".0123456789abcdef.tmp"),
                   key = dir / "kiosk.key.0123456789abcdef.tmp", other = dir / "somebody's.tmp";
    for (const auto& file : {half, key, other}) std::ofstream(file) << "half";
    REQUIRE(store->prune(0));
    CHECK(store->attachmentPath(orphan.sha256));  // its row may be on its way
    REQUIRE(store->prune(0));
    CHECK(store->attachmentPath(one.attachments[0].sha256));
    CHECK_FALSE(store->attachmentPath(orphan.sha256));
    CHECK_FALSE(fs::exists(half));
    CHECK_FALSE(fs::exists(key));
    CHECK(fs::exists(other));
}

TEST_CASE("a file whose time is years off is no older for it", "[outbox]") {  // STANDARDS 9
    const test::TempDir dir;
    const auto store = SqliteOutboxStore::open(dir.path()).value();
    const auto onItsWay = put(*store, "cipher");
    fs::last_write_time(dir / "attachments" / onItsWay.sha256,
                        fs::file_time_type::clock::now() - std::chrono::hours(24 * 3650));
    REQUIRE(store->prune(0));
    REQUIRE(store->prune(0));
    CHECK(store->attachmentPath(onItsWay.sha256));
}

TEST_CASE("where a store was put aside its attachments stay", "[outbox]") {
    const test::TempDir dir;
    const auto store = SqliteOutboxStore::open(dir.path(), std::chrono::milliseconds(0)).value();
    const auto nameless = put(*store, "cipher");
    std::ofstream(dir / "outbox.db.damaged-2026-11-21T094107-00c0ffee") << "x";
    for (int i = 0; i < 3; ++i) REQUIRE(store->prune(0));
    CHECK(store->attachmentPath(nameless.sha256));
}

TEST_CASE("a pruned item's files go after it", "[outbox]") {
    const test::TempDir dir;
    const auto store = SqliteOutboxStore::open(dir.path(), std::chrono::milliseconds(0)).value();
    Item one = item();
    one.attachments = {put(*store, "cipher")};
    REQUIRE(store->add(one));
    REQUIRE(store->markAccepted(one.id, {kClock.wall(), 5}));
    REQUIRE(store->prune(4));
    CHECK(store->attachmentPath(one.attachments[0].sha256));
    for (int i = 0; i < 2; ++i) REQUIRE(store->prune(5));
    CHECK_FALSE(store->attachmentPath(one.attachments[0].sha256));
}

TEST_CASE("names that have been there long, by a clock that does not jump", "[outbox]") {
    const auto start = Lingering::Clock::time_point{} + std::chrono::hours(1);
    const auto at = [&](int minutes) { return start + std::chrono::minutes(minutes); };
    Lingering lingering(std::chrono::minutes(50));
    CHECK(lingering.look({"a", "b"}, at(0)).empty());
    CHECK(lingering.look({"a", "c"}, at(49)).empty());
    CHECK(lingering.look({"a", "b", "c"}, at(60)) == std::vector<std::string>{"a"});  // b was away
    CHECK(lingering.look({"b", "c"}, at(109)) == std::vector<std::string>{"c"});
}

TEST_CASE("a damaged file is said to be damaged", "[outbox]") {  // STANDARDS 5
    const test::TempDir dir;
    SECTION("not a database at all") {
        std::ofstream(dir / "outbox.db") << std::string(4096, 'x');
        CHECK(SqliteOutboxStore::open(dir.path()).error().kind == ProblemKind::StoreDamaged);
    }
    SECTION("pages overwritten") {
        {
            const auto store = SqliteOutboxStore::open(dir.path()).value();
            for (int i = 0; i < 200; ++i) REQUIRE(store->add(item()));
            CHECK(store->quickCheck());
        }
        std::fstream file(dir / "outbox.db", std::ios::in | std::ios::out | std::ios::binary);
        constexpr std::size_t kDamage = 16384;
        file.seekp(static_cast<std::streamoff>(fs::file_size(dir / "outbox.db") - kDamage));
        file << std::string(kDamage, '\xee');
        file.close();
        const auto store = SqliteOutboxStore::open(dir.path()).value();
        CHECK(store->quickCheck().error().kind == ProblemKind::StoreDamaged);
    }
    CHECK(storeSuspected(dir.path()));
}

TEST_CASE("an attachment's file tells the hour it was written, no minute", "[outbox]") {  // STANDARDS 14
    const test::TempDir dir;
    const auto store = SqliteOutboxStore::open(dir.path()).value();
    const StoredAttachment meta{std::string(64, 'a'), 6};
    REQUIRE(store->putAttachment(meta, "cipher"));
    struct stat file{};
    REQUIRE(::stat(store->attachmentPath(meta.sha256)->c_str(), &file) == 0);
    for (const timespec& time : {file.st_mtim, file.st_atim}) {
        CHECK(time.tv_sec % 3600 == 0);
        CHECK(time.tv_nsec == 0);
    }
    CHECK(file.st_ctim.tv_sec - file.st_mtim.tv_sec < 2 * 3600);
}

TEST_CASE("a data directory that cannot be", "[outbox]") {
    const test::TempDir dir;
    std::ofstream(dir / "file") << "x";
    CHECK_FALSE(SqliteOutboxStore::open(dir / "file"));
}

TEST_CASE("what a store of the first version calls accepted is offered once more, and told its number",
          "[outbox]") {
    const test::TempDir dir;
    const Item one = item(), waiting = item();
    {
        auto first = store::Database::open(dir / "outbox.db", outboxMigrations().first(1));
        REQUIRE(first);
        SQLite::Statement row(first->raw(),
                              "INSERT INTO items(id, kind, envelope, code_hash, kept_at, state, tries,"
                              " next_boot, next_ms, problem, accepted_at)"
                              " VALUES(?, 'feedback.report', x'7b7d', NULL, 1, ?, 0, '', 0, '', 5)");
        for (const auto& [each, state] : {std::pair(&one, 2), std::pair(&waiting, 0)}) {
            row.bind(1, each->id.text());
            row.bind(2, state);
            row.exec();
            row.reset();
        }
    }
    const auto store = SqliteOutboxStore::open(dir.path()).value();
    CHECK(store->due(kClock.boot(), 10)->size() == 2);
    CHECK(store->find(one.id)->value().number == 0);
    REQUIRE(store->markAccepted(one.id, {kClock.wall(), 3}));
    CHECK(store->find(one.id)->value().number == 3);
    // The other's row is as the first version wrote it, a column shorter: a repair reads both. ("{}" is no
    // envelope.)
    CHECK(salvage(dir / "outbox.db")->broken == 2);
}

TEST_CASE("an attachment that has become a link to elsewhere is none", "[outbox]") {
    const test::TempDir dir;
    const auto store = SqliteOutboxStore::open(dir.path()).value();
    const auto attachment = put(*store, "cipher");
    const auto file = dir.path() / "attachments" / attachment.sha256;
    REQUIRE(store->attachmentPath(attachment.sha256));
    std::filesystem::rename(file, dir / "elsewhere");
    std::filesystem::create_symlink(dir / "elsewhere", file);
    CHECK(store->attachmentPath(attachment.sha256).error().kind == ProblemKind::FileMissing);
}
