#include "gateway/fleet/LogHeads.h"

#include <array>

#include "gateway/storage/Sql.h"

namespace tram::gateway {
namespace {

using base::Result;
using Verdict = LogHeads::Verdict;
using Row = LogHeads::Row;

// A kiosk enrolled anew goes on with the chain that it has.
constexpr const char* kFind = R"sql(
WITH RECURSIVE line (id) AS (
    SELECT ? UNION SELECT k.succeeds FROM kiosks k JOIN line ON k.id = line.id WHERE k.succeeds IS NOT NULL
)
SELECT h.kiosk, k.ward, k.station, h.chain, h.n, h.hash, h.first_at, h.at, h.trouble, h.trouble_n, h.trouble_at
FROM log_heads h JOIN kiosks k ON k.id = h.kiosk WHERE h.chain = ? AND h.kiosk IN line ORDER BY h.n DESC LIMIT 1)sql";

Row headRow(SQLite::Statement& row) {
    Row head{row.getColumn(0).getString(),
             row.getColumn(1).getString(),
             row.getColumn(2).getString(),
             row.getColumn(3).getString(),
             row.getColumn(4).getInt64(),
             row.getColumn(5).getString(),
             sql::wall(row.getColumn(6).getInt64()),
             sql::wall(row.getColumn(7).getInt64()),
             row.getColumn(8).getString(),
             row.getColumn(9).getInt64()};
    if (!row.getColumn(10).isNull()) head.troubleAt = sql::wall(row.getColumn(10).getInt64());
    return head;
}

std::optional<Row> findRow(SQLite::Database& db, const std::string& kioskId, const std::string& chain) {
    auto rows = sql::query(db, kFind, kioskId, chain);
    if (!rows.executeStep()) return std::nullopt;
    return headRow(rows);
}

std::int64_t chainsOf(SQLite::Database& db, const std::string& kioskId) {
    auto rows = sql::query(db, "SELECT count(*) FROM log_heads WHERE kiosk = ?", kioskId);
    rows.executeStep();
    return rows.getColumn(0).getInt64();
}

Verdict judge(const Row& known, const LogHeads::Head& head) {
    if (head.n < known.n) return Verdict::WentBack;
    if (head.n == known.n) return head.hash == known.hash ? Verdict::Taken : Verdict::Forked;
    if (head.afterN != known.n) return Verdict::Unknown;
    return head.afterHash == known.hash ? Verdict::Taken : Verdict::Forked;
}

void noteTrouble(SQLite::Database& db, const Row& known, std::int64_t n, Verdict verdict,
                 base::WallTime now) {
    sql::exec(db,
              "UPDATE log_heads SET trouble = ?, trouble_n = ?, trouble_at = ? WHERE kiosk = ? AND chain = ?",
              std::string(name(verdict)), n, sql::millis(now), known.kiosk, known.chain);
}

}  // namespace

std::string_view name(Verdict verdict) {
    constexpr std::array<std::string_view, 5> kNames{"taken", "unknown", "went_back", "forked", "too_many"};
    return kNames[static_cast<std::size_t>(verdict)];
}

Result<Verdict> LogHeads::take(const std::string& kioskId, const Head& head, base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<Verdict> {
        const auto known = findRow(db, kioskId, head.chain);
        if (!known && chainsOf(db, kioskId) >= kMostChains) return Verdict::TooMany;
        const auto verdict = known ? judge(*known, head) : Verdict::Taken;
        if (verdict == Verdict::WentBack || verdict == Verdict::Forked)
            noteTrouble(db, *known, head.n, verdict, now);
        if (verdict != Verdict::Taken) return verdict;
        sql::exec(db, R"sql(
            INSERT INTO log_heads (kiosk, chain, n, hash, first_at, at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (kiosk, chain) DO UPDATE SET n = excluded.n, hash = excluded.hash, at = excluded.at)sql",
                  kioskId, head.chain, head.n, head.hash, sql::millis(now), sql::millis(now));
        return verdict;
    });
}

Result<std::optional<Row>> LogHeads::find(const std::string& kioskId, const std::string& chain) {
    return db_.read(
        [&](SQLite::Database& db) -> Result<std::optional<Row>> { return findRow(db, kioskId, chain); });
}

Result<std::vector<Row>> LogHeads::list() {
    return db_.read([&](SQLite::Database& db) -> Result<std::vector<Row>> {
        std::vector<Row> all;
        auto rows = sql::query(db, R"sql(
            SELECT h.kiosk, k.ward, k.station, h.chain, h.n, h.hash, h.first_at, h.at, h.trouble, h.trouble_n,
                   h.trouble_at
            FROM log_heads h JOIN kiosks k ON k.id = h.kiosk
            ORDER BY k.ward, k.station, h.kiosk, h.first_at DESC, h.chain)sql");
        while (rows.executeStep()) all.push_back(headRow(rows));
        return all;
    });
}

Result<void> LogHeads::settle(const std::string& kioskId, const std::string& chain) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        const int changed = sql::exec(db,
                                      "UPDATE log_heads SET trouble = '', trouble_n = 0, trouble_at = NULL "
                                      "WHERE kiosk = ? AND chain = ? AND trouble <> ''",
                                      kioskId, chain);
        if (changed == 0) return base::fail(base::ProblemKind::NotFound);
        return {};
    });
}

Result<std::int64_t> LogHeads::withTrouble() {
    return db_.read([&](SQLite::Database& db) -> Result<std::int64_t> {
        return db
            .execAndGet(
                "SELECT count(*) FROM log_heads h JOIN kiosks k ON k.id = h.kiosk WHERE h.trouble <> '' "
                "AND k.revoked_at IS NULL")
            .getInt64();
    });
}

}  // namespace tram::gateway
