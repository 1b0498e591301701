#include "gateway/storage/Backup.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/Files.h"
#include "gateway/storage/FileCopy.h"
#include "gateway/storage/Sql.h"
#include "store/ReadOnly.h"

namespace tram::gateway {
namespace {

namespace fs = std::filesystem;
using base::ProblemKind;
using base::Result;

constexpr const char* kLock = "backup.lock";

Result<void> makePrivate(const fs::path& dir) {
    std::error_code error;
    // What is there keeps its mode: it may be anybody's.
    const bool made = fs::create_directories(dir, error);
    if (made) fs::permissions(dir, fs::perms::owner_all, error);
    if (error) return tl::unexpected(base::fileProblem(error.value(), dir));
    return made ? base::syncDirectory(fs::absolute(dir).lexically_normal().parent_path()) : Result<void>();
}

/// VACUUM INTO reads one state and holds up nobody; SQLite's page-by-page copy begins anew at each write of
/// another process, and would never end under load.
Result<void> copyDatabase(SharedDatabase& from, const fs::path& to) {
    auto copied = from.read([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "VACUUM INTO ?", to.string());
        return {};
    });
    if (!copied) return copied;
    if (chmod(to.c_str(), 0600) != 0) return tl::unexpected(base::fileProblem(errno, to));
    return {};
}

Result<void> secure(const fs::path& copy) {
    if (auto synced = syncFile(copy); !synced) return synced;
    return checkDatabase(copy);
}

/// Deleted after hours, while backups are kept for months.
Result<void> leaveOutLogins(const fs::path& copy) {
    return store::Database::guarded([&] {
        SQLite::Database db(copy.string(), SQLite::OPEN_READWRITE);
        // The log of a set that nobody has seen yet would only leave a file behind.
        db.exec("PRAGMA journal_mode = MEMORY; PRAGMA secure_delete = ON; DELETE FROM logins");
    });
}

struct Named {
    std::string kiosk, sha256;
};

/// Those that no action names are of one that cannot be opened yet, or of one to come. Of the copy, not of
/// the store: that one goes on.
Result<std::vector<Named>> attachmentsIn(const fs::path& copy) {
    std::vector<Named> all;
    auto read = store::Database::guarded([&] {
        auto db = store::openImmutable(copy);
        auto rows = sql::query(db, "SELECT kiosk, sha256 FROM attachments ORDER BY kiosk");
        while (rows.executeStep())
            all.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getString()});
    });
    if (!read) return tl::unexpected(read.error());
    return all;
}

Result<std::int64_t> takenInCopy(const fs::path& copy) {
    std::int64_t taken = 0;
    auto read = store::Database::guarded([&] {
        auto db = store::openImmutable(copy);
        taken = takenIn(db);
    });
    if (!read) return tl::unexpected(read.error());
    return taken;
}

enum class Found { Nothing, Damaged, Whole };

/// What is not whole leaves nothing at `to`. A disk that cannot read its bytes has damaged them as well.
Result<Found> placeFrom(const fs::path& from, const fs::path& to, const std::string& sha256) {
    const auto placed = linkOrCopy(from, to);
    const auto hash = placed ? hashOfFile(to) : tl::unexpected(placed.error());
    if (hash && *hash == sha256) return Found::Whole;
    std::error_code ignored;
    fs::remove(to, ignored);
    if (hash || hash.error().kind == ProblemKind::FileUnreadable) return Found::Damaged;
    if (hash.error().kind == ProblemKind::FileMissing) return Found::Nothing;
    return tl::unexpected(hash.error());
}

class Taking {
  public:
    Taking(Storage& storage, const BackupOrder& order, base::WallTime began)
        : storage_(storage), order_(order), place_(order.to / BackupSet::nextName(order.to, began)) {
        done_.set = {BackupSet::unfinished(place_), began, "", order.withKeys};
        if (const auto before = BackupSet::in(order.to); !before.empty()) before_ = before.back();
    }

    Result<BackupDone> take() {
        const auto epoch = storage_.epoch();
        if (!epoch) return tl::unexpected(epoch.error());
        done_.set.epoch = *epoch;
        for (auto step : {&Taking::copyDatabases, &Taking::copyAttachments, &Taking::copyKeys,
                          &Taking::describe, &Taking::publish})
            if (auto gone = (this->*step)(); !gone) return tl::unexpected(gone.error());
        return done_;
    }

  private:
    const fs::path& dir() const { return done_.set.dir; }

