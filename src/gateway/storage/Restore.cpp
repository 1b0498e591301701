#include <cerrno>

#include "base/Files.h"
#include "gateway/storage/Backup.h"
#include "gateway/storage/FileCopy.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {
namespace {

namespace fs = std::filesystem;
using base::ProblemKind;
using base::Result;

std::size_t entriesIn(const fs::path& dir) {
    std::error_code ignored;
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(dir, ignored), {}));
}

bool sameFiles(const fs::path& one, const fs::path& other) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(one, ignored)) {
        const auto hash = hashOfFile(entry.path()), twin = hashOfFile(other / entry.path().filename());
        if (!hash || !twin || *hash != *twin) return false;
    }
    return entriesIn(one) == entriesIn(other);
}

/// What a restore that was cut off has left. Keys only if they are the backup's: somebody may have brought
/// back others since.
bool isOfCutOff(const fs::directory_entry& entry, const BackupSet& set) {
    const auto name = entry.path().filename().string();
    if (name == BackupSet::kKeys) return sameFiles(entry.path(), set.dir / BackupSet::kKeys);
    return name == Storage::kRestoring || name == BackupSet::kAttachments ||
           name.starts_with(Storage::kReportsFile);
}

Result<void> requireEmpty(const fs::path& data, const BackupSet& set) {
    const bool cutOff = Storage::isHalfRestored(data);
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(data, ignored)) {
        const auto name = entry.path().filename().string();
        if (name == SoleServer::kServing || (cutOff && isOfCutOff(entry, set))) continue;
        return base::fail(
            ProblemKind::Conflict,
            {{"path", data.string()}, {"found", name}, {"expected", "an empty directory, or none"}});
    }
    return {};
}

Result<void> clear(const fs::path& path) {
    std::error_code error;
    fs::remove_all(path, error);
    if (error) return tl::unexpected(base::fileProblem(error.value(), path));
    return {};
}

/// The marker stands before anything else does, and until the end: beside it nobody serves.
Result<void> begin(const fs::path& data) {
    const auto staging = data / Storage::kRestoring;
    std::error_code error;
    fs::create_directory(staging, error);
    if (!error) fs::permissions(staging, fs::perms::owner_all, error);
    if (error) return tl::unexpected(base::fileProblem(error.value(), staging));
    if (auto marked = base::syncDirectory(data); !marked) return marked;
    for (const auto* left : {BackupSet::kAttachments, Storage::kReportsFile})
        for (const auto* log : {"", "-wal", "-shm"})
            if (auto gone = clear(data / (std::string(left) + log)); !gone) return gone;
    for (const auto& left : fs::directory_iterator(staging))
        if (auto gone = clear(left.path()); !gone) return gone;
    return {};
}

bool isWanted(const fs::path& file) {
    return file == Storage::kCityFile || file == Storage::kReportsFile ||
           *file.begin() == BackupSet::kAttachments || *file.begin() == BackupSet::kKeys;
}

Result<void> copySound(const BackupSet& set, const std::vector<fs::path>& sound, const fs::path& staging) {
    for (const auto& file : sound) {
        if (!isWanted(file)) continue;
        if (auto made = base::makeDirectories((staging / file).parent_path()); !made) return made;
        if (auto copied = copyFile(set.dir / file, staging / file); !copied) return copied;
    }
    for (const auto& entry : fs::recursive_directory_iterator(staging))
        if (entry.is_directory())
            if (auto synced = base::syncDirectory(entry.path()); !synced) return synced;
    return base::syncDirectory(staging);
}

/// Of those that an action needs: others may still have been on their way.
Result<std::size_t> missingIn(Storage& storage) {
    return storage.city->read([&](SQLite::Database& db) -> Result<std::size_t> {
        std::size_t missing = 0;
        auto rows = sql::query(db, "SELECT kiosk, sha256 FROM attachments WHERE envelope IS NOT NULL");
        while (rows.executeStep())
            missing += fs::exists(storage.dir / BackupSet::kAttachments / rows.getColumn(0).getString() /
                                  rows.getColumn(1).getString())
                           ? 0
                           : 1;
        return missing;
    });
}

/// A token of then could be of a kiosk that was revoked since, a code could have been used.
Result<void> voidOldPromises(Storage& storage) {
    return storage.city->write([](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "DELETE FROM tokens");
        sql::exec(db, "DELETE FROM enrolment_codes WHERE used_by IS NULL");
        // How long ago the backup was says nothing about the clock.
        sql::exec(db, "UPDATE meta SET value = '' WHERE key = 'retention_ran'");
        return {};
    });
}

/// Brought up to date where it is not yet the store; closed again, so that its logs are part of it.
Result<Restored> prepare(const fs::path& staging, const BackupSet& set) {
    auto storage = Storage::openExisting(staging);
    if (!storage) return tl::unexpected(storage.error());
    if (auto renewed = storage->renewEpoch(); !renewed) return tl::unexpected(renewed.error());
    const auto taken = storage->taken();
    if (!taken) return tl::unexpected(taken.error());
    const auto missing = missingIn(*storage);
    if (!missing) return tl::unexpected(missing.error());
    if (auto told = storage->setBackedUp(*taken, set.began, *missing); !told)
        return tl::unexpected(told.error());
    if (auto gone = voidOldPromises(*storage); !gone) return tl::unexpected(gone.error());
    // Closing would do it as well, and say nothing when it could not: the files are moved without their logs,
    // and under the old epoch no kiosk would offer anything again.
    for (auto* db : {storage->city.get(), storage->reports.get()})
        if (auto whole = db->emptyLog(); !whole) return tl::unexpected(whole.error());
    const auto epoch = storage->epoch();
    if (!epoch) return tl::unexpected(epoch.error());
    return Restored{set, *epoch, fs::exists(staging / BackupSet::kKeys), *missing};
}

/// gateway.db last: as long as it stands in `staging` nobody serves.
Result<void> putInPlace(const fs::path& staging, const fs::path& data) {
    for (const auto* part :
         {BackupSet::kAttachments, Storage::kReportsFile, BackupSet::kKeys, Storage::kCityFile})
        if (fs::exists(staging / part) &&
            !(std::string_view(part) == BackupSet::kKeys && fs::exists(data / part)) &&
            rename((staging / part).c_str(), (data / part).c_str()) != 0)
            return tl::unexpected(base::fileProblem(errno, data / part));
    if (auto synced = base::syncDirectory(data); !synced) return synced;
    if (auto gone = clear(staging); !gone) return gone;
    return base::syncDirectory(fs::absolute(data).lexically_normal().parent_path());
}

}  // namespace

Result<Restored> restore(const fs::path& from, const fs::path& data) {
    const auto set = BackupSet::find(from);
    if (!set) return tl::unexpected(set.error());
    if (auto empty = requireEmpty(data, *set); !empty) return tl::unexpected(empty.error());
    const auto sound = set->verify();
    if (!sound) return tl::unexpected(sound.error());
    const auto sole = Storage::claim(data);
    if (!sole) return tl::unexpected(sole.error());
    // Somebody may have begun a gateway there meanwhile.
    if (auto empty = requireEmpty(data, *set); !empty) return tl::unexpected(empty.error());
    if (auto begun = begin(data); !begun) return tl::unexpected(begun.error());
    const auto staging = data / Storage::kRestoring;
    if (auto copied = copySound(*set, *sound, staging); !copied) return tl::unexpected(copied.error());
    auto restored = prepare(staging, *set);
    if (!restored) return restored;
    if (auto placed = putInPlace(staging, data); !placed) return tl::unexpected(placed.error());
    return restored;
}

}  // namespace tram::gateway
