#include "store/Database.h"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <random>
#include <stdexcept>

#include "base/Files.h"
#include "tests/support/TempDir.h"

using namespace tram;
using base::ProblemKind;
using base::Result;
using store::Database;
using test::TempDir;

namespace {

constexpr const char* kOne[] = {"CREATE TABLE item(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)"};
constexpr const char* kTwo[] = {
    kOne[0], "ALTER TABLE item ADD COLUMN size INTEGER; CREATE INDEX by_size ON item(size)"};
constexpr const char* kBroken[] = {kOne[0], "CREATE TABLE other(id); CREATE TABLE item(id)"};

int number(Database& db, const char* sql) {
    return db.raw().execAndGet(sql).getInt();
}

unsigned modeOf(const std::filesystem::path& path) {
    struct stat info{};
    REQUIRE(::stat(path.c_str(), &info) == 0);
    return info.st_mode & 07777;
}

Result<void> insert(Database& db, const std::string& text) {
    return db.transaction([&]() -> Result<void> {
        SQLite::Statement statement(db.raw(), "INSERT INTO item(text) VALUES(?)");
        statement.bind(1, text);
        statement.exec();
        return {};
    });
}

void fill(Database& db, int rows) {
    REQUIRE(db.transaction([&]() -> Result<void> {
        for (int i = 0; i < rows; ++i)
            db.raw().exec("INSERT INTO item(text) VALUES('row " + std::to_string(i) + "')");
        return {};
    }));
}

}  // namespace

TEST_CASE("a store is opened as the standard asks") {  // STANDARDS 5
    const TempDir dir;
    auto db = Database::open(dir / "a.db", kOne).value();
    CHECK(db.raw().execAndGet("PRAGMA journal_mode").getString() == "wal");
    CHECK(number(db, "PRAGMA synchronous") == 2);  // FULL
    CHECK(number(db, "PRAGMA foreign_keys") == 1);
    CHECK(number(db, "PRAGMA trusted_schema") == 0);
    CHECK(number(db, "PRAGMA user_version") == 1);
}

TEST_CASE("all its files are closed to others, whatever the umask") {
    const TempDir dir;
    const mode_t before = ::umask(0);
    {
        auto db = Database::open(dir / "a.db", kOne).value();
        REQUIRE(insert(db, "x"));
        CHECK(modeOf(dir / "a.db") == 0600);
        CHECK(modeOf(dir / "a.db-wal") == 0600);
        CHECK(modeOf(dir / "a.db-shm") == 0600);
    }
    REQUIRE(::chmod((dir / "a.db").c_str(), 0644) == 0);
    REQUIRE(Database::open(dir / "a.db", kOne));
    CHECK(modeOf(dir / "a.db") == 0600);
    ::umask(before);
}

TEST_CASE("migrations go up, once each, and keep what is there") {
    const TempDir dir;
    {
        auto db = Database::open(dir / "a.db", kOne).value();
        REQUIRE(insert(db, "kept"));
    }
    auto db = Database::open(dir / "a.db", kTwo).value();
    CHECK(number(db, "PRAGMA user_version") == 2);
    CHECK(number(db, "SELECT count(*) FROM item WHERE text='kept' AND size IS NULL") == 1);
    REQUIRE(Database::open(dir / "a.db", kTwo));
}

TEST_CASE("a store of a later version is left alone") {
    const TempDir dir;
    REQUIRE(Database::open(dir / "a.db", kTwo));
    const auto old = Database::open(dir / "a.db", kOne);
    REQUIRE_FALSE(old);
    CHECK(old.error().kind == ProblemKind::StoreTooNew);
    REQUIRE(Database::open(dir / "a.db", kTwo));
}

TEST_CASE("half a migration leaves nothing") {
    const TempDir dir;
    REQUIRE(Database::open(dir / "a.db", kOne));
    REQUIRE_FALSE(Database::open(dir / "a.db", kBroken));
    auto db = Database::open(dir / "a.db", kOne).value();
    CHECK(number(db, "SELECT count(*) FROM sqlite_master WHERE name='other'") == 0);
}

TEST_CASE("a transaction is whole or not at all") {
    const TempDir dir;
    auto db = Database::open(dir / "a.db", kOne).value();
    const auto refused = db.transaction([&]() -> Result<void> {
        db.raw().exec("INSERT INTO item(text) VALUES('a')");
        return base::fail(ProblemKind::Cancelled);
    });
    CHECK(refused.error().kind == ProblemKind::Cancelled);
    CHECK_THROWS_AS(db.transaction([&]() -> Result<void> {
        db.raw().exec("INSERT INTO item(text) VALUES('b')");
        throw std::runtime_error("a bug");
    }),
                    std::runtime_error);
    const auto twice = db.transaction([&]() -> Result<void> {
        db.raw().exec("INSERT INTO item(text) VALUES('c')");
        db.raw().exec("INSERT INTO item(text) VALUES('c')");
        return {};
    });
    REQUIRE_FALSE(twice);
    CHECK(twice.error().kind == ProblemKind::Internal);
    CHECK(number(db, "SELECT count(*) FROM item") == 0);
    REQUIRE(insert(db, "d"));
    CHECK(number(db, "SELECT count(*) FROM item") == 1);
}

