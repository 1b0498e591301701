#include "gateway/inbox/Quarantine.h"

#include "base/VietnameseText.h"
#include "gateway/storage/Sql.h"
#include "wire/Envelope.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;

QuarantinedEnvelope envelopeFrom(SQLite::Statement& row) {
    QuarantinedEnvelope envelope;
    envelope.id = row.getColumn(0).getString();
    envelope.kiosk = row.getColumn(1).getString();
    envelope.receivedAt = sql::wall(row.getColumn(2).getInt64());
    envelope.setAside = row.getColumn(3).getString() == "set_aside";
    envelope.reason = row.getColumn(4).getString();
    envelope.note = row.getColumn(5).getString();
    return envelope;
}

Result<void> changeOne(int changed) {
    if (changed == 0) return base::fail(ProblemKind::NotFound);
    return {};
}

}  // namespace

Result<std::vector<QuarantinedEnvelope>> Quarantine::list(bool setAside, std::size_t limit) {
    const char* text = setAside ? R"sql(SELECT id, kiosk, received_at, state, reason, note FROM envelopes
                                    WHERE state = 'set_aside' ORDER BY sequence LIMIT ?)sql"
                                : R"sql(SELECT id, kiosk, received_at, state, reason, note FROM envelopes
                                    WHERE state = 'quarantined' ORDER BY sequence LIMIT ?)sql";
    return db_.read([&](SQLite::Database& db) -> Result<std::vector<QuarantinedEnvelope>> {
        std::vector<QuarantinedEnvelope> all;
        auto rows = sql::query(db, text, static_cast<std::int64_t>(limit));
        while (rows.executeStep()) all.push_back(envelopeFrom(rows));
        return all;
    });
}

Result<std::optional<QuarantinedEnvelope>> Quarantine::find(const base::Uuid& id) {
    return db_.read([&](SQLite::Database& db) -> Result<std::optional<QuarantinedEnvelope>> {
        auto row =
            sql::query(db, R"sql(SELECT e.id, e.kiosk, e.received_at, e.state, e.reason, e.note, s.bytes,
            (SELECT count(*) FROM attachments a WHERE a.envelope = e.id)
            FROM envelopes e JOIN sealed s ON s.sequence = e.sequence
            WHERE e.id = ? AND e.state IN ('quarantined', 'set_aside'))sql",
                       id.text());
        if (!row.executeStep()) return std::nullopt;
        auto found = envelopeFrom(row);
        const auto bytes = row.getColumn(6).getString();
        found.bytes = bytes.size();
        found.attachments = static_cast<std::size_t>(row.getColumn(7).getInt64());
        if (const auto envelope = wire::Envelope::parse(bytes)) found.sealingKey = envelope->sealingKeyId;
        return found;
    });
}

Result<void> Quarantine::retry(const base::Uuid& id) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        return changeOne(sql::exec(db, R"sql(UPDATE envelopes SET state = 'stored'
            WHERE id = ? AND state IN ('quarantined', 'set_aside'))sql",
                                   id.text()));
    });
}

Result<std::size_t> Quarantine::retryAll(const std::string& reason) {
    return db_.write([&](SQLite::Database& db) -> Result<std::size_t> {
        return static_cast<std::size_t>(sql::exec(db, R"sql(UPDATE envelopes SET state = 'stored'
            WHERE state = 'quarantined' AND (?1 = '' OR reason = ?1 OR reason LIKE ?1 || ': %'))sql",
                                                  reason));
    });
}

Result<void> Quarantine::setAside(const base::Uuid& id, const std::string& note) {
    const auto cleaned = base::clean(note);
    if (cleaned.empty() || base::characters(cleaned) > kMaxNote)
        return base::fail(ProblemKind::OutOfRange,
                          {{"key", "reason"}, {"expected", "1 to 200 characters, nobody's name among them"}});
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        return changeOne(sql::exec(
            db, "UPDATE envelopes SET state = 'set_aside', note = ? WHERE id = ? AND state = 'quarantined'",
            cleaned, id.text()));
    });
}

Result<std::optional<base::WallTime>> Quarantine::oldest() {
    return db_.read([](SQLite::Database& db) -> Result<std::optional<base::WallTime>> {
        auto row = sql::query(
            db, "SELECT received_at FROM envelopes WHERE state = 'quarantined' ORDER BY sequence LIMIT 1");
        if (!row.executeStep()) return std::nullopt;
        return sql::wall(row.getColumn(0).getInt64());
    });
}

}  // namespace tram::gateway
