#include "gateway/inbox/ReportStore.h"

#include <algorithm>

#include "crypto/Bytes.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using wire::FeedbackReport;
using wire::FeedbackState;

std::string hashOf(const base::SecretText& secret) {
    return crypto::sha256Hex(crypto::view(secret.reveal()));
}

void addEvent(SQLite::Database& db, const std::string& id, std::string_view state, base::WallTime at,
              const std::string& unit) {
    sql::exec(db, "INSERT OR IGNORE INTO events (report, state, at, unit) VALUES (?, ?, ?, ?)", id,
              std::string(state), sql::millis(at), unit);
}

FeedbackState stateFrom(const std::string& text) {
    for (auto state : {FeedbackState::Received, FeedbackState::Accepted, FeedbackState::Forwarded,
                       FeedbackState::InProgress, FeedbackState::Answered})
        if (name(state) == text) return state;
    return FeedbackState::Refused;
}

std::vector<wire::FeedbackEvent> historyOf(SQLite::Database& db, const std::string& id) {
    std::vector<wire::FeedbackEvent> history;
    auto rows = sql::query(db, "SELECT state, at, unit FROM events WHERE report = ?", id);
    while (rows.executeStep())
        history.push_back({stateFrom(rows.getColumn(0).getString()),
                           base::toRfc3339(sql::wall(rows.getColumn(1).getInt64())),
                           rows.getColumn(2).getString()});
    // States can only follow each other; times may be equal when a demo's clock is fast.
    std::ranges::sort(history, {}, &wire::FeedbackEvent::state);
    return history;
}

std::string placeOf(const FeedbackReport& report) {
    std::string place = report.address.reveal();
    if (!report.landmark.empty()) place += (place.empty() ? "" : " · ") + report.landmark.reveal();
    return place;
}

/// The receipt's secret is 128 random bits, so that a plain hash of it is enough.
bool opens(const base::SecretText& secret, const std::string& storedHash) {
    return !secret.empty() &&
           crypto::equalConstantTime(crypto::view(hashOf(secret)), crypto::view(storedHash));
}

void coarsen(std::string& rfc3339) {
    base::WallTime time{};
    if (base::fromRfc3339(rfc3339, time)) rfc3339 = base::toRfc3339(base::coarseToHour(time));
}

/// The city's own steps would give away to the second when somebody without a name stood there (STANDARDS
/// 14).
void coarsen(wire::FeedbackStatus& status) {
    for (auto& event : status.history) coarsen(event.at);
    coarsen(status.due);
}

constexpr const char* kStatus =
    "SELECT id, secret_hash, fields, external_number, promised_at, answer FROM reports WHERE code = ?";

Result<wire::FeedbackStatus> statusFrom(SQLite::Database& db, SQLite::Statement& row,
                                        const base::SecretText& secret) {
    wire::FeedbackStatus status;
    status.history = historyOf(db, row.getColumn(0).getString());
    if (status.history.empty()) return base::fail(ProblemKind::StoreDamaged);
    status.state = status.history.back().state;
    status.unit = status.history.back().unit;
    status.externalNumber = row.getColumn(3).getString();
    if (!row.getColumn(4).isNull()) status.due = base::toRfc3339(sql::wall(row.getColumn(4).getInt64()));
    auto report = FeedbackReport::parse(row.getColumn(2).getString());
    if (!report) return tl::unexpected(report.error());
    if (report->disclosure == wire::Disclosure::Anonymous) coarsen(status);
    if (!opens(secret, row.getColumn(1).getString())) return status;
    status.opened = wire::FeedbackStatus::Opened{std::move(report->text), base::SecretText(placeOf(*report)),
                                                 base::SecretText(row.getColumn(5).getString())};
    return status;
}

}  // namespace