TEST_CASE("a problem tells a code, never what was to be stored") {
    const TempDir dir;
    auto db = Database::open(dir / "a.db", kOne).value();
    const auto failed = Database::guarded([&] { db.raw().exec("SELECT 'Nguyễn Thị Thử' FROM absent"); });
    REQUIRE_FALSE(failed);
    CHECK(failed.error().fact("detail") == "sqlite 1");
}

TEST_CASE("a full disk is told as that, and the store goes on") {  // STANDARDS 9
    const TempDir dir;
    auto db = Database::open(dir / "a.db", kOne).value();
    REQUIRE(insert(db, "before"));
    db.raw().exec("PRAGMA max_page_count=" + std::to_string(number(db, "PRAGMA page_count")));
    const auto full = insert(db, std::string(100'000, 'x'));
    REQUIRE_FALSE(full);
    CHECK(full.error().kind == ProblemKind::DiskFull);
    db.raw().exec("PRAGMA max_page_count=1000000");
    REQUIRE(insert(db, "after"));
    CHECK(number(db, "SELECT count(*) FROM item") == 2);
}

TEST_CASE("another's lock is busy, not broken") {
    const TempDir dir;
    auto mine = Database::open(dir / "a.db", kOne).value();
    auto theirs = Database::open(dir / "a.db", kOne).value();
    mine.raw().setBusyTimeout(1);
    const auto outer = theirs.transaction([&]() -> Result<void> {
        const auto inner = insert(mine, "x");
        REQUIRE_FALSE(inner);
        CHECK(inner.error().kind == ProblemKind::StoreBusy);
        return {};
    });
    REQUIRE(outer);
    REQUIRE(insert(mine, "x"));
}

TEST_CASE("a statement stays compiled, and holds nothing once it was given back") {
    const TempDir dir;
    auto db = Database::open(dir / "a.db", kOne).value();
    auto other = Database::open(dir / "a.db", kOne).value();
    for (const char* text : {"one", "two"}) REQUIRE(insert(db, text));
    const auto look = [&](const char* text) {
        const auto row = db.prepared("SELECT count(*) FROM item WHERE text = ?");
        row->bind(1, text);
        REQUIRE(row->executeStep());
        return std::pair{row->getColumn(0).getInt(), &*row};
    };
    const auto [found, first] = look("one");
    const auto [none, second] = look("three");
    CHECK(found == 1);
    CHECK(none == 0);
    CHECK(first == second);
    {
        const auto unbound = db.prepared("SELECT count(*) FROM item WHERE text = ?");
        REQUIRE(unbound->executeStep());
        CHECK(unbound->getColumn(0).getInt() == 0);
    }
    // No snapshot is held: the whole log can be written back and begun anew.
    CHECK(number(other, "PRAGMA wal_checkpoint(TRUNCATE)") == 0);
}

TEST_CASE("a damaged store is told as that") {  // STANDARDS 5
    const TempDir dir;
    REQUIRE(base::writeFileAtomically(dir / "text.db", std::string(8192, 'x'), 0600));
    CHECK(Database::open(dir / "text.db", kOne).error().kind == ProblemKind::StoreDamaged);

    {
        auto db = Database::open(dir / "a.db", kOne).value();
        fill(db, 2000);
        REQUIRE(db.quickCheck());
    }
    {
        std::fstream file(dir / "a.db", std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(3 * 4096);
        file << std::string(4 * 4096, '\x5A');
    }
    auto damaged = Database::open(dir / "a.db", kOne);
    if (!damaged) {
        CHECK(damaged.error().kind == ProblemKind::StoreDamaged);
    } else {
        CHECK(damaged->quickCheck().error().kind == ProblemKind::StoreDamaged);
    }
}

TEST_CASE("a store cut short anywhere never crashes us") {
    const TempDir dir;
    {
        auto db = Database::open(dir / "a.db", kOne).value();
        fill(db, 300);
    }
    const auto whole = base::readFile(dir / "a.db").value();
    std::mt19937 random(5);
    for (int i = 0; i < 40; ++i) {
        const auto part = whole.substr(0, 1 + random() % (whole.size() - 1));
        REQUIRE(base::writeFileAtomically(dir / "b.db", part, 0600));
        if (auto db = Database::open(dir / "b.db", kOne); db)
            CHECK(db->quickCheck().error().kind == ProblemKind::StoreDamaged);
        else
            CHECK(db.error().kind == ProblemKind::StoreDamaged);
        for (const char* side : {"b.db-wal", "b.db-shm"}) std::filesystem::remove(dir / side);
    }
}

TEST_CASE("where there is no place for a store") {
    const TempDir dir;
    CHECK(Database::open(dir / "absent" / "a.db", kOne).error().kind == ProblemKind::FileMissing);
    CHECK_FALSE(Database::open(dir.path(), kOne));
    std::filesystem::create_symlink(dir / "elsewhere", dir / "link.db");
    CHECK_FALSE(Database::open(dir / "link.db", kOne));
    CHECK_FALSE(std::filesystem::exists(dir / "elsewhere"));
}

TEST_CASE("nothing is acknowledged once the file is no longer in its place") {
    const TempDir dir;
    auto db = Database::open(dir / "a.db", kOne).value();
    REQUIRE(insert(db, "kept"));
    std::filesystem::rename(dir / "a.db", dir / "aside.db");
    CHECK(insert(db, "lost").error().kind == ProblemKind::StoreDamaged);
    std::filesystem::rename(dir / "aside.db", dir / "a.db");
    CHECK(insert(db, "kept again"));
}
