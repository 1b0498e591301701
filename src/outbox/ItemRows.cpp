#include "outbox/ItemRows.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>

namespace tram::outbox {

namespace {

constexpr const char* kFirst = R"sql(
CREATE TABLE items(
    sequence    INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL,
    envelope    BLOB NOT NULL,
    code_hash   TEXT UNIQUE,
    kept_at     INTEGER NOT NULL,
    state       INTEGER NOT NULL,
    tries       INTEGER NOT NULL,
    next_boot   TEXT NOT NULL,
    next_ms     INTEGER NOT NULL,
    problem     TEXT NOT NULL,
    accepted_at INTEGER
) STRICT;
CREATE INDEX items_by_state ON items(state, sequence);
CREATE TABLE attachments(
    item   INTEGER NOT NULL REFERENCES items(sequence) ON DELETE CASCADE,
    place  INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    size   INTEGER NOT NULL,
    PRIMARY KEY(item, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachments_by_name ON attachments(sha256);
CREATE TABLE notes(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
)sql";

// What the gateway had taken is offered once more, and is told its number. The version before goes on writing
// to it.
constexpr const char* kSecond = R"sql(
ALTER TABLE items ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
UPDATE items SET state = 0, next_boot = '', next_ms = 0 WHERE state = 2;
)sql";

// Attempts stand apart: a row of items is as long as its envelope, and would be written anew for each. What
// the gateway took of somebody who gave no name is told by the hour.
constexpr const char* kThird = R"sql(
CREATE TABLE attempts(
    item INTEGER PRIMARY KEY REFERENCES items(sequence) ON DELETE CASCADE, count INTEGER NOT NULL
) STRICT;
INSERT INTO attempts SELECT sequence, tries FROM items WHERE tries > 0;
UPDATE items SET accepted_at = accepted_at - accepted_at % 3600000 WHERE kept_at % 3600000 = 0;
)sql";

constexpr std::array<const char*, 3> kMigrations{kFirst, kSecond, kThird};

base::WallTime toTime(std::int64_t column) {
    return base::WallTime(base::Millis(column));
}

ItemState toState(int column) {
    if (column < 0 || column > static_cast<int>(ItemState::Accepted)) return ItemState::NeedsAttention;
    return static_cast<ItemState>(column);
}

std::string textOf(const SQLite::Column& column) {
    const auto* bytes = static_cast<const char*>(column.getBlob());
    return {bytes, bytes ? static_cast<std::size_t>(column.getBytes()) : 0};
}

Item readRow(SQLite::Statement& row) {
    auto id = base::Uuid::parse(row.getColumn(1).getText());
    if (!id) throw SQLite::Exception("id", SQLITE_CORRUPT);
    Item item{.sequence = row.getColumn(0).getInt64(), .id = *std::move(id)};
    item.kind = row.getColumn(2).getText();
    item.envelope = textOf(row.getColumn(3));
    item.codeHash = row.getColumn(4).getText();
    item.keptAt = toTime(row.getColumn(5).getInt64());
    item.state = toState(row.getColumn(6).getInt());
    item.tries = row.getColumn(7).getInt();
    item.nextTry = {row.getColumn(8).getText(), base::Millis(row.getColumn(9).getInt64())};
    item.problem = row.getColumn(10).getText();
    if (!row.getColumn(11).isNull()) item.acceptedAt = toTime(row.getColumn(11).getInt64());
    item.number = row.getColumn(12).getInt64();
    item.bytes = static_cast<std::size_t>(row.getColumn(13).getInt64());
    item.attempts = std::max(item.tries, row.getColumn(14).getInt());
    return item;
}

void readAttachments(store::Database& db, Item& item) {
    const auto row = db.prepared("SELECT sha256, size FROM attachments WHERE item = ? ORDER BY place");
    row->bind(1, item.sequence);
    while (row->executeStep()) {
        item.attachments.push_back(
            {row->getColumn(0).getText(), static_cast<std::size_t>(row->getColumn(1).getInt64())});
        item.bytes += item.attachments.back().size;
    }
}

void insertAttachments(store::Database& db, std::int64_t sequence, const Item& item) {
    int place = 0;
    for (const StoredAttachment& attachment : item.attachments) {
        const auto row = db.prepared("INSERT INTO attachments(item, place, sha256, size) VALUES(?,?,?,?)");
        row->bind(1, sequence);
        row->bind(2, place++);
        row->bind(3, attachment.sha256);
        row->bind(4, static_cast<std::int64_t>(attachment.size));
        row->exec();
    }
}

}  // namespace

std::span<const char* const> outboxMigrations() {
    return kMigrations;
}

std::vector<Item> readItems(store::Database& db, Envelopes envelopes, const std::string& clause,
                            const std::function<void(SQLite::Statement&)>& bind) {
    const std::string envelope = envelopes == Envelopes::With ? "envelope" : "x''";
    const auto row =
        db.prepared("SELECT sequence, id, kind, " + envelope +
                    ", code_hash, kept_at, state, tries, next_boot, next_ms, problem, "
                    "accepted_at, number, length(envelope), (SELECT count FROM attempts WHERE item = "
                    "sequence) FROM items " +
                    clause);
    bind(*row);
    std::vector<Item> items;
    while (row->executeStep()) items.push_back(readRow(*row));
    for (Item& item : items) readAttachments(db, item);
    return items;
}

std::int64_t insertItem(store::Database& db, const Item& item) {
    const auto row = db.prepared(
        "INSERT INTO items(id, kind, envelope, code_hash, kept_at, state, tries, next_boot, next_ms,"
        " problem, accepted_at, number) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)");
    row->bindNoCopy(1, item.id.text());
    row->bindNoCopy(2, item.kind);
    row->bindNoCopy(3, item.envelope.data(), static_cast<int>(item.envelope.size()));
    if (!item.codeHash.empty()) row->bindNoCopy(4, item.codeHash);
    row->bind(5, toColumn(item.keptAt));
    row->bind(6, static_cast<int>(item.state));
    row->bind(7, item.tries);
    row->bindNoCopy(8, item.nextTry.bootId);
    row->bind(9, static_cast<std::int64_t>(item.nextTry.sinceBoot.count()));
    row->bindNoCopy(10, item.problem);
    if (item.acceptedAt) row->bind(11, toColumn(*item.acceptedAt));
    row->bind(12, item.number);
    row->exec();
    const std::int64_t sequence = db.raw().getLastInsertRowid();
    insertAttachments(db, sequence, item);
    return sequence;
}

}  // namespace tram::outbox
