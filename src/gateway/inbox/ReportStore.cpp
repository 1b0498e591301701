#include "gateway/inbox/ReportStore.h"

#include <algorithm>

#include "base/Log.h"
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

std::string placeOf(std::initializer_list<std::string> parts) {
    std::string place;
    for (const auto& part : parts)
        if (!part.empty()) place += (place.empty() ? "" : " · ") + part;
    return place;
}

/// The receipt's secret is 128 random bits, so that a plain hash of it is enough.
bool opens(const base::SecretText& secret, const std::string& storedHash) {
    return !secret.empty() &&
           crypto::equalConstantTime(crypto::view(hashOf(secret)), crypto::view(storedHash));
}

/// No time of a report without a name is written down more exactly than the hour, the city's own steps
/// included: they would give away to the second when somebody stood there (STANDARDS 14).
base::WallTime written(bool anonymous, base::WallTime at) {
    return anonymous ? base::coarseToHour(at) : at;
}

/// Its kiosk has done so already, if it is one of ours.
std::string consentTime(const FeedbackReport& report) {
    base::WallTime at;
    if (report.disclosure != wire::Disclosure::Anonymous || !base::fromRfc3339(report.consentAt, at))
        return report.consentAt;
    return base::toRfc3339(base::coarseToHour(at));
}

constexpr const char* kStatus =
    R"sql(SELECT sequence, id, secret_hash, external_number, promised_at FROM reports WHERE code = ?)sql";

constexpr const char* kAdd = R"sql(INSERT OR IGNORE INTO reports
    (id, kiosk, code, secret_hash, received_at, field, ward, disclosure, language, consent_version, consent_at,
     pictures, pictures_kept, stage, due_at, subject)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12 > 0, 'waiting', 0, nullif(?13, '')))sql";

/// False when it was there already.
bool addRow(SQLite::Database& db, const ReportStore::NewReport& added, base::WallTime at) {
    const auto& report = added.report;
    return sql::exec(db, kAdd, added.id.text(), added.kiosk, report.trackingCode,
                     hashOf(report.receiptSecret), sql::millis(at), report.fieldId, report.wardCode,
                     std::string(name(report.disclosure)), report.language, report.consentVersion,
                     consentTime(report), static_cast<std::int64_t>(added.pictures), added.subject) == 1;
}

void addContents(SQLite::Database& db, const FeedbackReport& report) {
    sql::exec(db, R"sql(INSERT INTO contents (report, text, address, landmark)
        VALUES (last_insert_rowid(), ?, ?, ?))sql",
              report.text.reveal(), report.address.reveal(), report.landmark.reveal());
}

/// It waited at a station while its sender took it back, or had it deleted, or all that was given until then.
/// Was that answered, nothing more comes of it.
void stopIfWithdrawn(SQLite::Database& db, const ReportStore::NewReport& added, base::WallTime at) {
    base::WallTime given{};
    if (added.subject.empty() || !base::fromRfc3339(added.report.consentAt, given)) return;
    auto asked = sql::query(db, R"sql(SELECT max(state = 'answered') FROM rights WHERE subject = ?
        AND kind IN ('withdraw', 'delete') AND state <> 'refused'
        AND (about = ? OR (about = 'all' AND asked_at >= ?)))sql",
                            added.subject, added.report.trackingCode, sql::millis(given));
    if (!asked.executeStep() || asked.getColumn(0).isNull()) return;
    const bool answered = asked.getColumn(0).getInt() != 0;
    asked.reset();
    sql::exec(db, R"sql(UPDATE reports SET withdrawn = 1, stage = iif(?1, 'done', stage),
        closed_at = iif(?1, ?2, closed_at) WHERE id = ?3)sql",
              answered ? 1 : 0, sql::millis(at), added.id.text());
}

ReportStore::Added addOne(SQLite::Database& db, const ReportStore::NewReport& added,
                          base::WallTime receivedAt) {
    const auto& id = added.id.text();
    const auto at = written(added.report.disclosure == wire::Disclosure::Anonymous, receivedAt);
    auto other = sql::query(db, R"sql(SELECT id FROM reports WHERE code = ?1
        UNION ALL SELECT id FROM rights WHERE code = ?1)sql",
                            added.report.trackingCode);
    if (other.executeStep() && other.getColumn(0).getString() != id) return ReportStore::Added::CodeTaken;
    if (addRow(db, added, at)) {
        addContents(db, added.report);
        stopIfWithdrawn(db, added, at);
    }
    addEvent(db, id, name(FeedbackState::Received), at, "");
    return ReportStore::Added::Kept;
}

// However far off the other side's next step is: it may come earlier, and a clock may be put right.
constexpr std::chrono::hours kLookWithin{24};

constexpr const char* kDue =
    R"sql(SELECT r.id, r.pictures, r.external_number, r.tries, r.code, r.field, r.ward,
    r.disclosure, r.language, r.consent_version, r.consent_at, c.text, c.address, c.landmark
    FROM reports r JOIN contents c ON c.report = r.sequence
    WHERE r.stage <> 'done' AND r.withdrawn = 0 AND r.due_at <= ? ORDER BY r.due_at)sql";

