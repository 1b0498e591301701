#include "outbox/StoreMade.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/Files.h"
#include "base/Random.h"
#include "outbox/ItemRows.h"

namespace tram::outbox {

namespace fs = std::filesystem;
using base::ProblemKind;
using base::Result;
using store::Database;

namespace {

constexpr std::size_t kIdBytes = 16, kMaxFile = 4096;

fs::path fileIn(const fs::path& dataDir) {
    return dataDir / "store.made";
}

bool isId(const std::string& text) {
    const auto isHex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return text.size() == 2 * kIdBytes && std::ranges::all_of(text, isHex);
}

/// Nothing when no store was made yet; "" when one was, and the file no longer says which.
Result<std::optional<std::string>> readMade(const fs::path& dataDir) {
    auto text = base::readFile(fileIn(dataDir), kMaxFile);
    if (text) {
        if (text->ends_with('\n')) text->pop_back();
        return isId(*text) ? *text : std::string();
    }
    if (text.error().kind == ProblemKind::FileMissing) return std::nullopt;
    if (text.error().kind == ProblemKind::TooLarge) return std::string();
    return tl::unexpected(text.error());
}

bool isEmpty(const fs::path& file) {
    std::error_code absent;
    const auto size = fs::file_size(file, absent);
    return absent == std::errc::no_such_file_or_directory || (!absent && size == 0);
}

std::string idIn(SQLite::Database& db) {
    SQLite::Statement row(db, "SELECT value FROM notes WHERE key = 'store'");
    return row.executeStep() ? row.getColumn(0).getText() : "";
}

Result<std::string> idOf(Database& database) {
    std::string id;
    auto read = Database::guarded([&] { id = idIn(database.raw()); });
    if (!read) return tl::unexpected(read.error());
    return id;
}

/// Several programs may be first at once: one id stands, and all write the same file.
Result<std::string> giveId(Database& database) {
    auto given = database.transaction([&]() -> Result<void> {
        SQLite::Statement row(database.raw(), "INSERT OR IGNORE INTO notes(key, value) VALUES('store', ?)");
        row.bind(1, base::randomHex(kIdBytes));
        row.exec();
        return {};
    });
    if (!given) return tl::unexpected(given.error());
    return idOf(database);
}

/// The id first: a file on disk promises that its store is there too.
Result<void> tellMade(const fs::path& dataDir, Database& database) {
    auto id = idOf(database);
    if (id && id->empty()) id = giveId(database);
    if (!id) return tl::unexpected(id.error());
    return base::writeFileAtomically(fileIn(dataDir), *id + "\n", 0600);
}

Result<void> isTheOne(const fs::path& dataDir, Database& database, const std::string& made) {
    const auto id = idOf(database);
    if (!id) return tl::unexpected(id.error());
    if (!id->empty() && made.empty()) return tellMade(dataDir, database);
    if (!id->empty() && *id == made) return {};
    return base::fail(ProblemKind::StoreDamaged, {{"detail", id->empty() ? "lost" : "exchanged"}});
}

/// Every table and index as it stands in the schema, in words.
std::string shapeOf(SQLite::Database& db) {
    return db
        .execAndGet(
            "SELECT group_concat(type || name || tbl_name || quote(sql), char(10)) FROM"
            " (SELECT * FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%' ORDER BY name)")
        .getString();
}

const std::string& shapeWanted() {
    static const std::string shape = [] {
        SQLite::Database fresh(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        for (const char* step : outboxMigrations()) fresh.exec(step);
        return shapeOf(fresh);
    }();
    return shape;
}

/// SQLite believes what the file says of its own tables. A letter that flipped there makes each statement of
/// ours a mistake, which reads like a bug of the program and would end no repair.
Result<Database> open(const fs::path& dataDir) {
    auto database = Database::open(dataDir / "outbox.db", outboxMigrations());
    const bool mistaken = !database && database.error().fact("detail") == "sqlite 1";
    if (mistaken) return base::fail(ProblemKind::StoreDamaged, {{"detail", "schema"}});
    if (!database) return database;
    bool fits = false;
    auto read = Database::guarded([&] { fits = shapeOf(database->raw()) == shapeWanted(); });
    if (!read && read.error().kind != ProblemKind::Internal) return tl::unexpected(read.error());
    if (!fits) return base::fail(ProblemKind::StoreDamaged, {{"detail", "schema"}});
    return database;
}

}  // namespace

Result<Database> openStore(const fs::path& dataDir) {
    const auto made = readMade(dataDir);
    if (!made) return tl::unexpected(made.error());
    if (*made && isEmpty(dataDir / "outbox.db"))
        return base::fail(ProblemKind::StoreDamaged, {{"detail", "lost"}});
    auto database = open(dataDir);
    if (!database) return database;
    auto known = *made ? isTheOne(dataDir, *database, **made) : tellMade(dataDir, *database);
    if (!known) return tl::unexpected(known.error());
    return database;
}

Result<Database> openInstead(const fs::path& dataDir) {
    auto database = open(dataDir);
    if (!database) return database;
    if (auto told = tellMade(dataDir, *database); !told) return tl::unexpected(told.error());
    return database;
}

bool storeLost(const fs::path& dataDir) {
    std::error_code error;
    return fs::exists(fileIn(dataDir), error) && isEmpty(dataDir / "outbox.db");
}

}  // namespace tram::outbox