    Result<void> copyDatabases() {
        if (auto made = makePrivate(dir()); !made) return made;
        const auto city = dir() / Storage::kCityFile, reports = dir() / Storage::kReportsFile;
        if (auto copied = copyDatabase(*storage_.city, city); !copied) return copied;
        if (auto gone = leaveOutLogins(city); !gone) return gone;
        if (auto secured = secure(city); !secured) return secured;
        const auto taken = takenInCopy(city);
        if (!taken) return tl::unexpected(taken.error());
        done_.taken = *taken;
        if (auto copied = copyDatabase(*storage_.reports, reports); !copied) return copied;
        return secure(reports);
    }

    Result<void> copyAttachments() {
        const auto named = attachmentsIn(dir() / Storage::kCityFile);
        if (!named) return tl::unexpected(named.error());
        fs::path last;
        for (const auto& [kiosk, sha256] : *named) {
            const auto relative = fs::path(BackupSet::kAttachments) / kiosk / sha256;
            if (const auto parent = (dir() / relative).parent_path(); parent != last) {
                if (auto made = makePrivate(parent); !made) return made;
                last = parent;
            }
            auto placed = place(relative, sha256);
            if (!placed) return placed;
        }
        return {};
    }

    /// The backup before has most of them, perhaps on the same disk. One lost picture must not keep all the
    /// rest from being backed up.
    Result<void> place(const fs::path& relative, const std::string& sha256) {
        bool damaged = false;
        for (const auto& from : {before_, storage_.dir}) {
            if (from.empty()) continue;
            const auto found = placeFrom(from / relative, dir() / relative, sha256);
            if (!found) return tl::unexpected(found.error());
            if (*found == Found::Whole) {
                known_.emplace_back(relative.string(), sha256);
                ++done_.attachments;
                return {};
            }
            damaged = damaged || *found == Found::Damaged;
        }
        const auto lost = isNeeded(sha256);
        if (!lost) return tl::unexpected(lost.error());
        done_.missing += *lost ? 1 : 0;
        done_.damaged += *lost && damaged ? 1 : 0;
        return {};
    }

    /// Not one that is still on its way, nor one that was forgotten since the copy began.
    Result<bool> isNeeded(const std::string& sha256) {
        return storage_.city->read([&](SQLite::Database& db) -> Result<bool> {
            return sql::query(db, "SELECT 1 FROM attachments WHERE sha256 = ? AND envelope IS NOT NULL",
                              sha256)
                .executeStep();
        });
    }

    Result<void> copyKeys() {
        if (!order_.withKeys) return {};
        if (auto made = makePrivate(dir() / BackupSet::kKeys); !made) return made;
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(storage_.dir / BackupSet::kKeys, error))
            if (entry.is_regular_file())
                if (auto copied = copyFile(entry.path(), dir() / BackupSet::kKeys / entry.path().filename());
                    !copied)
                    return copied;
        if (error) return tl::unexpected(base::fileProblem(error.value(), storage_.dir / BackupSet::kKeys));
        return {};
    }

    Result<void> describe() {
        if (auto told = done_.set.writeAbout(order_.program); !told) return told;
        return done_.set.writeSums(known_);
    }

    Result<void> publish() {
        for (const auto& entry : fs::recursive_directory_iterator(dir()))
            if (entry.is_directory())
                if (auto synced = base::syncDirectory(entry.path()); !synced) return synced;
        if (auto synced = base::syncDirectory(dir()); !synced) return synced;
        if (rename(dir().c_str(), place_.c_str()) != 0)
            return tl::unexpected(base::fileProblem(errno, place_));
        done_.set.dir = place_;
        return base::syncDirectory(order_.to);
    }

    Storage& storage_;
    const BackupOrder& order_;
    fs::path place_, before_;
    std::vector<std::pair<std::string, std::string>> known_;
    BackupDone done_;
};

}  // namespace

Result<BackupDone> backUp(Storage& storage, const BackupOrder& order, const base::Clock& clock) {
    if (order.to.empty())
        return base::fail(ProblemKind::BadConfig, {{"key", "to"}, {"expected", "a directory"}});
    if (isWithin(order.to, storage.dir))
        return base::fail(ProblemKind::BadConfig,
                          {{"key", "to"}, {"expected", "outside the data directory"}});
    if (auto made = makePrivate(order.to); !made) return tl::unexpected(made.error());
    const auto sole = SoleServer::claim(order.to, kLock, "no other backup to this directory");
    if (!sole) return tl::unexpected(sole.error());
    removeUnfinished(order.to);
    auto done = Taking(storage, order, clock.wall()).take();
    if (!done) return done;
    if (auto told = storage.setBackedUp(done->taken, done->set.began, done->missing); !told)
        return tl::unexpected(told.error());
    if (!order.keep) return done;
    const auto pruned = pruneBackups(order.to, *order.keep);
    if (!pruned) return tl::unexpected(pruned.error());
    done->pruned = *pruned;
    return done;
}

}  // namespace tram::gateway
