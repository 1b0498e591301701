#include "store/Database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>

#include "base/Disk.h"
#include "base/Files.h"
#include "store/Wal.h"

namespace tram::store {
namespace {

using base::Problem;
using base::ProblemKind;
using base::Result;

/// How long another writer is waited for, and how often it is looked whether it has ended. SQLite's own steps
/// grow to 100 ms: beside writers that are quick and many, who sleeps that long finds the lock taken each
/// time. A disk that is busy elsewhere holds a writer in its fdatasync for seconds, and all that wait for it:
/// 5 s were too few beside a build.
constexpr std::chrono::milliseconds kPatience{15000};
constexpr std::chrono::microseconds kLook{500};
/// A -wal that a burst has made larger is cut to this when it is begun anew.
constexpr int kWalLimit = 4 << 20;
/// No later program is so many steps ahead: the number is garbage.
constexpr int kMostLater = 1000;

bool tellsWhy(int system) {
    return system == ENOSPC || system == EDQUOT || system == EROFS || system == EACCES || system == EPERM ||
           system == EIO;
}

/// What the system said when SQLite could neither open nor read nor write. SQLite keeps it for the connection
/// when a statement fails, but for the file only when a commit does.
int systemError(sqlite3* db) {
    if (const int last = sqlite3_system_errno(db); tellsWhy(last)) return last;
    sqlite3_file *main = nullptr, *journal = nullptr;
    sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &main);
    sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &journal);
    for (sqlite3_file* file : {journal, main}) {
        int last = 0;
        if (!file || !file->pMethods) continue;
        file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &last);
        if (tellsWhy(last)) return last;
    }
    return 0;
}

ProblemKind kindOfSystem(int extended, int system) {
    if (system == ENOSPC || system == EDQUOT) return ProblemKind::DiskFull;
    if (extended == SQLITE_IOERR_SHMSIZE && system == 0) return ProblemKind::DiskFull;
    return extended == SQLITE_IOERR_READ || extended == SQLITE_IOERR_FSTAT ? ProblemKind::FileUnreadable
                                                                           : ProblemKind::StoreReadOnly;
}

/// The result codes (sqlite.org/rescode.html) that mean something to a person.
ProblemKind kindOf(int extended, int system) {
    switch (extended & 0xff) {
        case SQLITE_FULL:
            return ProblemKind::DiskFull;
        case SQLITE_READONLY:
            return extended == SQLITE_READONLY_DBMOVED ? ProblemKind::StoreDamaged
                                                       : ProblemKind::StoreReadOnly;
        case SQLITE_PERM:
            return ProblemKind::StoreReadOnly;
        case SQLITE_CANTOPEN:
        case SQLITE_IOERR:
            return kindOfSystem(extended, system);
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return ProblemKind::StoreDamaged;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
            return ProblemKind::StoreBusy;
        default:
            return ProblemKind::Internal;
    }
}

/// Codes only: SQLite's message may quote what was to be stored.
Problem problemOf(const SQLite::Exception& e, int system = 0) {
    const int extended = e.getExtendedErrorCode() > 0 ? e.getExtendedErrorCode() : e.getErrorCode();
    return {kindOf(extended, system), {{"detail", "sqlite " + std::to_string(extended)}}};
}

/// SQLite takes a file whose header tells of a later format for one that must not be written
/// (sqlite.org/fileformat2.html §1.3.3): nothing that anybody could lift.
bool onlyItsHeaderForbids(const SQLite::Exception& e, SQLite::Database& db) {
    return e.getExtendedErrorCode() == SQLITE_READONLY && sqlite3_db_readonly(db.getHandle(), "main") == 1 &&
           ::access(sqlite3_db_filename(db.getHandle(), "main"), W_OK) == 0;
}

Problem problemOf(const SQLite::Exception& e, SQLite::Database& db) {
    Problem problem = problemOf(e, systemError(db.getHandle()));
    if (onlyItsHeaderForbids(e, db)) problem.kind = ProblemKind::StoreDamaged;
    return problem;
}

Result<void> closeToOthers(const std::filesystem::path& path, const struct stat& info) {
    if (!S_ISREG(info.st_mode)) return tl::unexpected(base::fileProblem(ELOOP, path));
    if ((info.st_mode & (S_IRWXG | S_IRWXO)) == 0 || ::chmod(path.c_str(), 0600) == 0) return {};
    return tl::unexpected(base::fileProblem(errno, path));
}