Result<ReportStore::Due> dueFrom(SQLite::Statement& row) {
    const auto text = [&](int column) { return row.getColumn(column).getString(); };
    const auto id = base::Uuid::parse(text(0));
    const auto disclosure = wire::disclosureFrom(text(7));
    if (!id || !disclosure) return base::fail(ProblemKind::StoreDamaged);
    ReportStore::Due due{
        *id, {}, static_cast<std::size_t>(row.getColumn(1).getInt64()), text(2), row.getColumn(3).getInt()};
    due.report.trackingCode = text(4);
    due.report.fieldId = text(5);
    due.report.wardCode = text(6);
    due.report.disclosure = *disclosure;
    due.report.language = text(8);
    due.report.consentVersion = text(9);
    due.report.consentAt = text(10);
    base::SecretText* const secrets[] = {&due.report.text, &due.report.address, &due.report.landmark};
    for (int at = 0; at < 3; ++at) *secrets[at] = base::SecretText(text(11 + at));
    return due;
}

/// Whether it has no name; nothing when it was forgotten.
std::optional<bool> isAnonymous(SQLite::Database& db, const base::Uuid& id) {
    auto row = sql::query(db, "SELECT disclosure FROM reports WHERE id = ?", id.text());
    if (!row.executeStep()) return std::nullopt;
    return row.getColumn(0).getString() == name(wire::Disclosure::Anonymous);
}

}  // namespace

Result<void> ReportStore::add(const NewReport& added, base::WallTime receivedAt) {
    const auto done = add({Arrived{added, receivedAt}});
    if (!done) return tl::unexpected(done.error());
    if (done->front() == Added::CodeTaken) return base::fail(ProblemKind::Conflict);
    return {};
}

Result<std::vector<ReportStore::Added>> ReportStore::add(const std::vector<Arrived>& reports) {
    return db_.write([&](SQLite::Database& db) -> Result<std::vector<Added>> {
        std::vector<Added> done;
        for (const auto& [report, receivedAt] : reports) done.push_back(addOne(db, report, receivedAt));
        return done;
    });
}

wire::FeedbackStatus::Opened ReportStore::openedOf(SQLite::Database& db, std::int64_t report) const {
    auto row = sql::query(db, R"sql(SELECT c.text, c.address, c.landmark, c.answer, r.ward
        FROM contents c JOIN reports r ON r.sequence = c.report WHERE c.report = ?)sql",
                          report);
    if (!row.executeStep()) return {};
    const auto text = [&](int column) { return row.getColumn(column).getString(); };
    const auto ward = wards_.find(text(4));
    return {base::SecretText(text(0)),
            base::SecretText(placeOf({text(1), text(2), ward == wards_.end() ? "" : ward->second})),
            base::SecretText(text(3))};
}

Result<wire::FeedbackStatus> ReportStore::statusFrom(SQLite::Database& db, SQLite::Statement& row,
                                                     const base::SecretText& secret) const {
    wire::FeedbackStatus status;
    status.history = historyOf(db, row.getColumn(1).getString());
    if (status.history.empty()) return base::fail(ProblemKind::StoreDamaged);
    status.state = status.history.back().state;
    status.unit = status.history.back().unit;
    status.externalNumber = row.getColumn(3).getString();
    if (!row.getColumn(4).isNull()) status.due = base::toRfc3339(sql::wall(row.getColumn(4).getInt64()));
    if (opens(secret, row.getColumn(2).getString()))
        status.opened = openedOf(db, row.getColumn(0).getInt64());
    return status;
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

Result<std::vector<ReportStore::Mine>> ReportStore::ofSubject(const std::string& subject, std::size_t limit) {
    return db_.read([&](SQLite::Database& db) -> Result<std::vector<Mine>> {
        std::vector<Mine> mine;
        auto rows = sql::query(db, R"sql(SELECT id, code, field, ward, received_at FROM reports
            WHERE subject = ? ORDER BY sequence DESC LIMIT ?)sql",
                               subject, static_cast<std::int64_t>(limit));
        while (rows.executeStep()) {
            Mine report{rows.getColumn(1).getString(), rows.getColumn(2).getString(),
                        rows.getColumn(3).getString()};
            report.receivedAt = report.changedAt = sql::wall(rows.getColumn(4).getInt64());
            const auto history = historyOf(db, rows.getColumn(0).getString());
            if (history.empty()) return base::fail(ProblemKind::StoreDamaged);
            report.state = history.back().state;
            base::fromRfc3339(history.back().at, report.changedAt);
            mine.push_back(std::move(report));
        }
        return mine;
    });
}

