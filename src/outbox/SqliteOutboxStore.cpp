#include "outbox/SqliteOutboxStore.h"

#include <sqlite3.h>

#include "base/Disk.h"
#include "base/Files.h"
#include "outbox/ItemRows.h"
#include "outbox/StoreMade.h"
#include "outbox/StoreRepair.h"

namespace tram::outbox {

namespace fs = std::filesystem;
using base::ProblemKind;
using base::Result;

namespace {

constexpr int kWaiting = static_cast<int>(ItemState::Waiting);
constexpr int kNeedsAttention = static_cast<int>(ItemState::NeedsAttention);
constexpr int kAccepted = static_cast<int>(ItemState::Accepted);

// The first time it was taken stays, whatever is offered again. Of what was kept with its hour, an hour.
constexpr const char* kMarkAccepted =
    "UPDATE items SET state = ?, accepted_at = coalesce(accepted_at, iif(kept_at % 3600000 = 0, ?, ?)), "
    "number = ?, problem = '' WHERE id = ?";

void bindText(SQLite::Statement& row, int place, std::string_view text) {
    row.bind(place, std::string(text));
}

bool isTaken(const SQLite::Exception& error) {
    return error.getExtendedErrorCode() == SQLITE_CONSTRAINT_UNIQUE;
}

void bindTaken(SQLite::Statement& row, const Taken& taken) {
    row.bind(1, kAccepted);
    row.bind(2, toColumn(base::coarseToHour(taken.at)));
    row.bind(3, toColumn(taken.at));
    row.bind(4, taken.number);
}

std::vector<std::string> temporariesIn(const fs::path& directory) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
         entry.increment(error)) {
        auto name = entry->path().filename().string();
        if (base::isTemporary(name)) names.push_back(std::move(name));
    }
    return names;
}

}  // namespace

SqliteOutboxStore::SqliteOutboxStore(fs::path dataDir, StoreHold hold, store::Database database,
                                     AttachmentFiles files, std::chrono::milliseconds orphanAge)
    : dataDir_(std::move(dataDir)),
      hold_(std::move(hold)),
      database_(std::move(database)),
      files_(std::move(files)),
      unnamed_(orphanAge),
      temporaries_(orphanAge) {}

Result<std::shared_ptr<SqliteOutboxStore>> SqliteOutboxStore::open(const fs::path& dataDir,
                                                                   std::chrono::milliseconds orphanAge) {
    auto files = AttachmentFiles::open(dataDir / "attachments");
    if (!files) return tl::unexpected(files.error());
    auto hold = StoreHold::share(dataDir);
    if (!hold) return tl::unexpected(hold.error());
    auto database = openStore(dataDir);
    if (!database && database.error().kind == ProblemKind::StoreDamaged) suspectStore(dataDir);
    if (!database) return tl::unexpected(database.error());
    return std::shared_ptr<SqliteOutboxStore>(
        new SqliteOutboxStore(dataDir, *std::move(hold), *std::move(database), *std::move(files), orphanAge));
}

template <class T>
Result<T> SqliteOutboxStore::watched(Result<T> result) const {
    if (!result && result.error().kind == ProblemKind::StoreDamaged) suspectStore(dataDir_);
    return result;
}

Result<void> SqliteOutboxStore::quickCheck() {
    const std::lock_guard lock(mutex_);
    return watched(database_.quickCheck());
}

Result<void> SqliteOutboxStore::putAttachment(const StoredAttachment& meta, std::string_view bytes) {
    return files_.put(meta, bytes);
}

Result<std::string> SqliteOutboxStore::attachmentPath(const std::string& sha256) {
    return files_.path(sha256);
}

Result<void> SqliteOutboxStore::discardAttachment(const std::string& sha256) {
    const std::lock_guard lock(mutex_);
    const auto inUse = named(sha256);
    if (!inUse) return tl::unexpected(inUse.error());
    return *inUse ? Result<void>() : files_.remove(sha256);
}

Result<std::int64_t> SqliteOutboxStore::add(Item item) {
    const std::lock_guard lock(mutex_);
    // Found damaged by somebody: nobody is told that it keeps anything.
    if (storeSuspected(dataDir_)) return base::fail(ProblemKind::StoreDamaged, {{"detail", "suspected"}});
    std::int64_t sequence = 0;
    auto done = watched(database_.transaction([&]() -> Result<void> {
        try {
            sequence = insertItem(database_, item);
            return {};
        } catch (const SQLite::Exception& error) {
            if (!isTaken(error)) throw;
            return base::fail(ProblemKind::Conflict);
        }
    }));
    if (!done) return tl::unexpected(done.error());
    return sequence;
}

