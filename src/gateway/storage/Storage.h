#pragma once
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/storage/SoleServer.h"
#include "store/Database.h"

namespace tram::gateway {

/// One SQLite file used by many request threads: one connection behind one lock. A write costs one fdatasync
/// (about 0.2 ms), so that waiting for the lock is cheaper than SQLITE_BUSY between connections.
class SharedDatabase {
  public:
    static base::Result<std::unique_ptr<SharedDatabase>> open(const std::filesystem::path& path,
                                                              store::Database::Migrations migrations);

    /// `work(SQLite::Database&)` returns a Result; it runs inside BEGIN IMMEDIATE … COMMIT.
    template <class Work>
    auto write(Work work) -> std::invoke_result_t<Work, SQLite::Database&> {
        std::lock_guard lock(mutex_);
        std::optional<std::invoke_result_t<Work, SQLite::Database&>> result;
        auto done = db_.transaction([&]() -> base::Result<void> {
            result.emplace(work(db_.raw()));
            if (!*result) return tl::unexpected(result->error());
            return {};
        });
        if (!done) return tl::unexpected(done.error());
        return std::move(*result);
    }
    template <class Work>
    auto read(Work work) -> std::invoke_result_t<Work, SQLite::Database&> {
        std::lock_guard lock(mutex_);
        std::optional<std::invoke_result_t<Work, SQLite::Database&>> result;
        auto done = store::Database::guarded([&] { result.emplace(work(db_.raw())); });
        if (!done) return tl::unexpected(done.error());
        return std::move(*result);
    }

    /// Copies the whole file anew, so that nothing deleted is left in it but in the log. Holds every writer
    /// up meanwhile: about a second for each 100 MB.
    base::Result<void> rewrite();
    enum class Wait { No, Yes };
    /// What was deleted stands in the write-ahead log until this. StoreBusy while somebody reads an older
    /// state, perhaps after five seconds in which the others go on.
    base::Result<void> emptyLog(Wait wait = Wait::Yes);

  private:
    SharedDatabase(std::filesystem::path path, store::Database db)
        : path_(std::move(path)), db_(std::move(db)) {}
    std::filesystem::path path_;
    std::mutex mutex_;
    store::Database db_;
};

/// How many actions a gateway.db has ever taken. Its tallies count each in one state, forgotten ones too.
std::int64_t takenIn(SQLite::Database& city);

/// gateway.db: kiosks, sealed envelopes, fleet. reports.db: what was opened, personal data, in a file of its
/// own so that access to it (and its backups) can be limited further.
struct Storage {
    std::optional<SoleServer> sole;  ///< first: let go of after the databases are closed
    std::unique_ptr<SharedDatabase> city, reports;
    std::filesystem::path dir;

    static constexpr const char *kCityFile = "gateway.db", *kReportsFile = "reports.db";
    /// What a restore brings is there until it is whole; stands before anything else does.
    static constexpr const char* kRestoring = "restoring";

    /// The right to serve from `dir`, which is made. StoreBusy while another gateway has it.
    static base::Result<SoleServer> claim(const std::filesystem::path& dir);
    static bool standsIn(const std::filesystem::path& dir);
    /// A restore into `dir` was cut off, or is under way.
    static bool isHalfRestored(const std::filesystem::path& dir);
    /// Whether openOrCreate() would take it; nothing is touched. StoreTooNew; FileMissing when one half is
    /// gone.
    static base::Result<void> check(const std::filesystem::path& dir);
    /// To serve: makes what is missing, and brings an older store up to date. StoreTooNew, with nothing
    /// touched, when a later program made it.
    static base::Result<Storage> openOrCreate(const std::filesystem::path& dir, SoleServer sole);
    static base::Result<Storage> openOrCreate(const std::filesystem::path& dir);
    /// To work beside a gateway that may be serving: makes nothing. FileMissing when `dir` holds none;
    /// StoreBusy when an older program is serving it.
    static base::Result<Storage> openExisting(const std::filesystem::path& dir);
    /// Random name of this store's life; a restored backup gets a new one.
    base::Result<std::string> epoch();
    base::Result<void> renewEpoch();
    /// Whose store it is: the gateway's identity key as text; "" before the first gateway that served it.
    base::Result<std::string> identity();
    /// Conflict (path) when it is another gateway's.
    base::Result<void> requireIdentity(const std::string& key);
    base::Result<void> claimIdentity(const std::string& key);  ///< and it is ours from now on
    /// How many actions this store has ever taken, forgotten ones among them: a number that only goes up,
    /// whatever clocks do.
    base::Result<std::int64_t> taken();
    /// How many of them a backup holds; when the newest began (RFC 3339, "" before the first), for people to
    /// read.
    base::Result<std::int64_t> backedUp();
    base::Result<std::string> backedUpThrough();
    /// How many attachments that actions need the newest backup had to go without.
    base::Result<std::int64_t> missingInBackup();
    base::Result<void> setBackedUp(std::int64_t taken, base::WallTime began, std::size_t missing = 0);
};

}  // namespace tram::gateway