Result<void> ReportStore::add(const NewReport& added, base::WallTime receivedAt) {
    // No name: no precise time either (STANDARDS 14).
    const auto at =
        added.report.disclosure == wire::Disclosure::Anonymous ? base::coarseToHour(receivedAt) : receivedAt;
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        const auto& id = added.id.text();
        auto other = sql::query(db, "SELECT id FROM reports WHERE code = ?", added.report.trackingCode);
        if (other.executeStep() && other.getColumn(0).getString() != id)
            return base::fail(ProblemKind::Conflict);
        sql::exec(db, R"sql(INSERT OR IGNORE INTO reports
            (id, kiosk, code, secret_hash, received_at, fields, pictures, stage, due_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', 0))sql",
                  id, added.kiosk, added.report.trackingCode, hashOf(added.report.receiptSecret),
                  sql::millis(at), added.report.toJson().reveal(), static_cast<std::int64_t>(added.pictures));
        addEvent(db, id, name(FeedbackState::Received), at, "");
        return {};
    });
}

Result<std::optional<wire::FeedbackStatus>> ReportStore::status(const std::string& code,
                                                                const base::SecretText& secret,
                                                                const std::string& source,
                                                                base::WallTime now) {
    return db_.read([&](SQLite::Database& db) -> Result<std::optional<wire::FeedbackStatus>> {
        auto row = sql::query(db, kStatus, code);
        if (!row.executeStep()) return std::nullopt;
        auto status = statusFrom(db, row, secret);
        if (!status) return tl::unexpected(status.error());
        status->trackingCode = code;
        status->source = source;
        status->asOf = base::toRfc3339(now);
        return std::move(*status);
    });
}

Result<std::vector<ReportStore::Due>> ReportStore::due(base::WallTime now, std::size_t limit) {
    return db_.read([&](SQLite::Database& db) -> Result<std::vector<Due>> {
        std::vector<Due> all;
        auto rows = sql::query(db, R"sql(SELECT id, fields, pictures, external_number, tries FROM reports
            WHERE stage <> 'done' AND due_at <= ? ORDER BY due_at, id LIMIT ?)sql",
                               sql::millis(now), static_cast<std::int64_t>(limit));
        while (rows.executeStep()) {
            auto id = base::Uuid::parse(rows.getColumn(0).getString());
            auto report = FeedbackReport::parse(rows.getColumn(1).getString());
            if (!id || !report) return base::fail(ProblemKind::StoreDamaged);
            all.push_back({*id, std::move(*report), static_cast<std::size_t>(rows.getColumn(2).getInt64()),
                           rows.getColumn(3).getString(), rows.getColumn(4).getInt()});
        }
        return all;
    });
}

Result<void> ReportStore::submitted(const base::Uuid& id, const std::string& externalNumber,
                                    base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, R"sql(UPDATE reports SET stage = 'followed', external_number = ?, tries = 0, due_at = ?
            WHERE id = ?)sql",
                  externalNumber, sql::millis(now), id.text());
        return {};
    });
}

Result<void> ReportStore::stands(const base::Uuid& id, const CaseStanding& standing) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        base::WallTime at;
        for (const auto& event : standing.events)
            if (base::fromRfc3339(event.at, at)) addEvent(db, id.text(), name(event.state), at, event.unit);
        if (base::fromRfc3339(standing.due, at))
            sql::exec(db, "UPDATE reports SET promised_at = ? WHERE id = ?", sql::millis(at), id.text());
        sql::exec(db, "UPDATE reports SET stage = ?, tries = 0, due_at = ?, answer = ? WHERE id = ?",
                  standing.closed ? "done" : "followed", sql::millis(standing.lookAgain),
                  standing.answer.reveal(), id.text());
        return {};
    });
}

Result<void> ReportStore::later(const base::Uuid& id, base::WallTime next) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "UPDATE reports SET tries = tries + 1, due_at = ? WHERE id = ?", sql::millis(next),
                  id.text());
        return {};
    });
}

Result<ReportStore::Counts> ReportStore::counts() {
    return db_.read([](SQLite::Database& db) -> Result<Counts> {
        auto row = sql::query(db, R"sql(SELECT coalesce(sum(stage = 'waiting'), 0),
            coalesce(sum(stage = 'followed'), 0), coalesce(sum(stage = 'done'), 0) FROM reports)sql");
        row.executeStep();
        return Counts{row.getColumn(0).getInt64(), row.getColumn(1).getInt64(), row.getColumn(2).getInt64()};
    });
}

}  // namespace tram::gateway