/// SQLite gives -wal and -shm the mode of the main file, so it is enough that this one is ours alone from the
/// start. One that is there is not opened: closing it would drop the locks that SQLite holds in this process
/// (sqlite.org/howtocorrupt.html 2.2).
Result<void> createPrivate(const std::filesystem::path& path) {
    struct stat info{};
    if (::lstat(path.c_str(), &info) == 0) return closeToOthers(path, info);
    const int fd = base::disk().open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd >= 0) return ::close(fd), Result<void>();
    if (errno == EEXIST) return {};  // another process was faster
    if (errno == EIO) return base::fail(ProblemKind::StoreReadOnly, {{"path", path.string()}});
    return tl::unexpected(base::fileProblem(errno, path));
}

/// sqlite.org/c3ref/busy_handler.html; `looks` is 0 at the first of each wait.
int waitForLock(void*, int looks) {
    thread_local std::chrono::steady_clock::time_point until;
    const auto now = std::chrono::steady_clock::now();
    if (looks == 0) until = now + kPatience;
    if (now >= until) return 0;
    std::this_thread::sleep_for(kLook);
    return 1;
}

/// STANDARDS 5. Each is read back where SQLite may silently decline.
Result<void> configure(SQLite::Database& db) {
    sqlite3_busy_handler(db.getHandle(), waitForLock, nullptr);
    db.exec(
        "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA "
        "synchronous=FULL; PRAGMA journal_size_limit=" +
        std::to_string(kWalLimit));
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
    if (version < 0 || version > known + kMostLater)
        return base::fail(ProblemKind::StoreDamaged, {{"detail", "version"}});
    if (version > known) return base::fail(ProblemKind::StoreTooNew, {{"expected", std::to_string(known)}});
    for (; version < known; ++version)
        if (auto step = migrateFrom(db, version, migrations[static_cast<std::size_t>(version)]); !step)
            return step;
    return {};
}

/// A commit that failed at its sync stands whole in the -wal, and would be taken for kept after a power cut.
/// The next commit writes over it; this one has nothing else to do. False when that failed too.
bool overwriteLastCommit(SQLite::Database& db) {
    try {
        const int version = versionOf(db);
        db.exec("BEGIN IMMEDIATE; PRAGMA user_version=" + std::to_string(version) + "; COMMIT");
        return true;
    } catch (const SQLite::Exception&) {
        rollback(db);
        return false;
    }
}

Result<void> commit(Database& db) {
    try {
        db.prepared("COMMIT")->exec();
        return {};
    } catch (const SQLite::Exception& e) {
        Problem problem = problemOf(e, db.raw());
        rollback(db.raw());
        if (!overwriteLastCommit(db.raw())) problem.facts.emplace_back("undecided", "yes");
        return tl::unexpected(std::move(problem));
    }
}

Result<void> prepare(Database& db, Database::Migrations migrations) {
    try {
        if (auto set = configure(db.raw()); !set) return set;
        return migrate(db, migrations);
    } catch (const SQLite::Exception& e) {
        return tl::unexpected(problemOf(e, db.raw()));
    }
}

}  // namespace

Result<Database> Database::open(const std::filesystem::path& path, Migrations migrations) {
    if (auto created = createPrivate(path); !created) return tl::unexpected(created.error());
    // Whoever made it may have died before this; then its name is known to the running system only.
    if (auto kept = base::syncDirectory(path.parent_path()); !kept) return tl::unexpected(kept.error());
    if (walIsForeign(path)) return base::fail(ProblemKind::StoreDamaged, {{"detail", "wal"}});
    try {
        Database db(std::make_unique<SQLite::Database>(path.string(), SQLite::OPEN_READWRITE));
        if (auto ready = prepare(db, migrations); !ready) return tl::unexpected(ready.error());
        return db;
    } catch (const SQLite::Exception& e) {
        return tl::unexpected(problemOf(e));
    }
}

Result<void> Database::transaction(const std::function<Result<void>()>& work) {
    try {
        prepared("BEGIN IMMEDIATE")->exec();
        auto done = work();
        if (done && !standsInItsPlace(*db_))
            done = base::fail(ProblemKind::StoreDamaged, {{"detail", "moved"}});
        if (done) return commit(*this);
        rollback(*db_);
        return done;
    } catch (const SQLite::Exception& e) {
        const Problem problem = problemOf(e, *db_);
        rollback(*db_);
        return tl::unexpected(problem);
    } catch (...) {
        rollback(*db_);
        throw;
    }
}

Prepared Database::prepared(std::string_view sql) {
    auto found = statements_.find(sql);
    if (found == statements_.end()) {
        std::string text(sql);
        auto compiled = std::make_unique<SQLite::Statement>(*db_, text);
        found = statements_.emplace(std::move(text), std::move(compiled)).first;
    }
    return Prepared(*found->second);
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