Result<bool> SqliteOutboxStore::codeHashTaken(const std::string& codeHash) {
    const std::lock_guard lock(mutex_);
    return holds("SELECT 1 FROM items WHERE code_hash = ?", codeHash);
}

Result<std::vector<Item>> SqliteOutboxStore::due(const base::BootTime& now, std::size_t limit) {
    return select("WHERE state = ? AND (next_boot <> ? OR next_ms <= ?) ORDER BY sequence LIMIT ?", true,
                  [&](SQLite::Statement& row) {
                      row.bind(1, kWaiting);
                      row.bind(2, now.bootId);
                      row.bind(3, static_cast<std::int64_t>(now.sinceBoot.count()));
                      row.bind(4, static_cast<std::int64_t>(limit));
                  });
}

Result<std::vector<Item>> SqliteOutboxStore::list(std::optional<ItemState> state, std::size_t limit) {
    return select("WHERE (?1 < 0 OR state = ?1) ORDER BY sequence LIMIT ?2", false,
                  [&](SQLite::Statement& row) {
                      row.bind(1, state ? static_cast<int>(*state) : -1);
                      row.bind(2, static_cast<std::int64_t>(limit));
                  });
}

Result<std::optional<Item>> SqliteOutboxStore::find(const base::Uuid& id) {
    return selectOne("WHERE id = ?", id.text());
}

Result<std::optional<Item>> SqliteOutboxStore::findByCodeHash(const std::string& codeHash) {
    if (codeHash.empty()) return std::nullopt;
    return selectOne("WHERE code_hash = ?", codeHash);
}

Result<OutboxStore::Counts> SqliteOutboxStore::counts() {
    const std::lock_guard lock(mutex_);
    Counts counts;
    auto done = watched(store::Database::guarded([&] {
        const auto row = database_.prepared("SELECT state, count(*) FROM items GROUP BY state");
        while (row->executeStep()) {
            const int state = row->getColumn(0).getInt();
            const auto count = static_cast<std::size_t>(row->getColumn(1).getInt64());
            (state == kWaiting    ? counts.waiting
             : state == kAccepted ? counts.accepted
                                  : counts.needsAttention) += count;
        }
    }));
    if (!done) return tl::unexpected(done.error());
    return counts;
}

Result<void> SqliteOutboxStore::markAccepted(const base::Uuid& id, Taken taken) {
    return changeOne(kMarkAccepted, [&](auto& row) {
        bindTaken(row, taken);
        row.bind(5, id.text());
    });
}

Result<void> SqliteOutboxStore::markAllAccepted(const std::vector<base::Uuid>& ids, Taken taken) {
    const std::lock_guard lock(mutex_);
    return watched(database_.transaction([&]() -> Result<void> {
        const auto row = database_.prepared(kMarkAccepted);
        bindTaken(*row, taken);
        for (const base::Uuid& id : ids) {
            row->bind(5, id.text());
            row->exec();
            row->reset();
        }
        return {};
    }));
}

Result<void> SqliteOutboxStore::markBegun(const std::vector<base::Uuid>& ids) {
    const std::lock_guard lock(mutex_);
    return watched(database_.transaction([&]() -> Result<void> {
        const auto row = database_.prepared(
            "INSERT INTO attempts(item, count) SELECT sequence, 1 FROM items WHERE id = ? "
            "ON CONFLICT DO UPDATE SET count = count + 1");
        for (const base::Uuid& id : ids) {
            row->bind(1, id.text());
            row->exec();
            row->reset();
        }
        return {};
    }));
}

Result<void> SqliteOutboxStore::markLater(const base::Uuid& id, const base::BootTime& nextTry,
                                          std::string_view problem) {
    return changeOne(
        "UPDATE items SET tries = tries + 1, next_boot = ?, next_ms = ?, problem = ? WHERE id = ? AND state "
        "= ?",
        [&](auto& row) {
            row.bind(1, nextTry.bootId);
            row.bind(2, static_cast<std::int64_t>(nextTry.sinceBoot.count()));
            bindText(row, 3, problem);
            row.bind(4, id.text());
            row.bind(5, kWaiting);
        });
}

Result<void> SqliteOutboxStore::markNeedsAttention(const base::Uuid& id, std::string_view problem) {
    return changeOne("UPDATE items SET tries = tries + 1, state = ?, problem = ? WHERE id = ? AND state = ?",
                     [&](auto& row) {
                         row.bind(1, kNeedsAttention);
                         bindText(row, 2, problem);
                         row.bind(3, id.text());
                         row.bind(4, kWaiting);
                     });
}

