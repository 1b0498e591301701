#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/storage/BackupSet.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

struct BackupOrder {
    std::filesystem::path to;  ///< holds one directory for each backup
    bool withKeys = false;     ///< a backup with keys opens what is in it: keep it like the keys themselves
    std::optional<std::size_t> keep;  ///< older ones go
    std::string program;              ///< our version, for whoever finds it in years
};

struct BackupDone {
    BackupSet set;
    std::size_t attachments = 0;
    std::size_t missing = 0;  ///< attachments that actions need and that it lacks
    std::size_t damaged = 0;  ///< of these, those whose bytes no longer fit their hash anywhere
    std::int64_t taken = 0;   ///< how many actions it holds, forgotten ones among them
    std::size_t pruned = 0;
};

/// A consistent copy, beside a gateway that serves. What gateway.db calls opened is in reports.db: the latter
/// is copied after it. The other way round (a report whose envelope came in between) is made good by its
/// kiosk, which offers it again. Only when all of it is on the disk, checked and under its name, kiosks are
/// told how many actions it holds: counted in the copy itself, so that no clock has a say. Every attachment's
/// bytes are read: bit rot shows itself to nobody else. StoreBusy while another backup goes there.
base::Result<BackupDone> backUp(Storage& storage, const BackupOrder& order, const base::Clock& clock);

struct Restored {
    BackupSet set;
    std::string epoch;
    bool keys = false;
    std::size_t missing = 0;  ///< attachments that actions need, and that the backup lacks or has damaged
};
/// Into a directory that is empty or not there. Verified before the first byte is copied; a damaged
/// attachment is left out, anything else that is damaged ends it. The store gets a new epoch, so that kiosks
/// offer again what the backup does not have; enrolment codes and tokens of then are void. Conflict when
/// `data` holds something; StoreTooNew; StoreDamaged.
base::Result<Restored> restore(const std::filesystem::path& from, const std::filesystem::path& data);

}  // namespace tram::gateway
