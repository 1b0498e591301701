#include "gateway/storage/Storage.h"

#include "base/Files.h"
#include "crypto/Keys.h"
#include "gateway/storage/Schema.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {
namespace {

constexpr int kBusyMillis = 5000;

struct Part {
    const char* file;
    store::Database::Migrations (*migrations)();
};
constexpr Part kCity{Storage::kCityFile, cityMigrations}, kReports{Storage::kReportsFile, reportMigrations};

base::Result<std::string> meta(SharedDatabase& db, const char* key) {
    return db.read([&](SQLite::Database& raw) -> base::Result<std::string> {
        auto row = sql::query(raw, "SELECT value FROM meta WHERE key = ?", key);
        if (!row.executeStep()) return base::fail(base::ProblemKind::StoreDamaged);
        return row.getColumn(0).getString();
    });
}

base::Result<void> makePrivateDirectory(const std::filesystem::path& dir) {
    std::error_code error;
    std::filesystem::create_directories(dir, error);
    if (!error) std::filesystem::permissions(dir, std::filesystem::perms::owner_all, error);
    if (error) return tl::unexpected(base::fileProblem(error.value(), dir));
    return {};
}

base::Result<void> requireGateway(const std::filesystem::path& dir) {
    for (const auto* file : {Storage::kCityFile, Storage::kReportsFile}) {
        std::error_code ignored;
        if (!std::filesystem::is_regular_file(dir / file, ignored))
            return base::fail(base::ProblemKind::FileMissing,
                              {{"path", (dir / file).string()},
                               {"expected", "the data directory of a gateway; only serve makes one"}});
    }
    return {};
}

/// 0 where there is nothing yet.
base::Result<int> versionOf(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file)) return 0;
    int version = 0;
    auto read = store::Database::guarded([&] {
        SQLite::Database db(file.string(), SQLite::OPEN_READONLY, kBusyMillis);
        version = db.execAndGet("PRAGMA user_version").getInt();
    });
    if (!read) return tl::unexpected(read.error());
    return version;
}

enum class Age { Today, Older };

/// Both are looked at before either is opened: a store of a later program is left exactly as it is.
base::Result<Age> ageOf(const std::filesystem::path& dir) {
    Age age = Age::Today;
    for (const auto& part : {kCity, kReports}) {
        const auto version = versionOf(dir / part.file);
        if (!version) return tl::unexpected(version.error());
        const auto known = static_cast<int>(part.migrations().size());
        if (*version > known)
            return base::fail(base::ProblemKind::StoreTooNew,
                              {{"path", (dir / part.file).string()},
                               {"found", "version " + std::to_string(*version)},
                               {"expected", "version " + std::to_string(known) +
                                                " or lower: a later program"
                                                " made this store"}});
        if (0 < *version && *version < known) age = Age::Older;
    }
    return age;
}

/// What is deleted is overwritten. SQLite keeps this to the connection: whoever deletes has to ask for it.
base::Result<std::unique_ptr<SharedDatabase>> openPart(const std::filesystem::path& dir, const Part& part) {
    auto db = SharedDatabase::open(dir / part.file, part.migrations());
    if (!db) return db;
    auto set = (*db)->read([](SQLite::Database& raw) -> base::Result<void> {
        raw.exec("PRAGMA secure_delete=ON");
        return {};
    });
    if (!set) return tl::unexpected(set.error());
    return db;
}

/// reports.db first: a first start that is cut off leaves no gateway.db, and no reports.
base::Result<Storage> openIn(const std::filesystem::path& dir, Age age, std::optional<SoleServer> sole) {
    auto reports = openPart(dir, kReports);
    if (!reports) return tl::unexpected(reports.error());
    auto city = openPart(dir, kCity);
    if (!city) return tl::unexpected(city.error());
    Storage storage{std::move(sole), std::move(*city), std::move(*reports), dir};
    // A step up leaves the former rows, readable, in pages that are free now.
    if (age == Age::Today) return storage;
    auto clean = storage.reports->rewrite();
    if (clean) clean = storage.reports->emptyLog();
    if (clean) clean = storage.city->emptyLog();
    if (!clean) return tl::unexpected(clean.error());
    return storage;
}