Result<void> SqliteOutboxStore::setAside(const base::Uuid& id, AsideReason reason) {
    return changeOne("UPDATE items SET state = ?, problem = ? WHERE id = ? AND state <> ?", [&](auto& row) {
        row.bind(1, kNeedsAttention);
        bindText(row, 2, name(reason));
        row.bind(3, id.text());
        row.bind(4, kAccepted);
    });
}

Result<void> SqliteOutboxStore::retry(const base::Uuid& id) {
    return changeOne("UPDATE items SET state = ?, next_boot = '', next_ms = 0 WHERE id = ? AND state <> ?",
                     [&](auto& row) {
                         row.bind(1, kWaiting);
                         row.bind(2, id.text());
                         row.bind(3, kAccepted);
                     });
}

Result<std::size_t> SqliteOutboxStore::offerAgain() {
    return change("UPDATE items SET state = ?, next_boot = '', next_ms = 0 WHERE state = ?", [&](auto& row) {
        row.bind(1, kWaiting);
        row.bind(2, kAccepted);
    });
}

Result<std::size_t> SqliteOutboxStore::prune(std::int64_t upTo) {
    auto gone = change("DELETE FROM items WHERE state = ? AND number BETWEEN 1 AND ?", [&](auto& row) {
        row.bind(1, kAccepted);
        row.bind(2, upTo);
    });
    if (gone) sweep();
    return gone;
}

Result<std::string> SqliteOutboxStore::note(const std::string& key) {
    const std::lock_guard lock(mutex_);
    std::string value;
    auto done = watched(store::Database::guarded([&] {
        const auto row = database_.prepared("SELECT value FROM notes WHERE key = ?");
        row->bind(1, key);
        if (row->executeStep()) value = row->getColumn(0).getText();
    }));
    if (!done) return tl::unexpected(done.error());
    return value;
}

Result<void> SqliteOutboxStore::setNote(const std::string& key, std::string_view value) {
    return changeOne(
        "INSERT INTO notes(key, value) VALUES(?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        [&](auto& row) {
            row.bind(1, key);
            bindText(row, 2, value);
        });
}

Result<std::size_t> SqliteOutboxStore::change(const char* sql, const Bind& bind) {
    const std::lock_guard lock(mutex_);
    std::size_t changed = 0;
    auto done = watched(database_.transaction([&]() -> Result<void> {
        const auto row = database_.prepared(sql);
        bind(*row);
        changed = static_cast<std::size_t>(row->exec());
        return {};
    }));
    if (!done) return tl::unexpected(done.error());
    return changed;
}

Result<void> SqliteOutboxStore::changeOne(const char* sql, const Bind& bind) {
    const auto changed = change(sql, bind);
    if (!changed) return tl::unexpected(changed.error());
    if (*changed == 0) return base::fail(ProblemKind::NotFound);
    return {};
}

Result<std::vector<Item>> SqliteOutboxStore::select(const std::string& clause, bool envelopes,
                                                    const Bind& bind) {
    const std::lock_guard lock(mutex_);
    std::vector<Item> items;
    auto done = watched(store::Database::guarded([&] {
        items = readItems(database_, envelopes ? Envelopes::With : Envelopes::Without, clause, bind);
    }));
    if (!done) return tl::unexpected(done.error());
    return items;
}

Result<std::optional<Item>> SqliteOutboxStore::selectOne(const std::string& clause,
                                                         const std::string& value) {
    auto items = select(clause, true, [&](SQLite::Statement& row) { row.bind(1, value); });
    if (!items) return tl::unexpected(items.error());
    if (items->empty()) return std::nullopt;
    return std::move(items->front());
}

Result<bool> SqliteOutboxStore::named(const std::string& sha256) {
    return holds("SELECT 1 FROM attachments WHERE sha256 = ?", sha256);
}

Result<bool> SqliteOutboxStore::holds(const char* sql, const std::string& value) {
    bool found = false;
    auto done = watched(store::Database::guarded([&] {
        const auto row = database_.prepared(sql);
        row->bind(1, value);
        found = row->executeStep();
    }));
    if (!done) return tl::unexpected(done.error());
    return found;
}

void SqliteOutboxStore::sweep() {
    for (const std::string& name : temporaries_.look(temporariesIn(dataDir_)))
        (void)base::disk().unlink(dataDir_ / name);
    const std::lock_guard lock(mutex_);
    std::vector<std::string> nameless;
    for (const std::string& file : files_.names()) {
        const auto inUse = named(file);
        if (inUse && !*inUse) nameless.push_back(file);
    }
    // A store put aside may be all that names a file still.
    if (!storesPutAside(dataDir_).empty()) std::erase_if(nameless, isSha256);
    for (const std::string& file : unnamed_.look(nameless)) (void)files_.remove(file);
}

}  // namespace tram::outbox
