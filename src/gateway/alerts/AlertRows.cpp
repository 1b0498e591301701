#include "gateway/alerts/AlertRows.h"

#include <algorithm>
#include <array>

#include "cap/Shapes.h"
#include "crypto/Bytes.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {
namespace {

constexpr std::array<std::string_view, 4> kStates{"in_force", "waiting", "rejected", "retracted"};

std::string hashOf(const cap::Reference& name) {
    const auto text = name.sender + "," + name.identifier + "," + cap::writeTime(name.sent);
    return crypto::sha256Hex(crypto::view(text)).substr(0, 32);
}

}  // namespace

std::string_view name(AlertState state) {
    return kStates[static_cast<std::size_t>(state)];
}

namespace alert_rows {

AlertState stateOf(const std::string& text) {
    const auto found = std::ranges::find(kStates, text);
    return found == kStates.end() ? AlertState::Rejected : static_cast<AlertState>(found - kStates.begin());
}

std::vector<Claim> claims(SQLite::Database& db, const cap::Reference& name) {
    std::vector<Claim> all;
    auto row =
        sql::query(db,
                   "SELECT id, state, trusted, decided_by FROM alerts WHERE sender = ? AND identifier = ?"
                   " AND sent = ? ORDER BY sequence",
                   name.sender, name.identifier, sql::millis(name.sent));
    while (row.executeStep())
        all.push_back({row.getColumn(0).getString(), stateOf(row.getColumn(1).getString()),
                       row.getColumn(2).getInt() != 0, !row.getColumn(3).getString().empty()});
    return all;
}

bool isForgotten(SQLite::Database& db, const cap::Reference& name) {
    return sql::query(db, "SELECT 1 FROM alerts_forgotten WHERE name = ?", hashOf(name)).executeStep();
}

bool reachesOver(SQLite::Database& db, const cap::Alert& alert, const std::string& source) {
    if (alert.msgType != cap::MsgType::Update && alert.msgType != cap::MsgType::Cancel) return false;
    return std::ranges::any_of(alert.references, [&](const cap::Reference& other) {
        auto row =
            sql::query(db,
                       "SELECT count(*), coalesce(sum(source != ?), 0) FROM alerts WHERE sender = ? AND"
                       " identifier = ? AND sent = ?",
                       source, other.sender, other.identifier, sql::millis(other.sent));
        row.executeStep();
        return row.getColumn(0).getInt64() > 0 &&
               (row.getColumn(1).getInt64() > 0 || other.sender != alert.id.sender);
    });
}

bool isFull(SQLite::Database& db, const AlertStore::Incoming& incoming, const AlertShare& share) {
    auto row = sql::query(
        db, "SELECT count(*), coalesce(sum(bytes), 0) FROM alerts WHERE source = ? AND trusted = ?",
        incoming.source, incoming.trusted ? 1 : 0);
    row.executeStep();
    return row.getColumn(0).getInt64() >= share.messages ||
           row.getColumn(1).getInt64() + static_cast<std::int64_t>(incoming.document.size()) > share.bytes;
}

void insert(SQLite::Database& db, const AlertStore::Incoming& incoming, const cap::Alert& alert,
            const AlertStore::Taken& taken, base::WallTime now) {
    sql::exec(db,
              "INSERT INTO alerts (id, sender, identifier, sent, source, given_by, trusted, bytes, document,"
              " received_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              taken.id, alert.id.sender, alert.id.identifier, sql::millis(alert.id.sent), incoming.source,
              incoming.givenBy, incoming.trusted ? 1 : 0, static_cast<std::int64_t>(incoming.document.size()),
              incoming.document, sql::millis(now), std::string(name(taken.state)));
    touch(db);
}

void forget(SQLite::Database& db, const std::string& id) {
    auto row = sql::query(db, "SELECT sender, identifier, sent FROM alerts WHERE id = ?", id);
    if (!row.executeStep()) return;
    const cap::Reference named{row.getColumn(0).getString(), row.getColumn(1).getString(),
                               sql::wall(row.getColumn(2).getInt64())};
    sql::exec(db, "INSERT OR IGNORE INTO alerts_forgotten VALUES (?, ?)", hashOf(named),
              sql::millis(named.sent));
    sql::exec(db, "DELETE FROM alerts WHERE id = ?", id);
}

void replace(SQLite::Database& db, const std::string& id, const std::string& by, base::WallTime now) {
    if (id != by)
        sql::exec(
            db,
            "INSERT OR REPLACE INTO alerts_refused SELECT id, source, ?, 'name_taken', ? FROM alerts WHERE"
            " id = ?",
            by, sql::millis(now), id);
    sql::exec(db, "DELETE FROM alerts WHERE id = ?", id);
}

void touch(SQLite::Database& db) {
    sql::exec(db, "UPDATE alert_list SET changes = changes + 1");
}

}  // namespace alert_rows
}  // namespace tram::gateway
