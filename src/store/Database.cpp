#include "store/Database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/Files.h"

namespace tram::store {
namespace {

using base::Problem;
using base::ProblemKind;
using base::Result;

constexpr int kBusyMillis = 5000;

/// SQLite's primary result codes (sqlite.org/rescode.html) that mean something to a person.
ProblemKind kindOf(int primary) {
    switch (primary) {
        case SQLITE_FULL:
            return ProblemKind::DiskFull;
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_CANTOPEN:
            return ProblemKind::StoreReadOnly;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return ProblemKind::StoreDamaged;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return ProblemKind::StoreBusy;
        default:
            return ProblemKind::Internal;
    }
}

/// Codes only: SQLite's message may quote what was to be stored.
Problem problemOf(const SQLite::Exception& e) {
    return {kindOf(e.getErrorCode()), {{"detail", "sqlite " + std::to_string(e.getExtendedErrorCode())}}};
}

/// SQLite gives -wal and -shm the mode of the main file, so it is enough that this one is ours alone from the
/// start.
Result<void> createPrivate(const std::filesystem::path& path) {
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return tl::unexpected(base::fileProblem(errno, path));
    struct stat info{};
    const bool ours = ::fstat(fd, &info) == 0 && S_ISREG(info.st_mode) &&
                      ((info.st_mode & (S_IRWXG | S_IRWXO)) == 0 || ::fchmod(fd, 0600) == 0);
    const int error = errno;
    ::close(fd);
    if (!ours) return tl::unexpected(base::fileProblem(error, path));
    return {};
}

/// STANDARDS 5. Each is read back where SQLite may silently decline.
Result<void> configure(SQLite::Database& db) {
    db.setBusyTimeout(kBusyMillis);
    db.exec(
        "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA "
        "synchronous=FULL;");
    const std::string mode = db.execAndGet("PRAGMA journal_mode=WAL").getString();
    if (mode != "wal") return base::fail(ProblemKind::Internal, {{"detail", "journal_mode"}});
    return {};
}

int versionOf(SQLite::Database& db) {
    return db.execAndGet("PRAGMA user_version").getInt();
}

void rollback(SQLite::Database& db) noexcept {
    // After some errors (SQLITE_FULL, SQLITE_IOERR) SQLite has rolled back by itself.
    if (sqlite3_get_autocommit(db.getHandle()) == 0) db.tryExec("ROLLBACK");
}

/// A file deleted or put aside under us still takes our writes, and forgets them with its last descriptor.
bool standsInItsPlace(SQLite::Database& db) {
    int moved = 0;
    return sqlite3_file_control(db.getHandle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK &&
           moved == 0;
}

/// One step up, and only if no other process took it in the meantime.
Result<void> migrateFrom(Database& db, int version, const char* sql) {
    return db.transaction([&]() -> Result<void> {
        if (versionOf(db.raw()) != version) return {};
        db.raw().exec(sql);
        db.raw().exec("PRAGMA user_version=" + std::to_string(version + 1));
        return {};
    });
}

Result<void> migrate(Database& db, Database::Migrations migrations) {
    const int known = static_cast<int>(migrations.size());
    int version = versionOf(db.raw());
    if (version > known || version < 0)
        return base::fail(ProblemKind::StoreTooNew, {{"expected", std::to_string(known)}});
    for (; version < known; ++version)
        if (auto step = migrateFrom(db, version, migrations[static_cast<std::size_t>(version)]); !step)
            return step;
    return {};
}

}  // namespace

Result<Database> Database::open(const std::filesystem::path& path, Migrations migrations) {
    if (auto created = createPrivate(path); !created) return tl::unexpected(created.error());
    try {
        Database db(std::make_unique<SQLite::Database>(path.string(), SQLite::OPEN_READWRITE, kBusyMillis));
        if (auto set = configure(*db.db_); !set) return tl::unexpected(set.error());
        if (auto migrated = migrate(db, migrations); !migrated) return tl::unexpected(migrated.error());
        return db;
    } catch (const SQLite::Exception& e) {
        return tl::unexpected(problemOf(e));
    }
}

Result<void> Database::transaction(const std::function<Result<void>()>& work) {
    try {
        db_->exec("BEGIN IMMEDIATE");
        auto done = work();
        if (done && !standsInItsPlace(*db_))
            done = base::fail(ProblemKind::StoreDamaged, {{"detail", "moved"}});
        if (done)
            db_->exec("COMMIT");
        else
            rollback(*db_);
        return done;
    } catch (const SQLite::Exception& e) {
        rollback(*db_);
        return tl::unexpected(problemOf(e));
    } catch (...) {
        rollback(*db_);
        throw;
    }
}

Result<void> Database::guarded(const std::function<void()>& work) {
    try {
        work();
        return {};
    } catch (const SQLite::Exception& e) {
        return tl::unexpected(problemOf(e));
    }
}

Result<void> Database::quickCheck() {
    std::string verdict;
    if (auto ran = guarded([&] { verdict = db_->execAndGet("PRAGMA quick_check(1)").getString(); }); !ran)
        return ran;
    if (verdict != "ok") return base::fail(ProblemKind::StoreDamaged);
    return {};
}

}  // namespace tram::store