tl::unexpected<base::Problem> halfAStore(const std::filesystem::path& missing) {
    return base::fail(
        base::ProblemKind::FileMissing,
        {{"path", missing.string()}, {"expected", "both halves of the store: restore a backup"}});
}

/// A store that has lost one of its files must not be completed by an empty one.
base::Result<void> requireBothOrNone(const std::filesystem::path& dir) {
    const bool city = std::filesystem::exists(dir / Storage::kCityFile);
    const auto reports = dir / Storage::kReportsFile;
    if (city && !std::filesystem::exists(reports)) return halfAStore(reports);
    if (city || !std::filesystem::exists(reports)) return {};
    const auto version = versionOf(reports);
    if (!version) return tl::unexpected(version.error());
    bool any = false;
    auto looked = store::Database::guarded([&] {
        SQLite::Database db(reports.string(), SQLite::OPEN_READONLY, kBusyMillis);
        any = *version > 0 && db.execAndGet("SELECT EXISTS (SELECT 1 FROM reports)").getInt() == 1;
    });
    if (looked && any) return halfAStore(dir / Storage::kCityFile);
    return looked;
}

}  // namespace

std::int64_t takenIn(SQLite::Database& city) {
    return city.execAndGet("SELECT sum(count) FROM tallies").getInt64();
}

base::Result<std::unique_ptr<SharedDatabase>> SharedDatabase::open(const std::filesystem::path& path,
                                                                   store::Database::Migrations migrations) {
    auto db = store::Database::open(path, migrations);
    if (!db) return tl::unexpected(db.error());
    return std::unique_ptr<SharedDatabase>(new SharedDatabase(path, std::move(*db)));
}

base::Result<void> SharedDatabase::rewrite() {
    std::lock_guard lock(mutex_);
    return store::Database::guarded([&] { db_.raw().exec("VACUUM"); });
}

/// By a connection of its own: it waits for readers, and nobody shall wait for it.
base::Result<void> SharedDatabase::emptyLog(Wait wait) {
    bool busy = false;
    auto done = store::Database::guarded([&] {
        SQLite::Database own(path_.string(), SQLite::OPEN_READWRITE, wait == Wait::Yes ? kBusyMillis : 0);
        busy = own.execAndGet("PRAGMA wal_checkpoint(TRUNCATE)").getInt() != 0;
    });
    if (done && busy) return base::fail(base::ProblemKind::StoreBusy, {{"detail", "write-ahead log in use"}});
    return done;
}

base::Result<SoleServer> Storage::claim(const std::filesystem::path& dir) {
    if (auto made = makePrivateDirectory(dir); !made) return tl::unexpected(made.error());
    return SoleServer::claim(dir);
}

bool Storage::standsIn(const std::filesystem::path& dir) {
    return std::filesystem::exists(dir / kCityFile) || std::filesystem::exists(dir / kReportsFile);
}

bool Storage::isHalfRestored(const std::filesystem::path& dir) {
    return std::filesystem::exists(dir / kRestoring) && !std::filesystem::exists(dir / kCityFile);
}

base::Result<void> Storage::check(const std::filesystem::path& dir) {
    if (isHalfRestored(dir)) return halfAStore(dir / kCityFile);
    const auto age = ageOf(dir);
    if (!age) return tl::unexpected(age.error());
    return requireBothOrNone(dir);
}

base::Result<Storage> Storage::openOrCreate(const std::filesystem::path& dir, SoleServer sole) {
    if (auto fit = check(dir); !fit) return tl::unexpected(fit.error());
    const auto age = ageOf(dir);
    if (!age) return tl::unexpected(age.error());
    // Of a restore that was cut off after its end; beside half a store it would mean that one.
    std::error_code ignored;
    std::filesystem::remove_all(dir / kRestoring, ignored);
    return openIn(dir, *age, std::move(sole));
}

