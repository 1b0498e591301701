#include "doctor/Checks.h"
#include "outbox/ItemRows.h"
#include "outbox/OutboxStore.h"
#include "outbox/StoreHold.h"
#include "outbox/StoreMade.h"
#include "outbox/StoreRepair.h"
#include "store/Database.h"

namespace tram::doctor {

namespace fs = std::filesystem;
using base::ProblemKind;
using base::Result;

namespace {

struct Seen {
    int version = 0;
    std::string verdict;
    outbox::OutboxStore::Counts counts;
};

/// sqlite.org/uri.html: these three would end the path.
std::string asUri(const fs::path& file) {
    std::string uri = "file:";
    for (const char c : file.string()) {
        const bool special = c == '?' || c == '#' || c == '%';
        uri += special ? (c == '?' ? "%3F" : c == '#' ? "%23" : "%25") : std::string(1, c);
    }
    return uri;
}

/// Without a -wal nobody has it open; SQLite would make one to read it, unless told that nothing changes.
SQLite::Database openUntouched(const fs::path& file) {
    std::error_code unreadable;  // SQLite will tell it
    const bool inUse = fs::exists(file.string() + "-wal", unreadable);
    constexpr int kBusyMillis = 5000;
    return {asUri(file) + (inUse ? "" : "?immutable=1"), SQLite::OPEN_READONLY | SQLite::OPEN_URI,
            kBusyMillis};
}

outbox::OutboxStore::Counts countItems(SQLite::Database& db) {
    outbox::OutboxStore::Counts counts;
    SQLite::Statement row(db, "SELECT state, count(*) FROM items GROUP BY state");
    while (row.executeStep()) {
        const auto state = static_cast<outbox::ItemState>(row.getColumn(0).getInt());
        const auto count = static_cast<std::size_t>(row.getColumn(1).getInt64());
        (state == outbox::ItemState::Waiting    ? counts.waiting
         : state == outbox::ItemState::Accepted ? counts.accepted
                                                : counts.needsAttention) += count;
    }
    return counts;
}

/// Nothing was to be written, and an error that SQLite has no better name for is the file's, not ours.
base::Problem readingProblem(const base::Problem& problem, const fs::path& file) {
    if (problem.kind == ProblemKind::StoreReadOnly)
        return {ProblemKind::FileUnreadable, {{"path", file.string()}}};
    return problem.kind == ProblemKind::Internal ? base::Problem{ProblemKind::StoreDamaged, {}} : problem;
}

Result<Seen> look(const fs::path& file) {
    Seen seen;
    auto done = store::Database::guarded([&] {
        SQLite::Database db = openUntouched(file);
        seen.version = db.execAndGet("PRAGMA user_version").getInt();
        seen.verdict = db.execAndGet("PRAGMA quick_check(1)").getString();
        if (seen.verdict == "ok" && seen.version > 0) seen.counts = countItems(db);
    });
    if (!done) return tl::unexpected(readingProblem(done.error(), file));
    if (seen.verdict != "ok") return base::fail(ProblemKind::StoreDamaged);
    if (seen.version > static_cast<int>(outbox::outboxMigrations().size()))
        return base::fail(ProblemKind::StoreTooNew);
    return seen;
}

/// Where a kiosk is enrolled its agent has made the file, so its absence may mean a loss.
Finding absent(const fs::path& dataDir, const base::Words::Values& path) {
    const bool enrolled = fs::exists(dataDir / "enrolment.json");
    return {"store", enrolled ? "gone" : "none", Verdict::Warning, path, {}};
}

/// Reading, counting, and that nobody puts the file aside meanwhile. Where not even the lock can be had,
/// because nothing can be written, nobody moves anything either.
Result<Seen> lookSafely(const fs::path& dataDir) {
    const auto hold = outbox::StoreHold::share(dataDir);
    const bool inTheWay = !hold && (hold.error().kind == ProblemKind::StoreDamaged ||
                                    hold.error().kind == ProblemKind::StoreBusy);
    if (inTheWay) return tl::unexpected(hold.error());
    auto seen = look(dataDir / "outbox.db");
    if (seen && !hold) return tl::unexpected(hold.error());
    return seen;
}

/// Nothing was lost that could be read; but somebody has to look at what could not.
Finding putAside(const fs::path& dataDir, const std::vector<std::string>& stores) {
    const fs::path last = dataDir / stores.back();
    std::error_code error;
    if (fs::file_size(last, error) == 0)
        return {"store", "was_lost", Verdict::Warning, {{"path", last.string()}}, {}};
    return {"store",
            "put_aside",
            Verdict::Warning,
            {{"path", last.string()}, {"count", std::to_string(stores.size())}},
            {}};
}

}  // namespace

Finding checkStore(const device::KioskConfig& config) {
    const fs::path file = config.dataDir / "outbox.db";
    const base::Words::Values path{{"path", file.string()}};
    std::error_code error;
    const bool suspected = outbox::storeSuspected(config.dataDir);
    if (!suspected && outbox::storeLost(config.dataDir)) return {"store", "lost", Verdict::Bad, path, {}};
    if (!fs::exists(file, error) && !error && !suspected) return absent(config.dataDir, path);
    const auto seen = lookSafely(config.dataDir);
    if (!seen) return bad("store", seen.error());
    if (seen->version == 0) return {"store", "empty", Verdict::Bad, path, {}};
    if (const auto stores = outbox::storesPutAside(config.dataDir); !stores.empty())
        return putAside(config.dataDir, stores);
    const auto& counts = seen->counts;
    const base::Words::Values values{{"waiting", std::to_string(counts.waiting)},
                                     {"attention", std::to_string(counts.needsAttention)},
                                     {"accepted", std::to_string(counts.accepted)}};
    if (counts.needsAttention > 0) return {"store", "attention", Verdict::Warning, values, {}};
    return good("store", values);
}

}  // namespace tram::doctor
