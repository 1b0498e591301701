#include "gateway/fleet/Fleet.h"

#include "gateway/storage/Sql.h"

namespace tram::gateway {
namespace {

using base::Result;

// Calls older than this tell nobody anything; the table stays small without a broom.
constexpr std::chrono::days kKeepCalls{30};

FleetKiosk kioskFrom(SQLite::Statement& row) {
    FleetKiosk kiosk{row.getColumn(0).getString(),
                     row.getColumn(1).getString(),
                     row.getColumn(2).getString(),
                     row.getColumn(3).getInt() != 0,
                     std::nullopt,
                     {}};
    if (row.getColumn(4).isNull()) return kiosk;
    kiosk.lastHeard = sql::wall(row.getColumn(4).getInt64());
    kiosk.beat = {row.getColumn(5).getString(), row.getColumn(6).getInt64(), row.getColumn(7).getInt64(),
                  row.getColumn(8).getInt64(),  row.getColumn(9).getInt64(), row.getColumn(10).getInt64()};
    if (!row.getColumn(11).isNull()) kiosk.beat.contentSignedAt = sql::wall(row.getColumn(11).getInt64());
    return kiosk;
}

}  // namespace

Result<void> Fleet::heard(const std::string& kioskId, const Heartbeat& beat, base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "INSERT OR REPLACE INTO heartbeats VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0))",
                  kioskId, sql::millis(now), beat.version, beat.waiting, beat.needsAttention,
                  beat.freeDiskBytes, beat.damagedStores, beat.contentVersion,
                  beat.contentSignedAt ? sql::millis(*beat.contentSignedAt) : std::int64_t{0});
        return {};
    });
}

Result<void> Fleet::called(const std::string& kioskId, const std::string& reason, base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "DELETE FROM calls WHERE at < ?", sql::millis(now - kKeepCalls));
        sql::exec(db, "INSERT INTO calls (kiosk, reason, at) VALUES (?, ?, ?)", kioskId, reason,
                  sql::millis(now));
        return {};
    });
}

Result<std::vector<FleetKiosk>> Fleet::kiosks() {
    return db_.read([](SQLite::Database& db) -> Result<std::vector<FleetKiosk>> {
        std::vector<FleetKiosk> all;
        auto rows = sql::query(db, R"sql(
            SELECT k.id, k.ward, k.station, k.revoked_at IS NOT NULL, h.at, h.version, h.waiting, h.needs_attention,
                   h.free_disk_bytes, h.damaged_stores, h.content_version, h.content_signed_at
            FROM kiosks k LEFT JOIN heartbeats h ON h.kiosk = k.id ORDER BY h.at, k.id)sql");
        while (rows.executeStep()) all.push_back(kioskFrom(rows));
        return all;
    });
}

Result<std::int64_t> Fleet::withDamagedStore() {
    return db_.read([](SQLite::Database& db) -> Result<std::int64_t> {
        return db
            .execAndGet(
                "SELECT count(*) FROM heartbeats h JOIN kiosks k ON k.id = h.kiosk WHERE h.damaged_stores > "
                "0 "
                "AND k.revoked_at IS NULL")
            .getInt64();
    });
}

Result<std::vector<OfficerCall>> Fleet::calls(std::size_t limit) {
    return db_.read([&](SQLite::Database& db) -> Result<std::vector<OfficerCall>> {
        std::vector<OfficerCall> all;
        auto rows = sql::query(db, R"sql(
            SELECT k.ward, k.station, c.reason, c.at FROM calls c JOIN kiosks k ON k.id = c.kiosk
            ORDER BY c.sequence DESC LIMIT ?)sql",
                               static_cast<std::int64_t>(limit));
        while (rows.executeStep())
            all.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getString(),
                           rows.getColumn(2).getString(), sql::wall(rows.getColumn(3).getInt64())});
        return all;
    });
}

}  // namespace tram::gateway