base::Result<Storage> Storage::openOrCreate(const std::filesystem::path& dir) {
    auto sole = claim(dir);
    if (!sole) return tl::unexpected(sole.error());
    return openOrCreate(dir, std::move(*sole));
}

base::Result<Storage> Storage::openExisting(const std::filesystem::path& dir) {
    if (auto there = requireGateway(dir); !there) return tl::unexpected(there.error());
    const auto age = ageOf(dir);
    if (!age) return tl::unexpected(age.error());
    if (*age == Age::Today) return openIn(dir, *age, std::nullopt);
    // An older program may be serving it, and must not find its tables changed.
    auto sole = SoleServer::claim(dir);
    if (!sole) return tl::unexpected(sole.error());
    return openIn(dir, *age, std::nullopt);
}

base::Result<std::string> Storage::epoch() {
    return meta(*city, "epoch");
}

base::Result<std::string> Storage::identity() {
    return city->read([](SQLite::Database& db) -> base::Result<std::string> {
        return db.execAndGet("SELECT coalesce((SELECT value FROM meta WHERE key = 'identity'), '')")
            .getString();
    });
}

base::Result<void> Storage::requireIdentity(const std::string& key) {
    const auto ours = identity();
    if (!ours) return tl::unexpected(ours.error());
    if (ours->empty() || *ours == key) return {};
    const auto whose = crypto::VerifyKey::parse(*ours);
    return base::fail(base::ProblemKind::Conflict,
                      {{"path", (dir / kCityFile).string()},
                       {"expected", "the keys of the gateway it belongs to, identity " +
                                        (whose ? whose->fingerprint() : *ours)}});
}

base::Result<void> Storage::claimIdentity(const std::string& key) {
    if (auto ours = requireIdentity(key); !ours) return ours;
    return city->write([&](SQLite::Database& db) -> base::Result<void> {
        sql::exec(db, "INSERT OR IGNORE INTO meta VALUES ('identity', ?)", key);
        return {};
    });
}

base::Result<std::int64_t> Storage::taken() {
    return city->read([](SQLite::Database& db) -> base::Result<std::int64_t> { return takenIn(db); });
}

base::Result<std::int64_t> Storage::backedUp() {
    return city->read([](SQLite::Database& db) -> base::Result<std::int64_t> {
        return db.execAndGet("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'backed_up'").getInt64();
    });
}

base::Result<std::int64_t> Storage::missingInBackup() {
    return city->read([](SQLite::Database& db) -> base::Result<std::int64_t> {
        return db
            .execAndGet(
                "SELECT coalesce((SELECT CAST(value AS INTEGER) FROM meta"
                " WHERE key = 'missing_in_backup'), 0)")
            .getInt64();
    });
}

base::Result<std::string> Storage::backedUpThrough() {
    return meta(*city, "backed_up_through");
}

base::Result<void> Storage::renewEpoch() {
    return city->write([](SQLite::Database& db) -> base::Result<void> {
        sql::exec(db, "UPDATE meta SET value = lower(hex(randomblob(16))) WHERE key = 'epoch'");
        return {};
    });
}

/// Of two that were taken at once the one that holds more counts, whichever ends last.
base::Result<void> Storage::setBackedUp(std::int64_t taken, base::WallTime began, std::size_t missing) {
    return city->write([&](SQLite::Database& db) -> base::Result<void> {
        sql::exec(db, "UPDATE meta SET value = max(CAST(value AS INTEGER), ?) WHERE key = 'backed_up'",
                  taken);
        sql::exec(db, "UPDATE meta SET value = ? WHERE key = 'backed_up_through'", base::toRfc3339(began));
        sql::exec(db, "INSERT OR REPLACE INTO meta VALUES ('missing_in_backup', ?)", std::to_string(missing));
        return {};
    });
}

}  // namespace tram::gateway
