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

Result<void> requireEmpty(const fs::path& data) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(data, ignored))
        if (entry.path().filename() != SoleServer::kServing)
            return base::fail(ProblemKind::Conflict, {{"path", data.string()},
                                                      {"found", entry.path().filename().string()},
                                                      {"expected", "an empty directory, or none"}});
    return {};
}

Result<void> copyTree(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::create_directories(to, error);
    if (!error) fs::permissions(to, fs::perms::owner_all, error);
    if (error) return tl::unexpected(base::fileProblem(error.value(), to));
    for (const auto& entry : fs::directory_iterator(from, error)) {
        const auto target = to / entry.path().filename();
        auto copied = entry.is_directory() ? copyTree(entry.path(), target) : copyFile(entry.path(), target);
        if (!copied) return copied;
    }
    return base::syncDirectory(to);
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
Result<std::string> prepare(const fs::path& staging, const BackupSet& set) {
    auto storage = Storage::openExisting(staging);
    if (!storage) return tl::unexpected(storage.error());
    if (auto renewed = storage->renewEpoch(); !renewed) return tl::unexpected(renewed.error());
    const auto taken = storage->taken();
    if (!taken) return tl::unexpected(taken.error());
    if (auto told = storage->setBackedUp(*taken, set.began); !told) return tl::unexpected(told.error());
    if (auto gone = voidOldPromises(*storage); !gone) return tl::unexpected(gone.error());
    // Closing would do it as well, and say nothing when it could not: the files are moved without their logs,
    // and under the old epoch no kiosk would offer anything again.
    for (auto* db : {storage->city.get(), storage->reports.get()})
        if (auto whole = db->emptyLog(); !whole) return tl::unexpected(whole.error());
    return storage->epoch();
}

/// gateway.db last: without it there is no store, and serve refuses half of one.
Result<void> putInPlace(const fs::path& staging, const fs::path& data) {
    for (const auto* file : {Storage::kReportsFile, Storage::kCityFile})
        if (rename((staging / file).c_str(), (data / file).c_str()) != 0)
            return tl::unexpected(base::fileProblem(errno, data / file));
    std::error_code ignored;
    fs::remove_all(staging, ignored);
    if (auto synced = base::syncDirectory(data); !synced) return synced;
    return base::syncDirectory(fs::absolute(data).lexically_normal().parent_path());
}

Result<void> copyAround(const BackupSet& set, const fs::path& data) {
    for (const auto* part : {BackupSet::kAttachments, BackupSet::kKeys})
        if (fs::exists(set.dir / part))
            if (auto copied = copyTree(set.dir / part, data / part); !copied) return copied;
    return {};
}

Result<void> copyDatabases(const BackupSet& set, const fs::path& staging) {
    std::error_code error;
    if (!fs::create_directory(staging, error))
        return tl::unexpected(base::fileProblem(error.value(), staging));
    for (const auto* file : {Storage::kCityFile, Storage::kReportsFile})
        if (auto copied = copyFile(set.dir / file, staging / file); !copied) return copied;
    return {};
}

}  // namespace

Result<Restored> restore(const fs::path& from, const fs::path& data) {
    const auto set = BackupSet::find(from);
    if (!set) return tl::unexpected(set.error());
    if (auto empty = requireEmpty(data); !empty) return tl::unexpected(empty.error());
    if (auto sound = set->verify(); !sound) return tl::unexpected(sound.error());
    const auto sole = Storage::claim(data);
    if (!sole) return tl::unexpected(sole.error());
    if (auto copied = copyAround(*set, data); !copied) return tl::unexpected(copied.error());
    const auto staging = data / Storage::kRestoring;
    if (auto copied = copyDatabases(*set, staging); !copied) return tl::unexpected(copied.error());
    auto epoch = prepare(staging, *set);
    if (!epoch) return tl::unexpected(epoch.error());
    if (auto placed = putInPlace(staging, data); !placed) return tl::unexpected(placed.error());
    return Restored{*set, std::move(*epoch), fs::exists(data / BackupSet::kKeys)};
}

}  // namespace tram::gateway