Result<bool> ReportStore::proves(const std::string& code, const base::SecretText& secret) {
    if (secret.empty()) return false;
    return db_.read([&](SQLite::Database& db) -> Result<bool> {
        auto row =
            sql::query(db, "SELECT 1 FROM reports WHERE code = ? AND secret_hash = ?", code, hashOf(secret));
        return row.executeStep();
    });
}

Result<std::vector<ReportStore::Due>> ReportStore::due(base::WallTime now, std::size_t limit) {
    return db_.read([&](SQLite::Database& db) -> Result<std::vector<Due>> {
        std::vector<Due> all;
        auto rows = sql::query(db, kDue, sql::millis(now));
        while (all.size() < limit && rows.executeStep()) {
            if (!isTime(rows.getColumn(0).getString(), now)) continue;
            auto due = dueFrom(rows);
            if (due) all.push_back(std::move(*due));
            if (!due) base::log::problem("reports.unreadable", due.error());
        }
        return all;
    });
}

Result<bool> ReportStore::mayGoOn(const base::Uuid& id) {
    return db_.read([&](SQLite::Database& db) -> Result<bool> {
        return sql::query(db, "SELECT 1 FROM reports WHERE id = ? AND withdrawn = 0", id.text())
            .executeStep();
    });
}

Result<void> ReportStore::submitted(const base::Uuid& id, const std::string& externalNumber,
                                    base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        const auto anonymous = isAnonymous(db, id);
        if (!anonymous) return {};
        sql::exec(db,
                  R"sql(UPDATE reports SET stage = iif(withdrawn AND stage = 'done', 'done', 'followed'),
            external_number = ?, tries = 0, due_at = ?2, delivered_at = ?2 WHERE id = ?3)sql",
                  externalNumber, sql::millis(written(*anonymous, now)), id.text());
        return {};
    });
}

Result<void> ReportStore::stands(const base::Uuid& id, const CaseStanding& standing, base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        const auto anonymous = isAnonymous(db, id);
        if (!anonymous) return {};  // forgotten while the other side was asked
        base::WallTime at;
        for (const auto& event : standing.events)
            if (base::fromRfc3339(event.at, at))
                addEvent(db, id.text(), name(event.state), written(*anonymous, at), event.unit);
        if (base::fromRfc3339(standing.due, at))
            sql::exec(db, "UPDATE reports SET promised_at = ? WHERE id = ?",
                      sql::millis(written(*anonymous, at)), id.text());
        const auto next = std::min(standing.lookAgain, now + kLookWithin);
        // What was taken back meanwhile stays as the answer to that left it: its retention has begun.
        sql::exec(db, R"sql(UPDATE reports SET stage = ?1, tries = 0, due_at = ?2,
            closed_at = iif(?1 = 'done', ?3, NULL) WHERE id = ?4 AND withdrawn = 0)sql",
                  standing.closed ? "done" : "followed", sql::millis(dueAt(id, *anonymous, next)),
                  sql::millis(written(*anonymous, now)), id.text());
        if (!standing.answer.empty())
            sql::exec(db, R"sql(UPDATE contents SET answer = ?
                WHERE report = (SELECT sequence FROM reports WHERE id = ?))sql",
                      standing.answer.reveal(), id.text());
        return {};
    });
}

Result<void> ReportStore::later(const base::Uuid& id, base::WallTime next) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        const auto anonymous = isAnonymous(db, id);
        if (!anonymous) return {};
        sql::exec(db, "UPDATE reports SET tries = tries + 1, due_at = ? WHERE id = ?",
                  sql::millis(dueAt(id, *anonymous, next)), id.text());
        return {};
    });
}

base::WallTime ReportStore::dueAt(const base::Uuid& id, bool anonymous, base::WallTime next) {
    if (anonymous) exactly_[id.text()] = next;
    return written(anonymous, next);
}

bool ReportStore::isTime(const std::string& id, base::WallTime now) {
    const auto exact = exactly_.find(id);
    if (exact == exactly_.end()) return true;
    if (exact->second > now) return false;
    exactly_.erase(exact);
    return true;
}

Result<std::size_t> ReportStore::recall(base::WallTime now) {
    const auto latest = now + kLookWithin + std::chrono::hours(1);
    return db_.write([&](SQLite::Database& db) -> Result<std::size_t> {
        std::erase_if(exactly_, [&](const auto& entry) { return entry.second > latest; });
        return static_cast<std::size_t>(sql::exec(
            db, "UPDATE reports SET due_at = 0 WHERE stage <> 'done' AND due_at > ?", sql::millis(latest)));
    });
}

Result<ReportStore::Counts> ReportStore::counts() {
    return db_.read([](SQLite::Database& db) -> Result<Counts> {
        Counts counts;
        auto rows = sql::query(db, "SELECT stage, count FROM tallies");
        while (rows.executeStep()) {
            const auto stage = rows.getColumn(0).getString();
            auto& count = stage == "waiting" ? counts.waiting
                          : stage == "done"  ? counts.done
                                             : counts.followed;
            count = rows.getColumn(1).getInt64();
        }
        return counts;
    });
}

}  // namespace tram::gateway
