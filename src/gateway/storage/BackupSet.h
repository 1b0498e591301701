#pragma once
#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"

namespace tram::gateway {

/// One backup: a directory "n00000012-20261121T024107.250Z" that is whole or not there, with gateway.db,
/// reports.db, attachments/, perhaps keys/, BACKUP (what it is) and SHA256SUMS over all the rest, as
/// `sha256sum -c` reads it.
struct BackupSet {
    static constexpr const char *kAbout = "BACKUP", *kSums = "SHA256SUMS", *kAttachments = "attachments",
                                *kKeys = "keys";
    std::filesystem::path dir;
    base::WallTime began;  ///< by the clock of then; everything acknowledged before is in it
    std::string epoch;     ///< of the store it was taken from
    bool withKeys = false;

    /// For one more in `dir`: the next number, and when it began, for people to read. Numbers say which is
    /// newer, because a clock may have been ahead.
    static std::string nextName(const std::filesystem::path& dir, base::WallTime began);
    /// What is on its way, or on its way out: never taken for a backup.
    static std::filesystem::path unfinished(const std::filesystem::path& set);

    /// The one in `dir` itself, or else the newest below it. FileMissing, Malformed.
    static base::Result<BackupSet> find(const std::filesystem::path& dir);
    /// The whole ones in `dir`, oldest first; those of earlier versions have no number and come before all
    /// others.
    static std::vector<std::filesystem::path> in(const std::filesystem::path& dir);

    base::Result<void> writeAbout(const std::string& program) const;
    /// `known`: hashes by path within the set that need not be read again.
    base::Result<void> writeSums(const std::vector<std::pair<std::string, std::string>>& known) const;
    /// Every file that is promised is there with its bytes, but for attachments, and both databases are
    /// sound: gives the files that are (relative paths). StoreDamaged with facts path and detail.
    base::Result<std::vector<std::filesystem::path>> verify() const;
};

/// PRAGMA quick_check without leaving anything beside the file.
base::Result<void> checkDatabase(const std::filesystem::path& file);

/// All but the newest `keep` are removed; each vanishes as a whole. Returns how many.
base::Result<std::size_t> pruneBackups(const std::filesystem::path& dir, std::size_t keep);
/// What a killed backup left.
void removeUnfinished(const std::filesystem::path& dir);

}  // namespace tram::gateway
