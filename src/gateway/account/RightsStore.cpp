#include "gateway/account/RightsStore.h"

#include "crypto/Bytes.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;
using wire::FeedbackState;

namespace {

std::string hashOf(const base::SecretText& secret) {
    return crypto::sha256Hex(crypto::view(secret.reveal()));
}

constexpr const char* kColumns =
    "SELECT id, code, subject, kind, about, language, words, received_at, state, answered_at, asked_at "
    "FROM rights ";

std::string select(const char* rest) {
    return std::string(kColumns) + rest;
}

Result<RightsStore::Request> requestFrom(SQLite::Statement& row) {
    const auto text = [&](int column) { return row.getColumn(column).getString(); };
    const auto right = wire::rightFrom(text(3));
    if (!right) return base::fail(ProblemKind::StoreDamaged);
    RightsStore::Request request{text(0),
                                 text(1),
                                 text(2),
                                 *right,
                                 text(4),
                                 text(5),
                                 base::SecretText(text(6)),
                                 sql::wall(row.getColumn(7).getInt64()),
                                 sql::wall(row.getColumn(10).getInt64()),
                                 text(8),
                                 std::nullopt};
    if (!row.getColumn(9).isNull()) request.answeredAt = sql::wall(row.getColumn(9).getInt64());
    return request;
}

Result<std::vector<RightsStore::Request>> requestsFrom(SQLite::Statement& rows) {
    std::vector<RightsStore::Request> all;
    while (rows.executeStep()) {
        auto request = requestFrom(rows);
        if (!request) return tl::unexpected(request.error());
        all.push_back(std::move(*request));
    }
    return all;
}

void stop(SQLite::Database& db, const RightsStore::Arrived& arrived) {
    sql::exec(db, R"sql(UPDATE reports SET withdrawn = 1 WHERE subject = ?1
        AND (code = ?2 OR (?2 = 'all' AND 1000 * unixepoch(consent_at) <= ?3)))sql",
              arrived.subject, arrived.request.about, sql::millis(arrived.askedAt));
    // Its source is told, where it has it; one that it refused, or whose day is over, stays what it was.
    sql::exec(db, R"sql(UPDATE appointments SET withdrawn = 1, tries = 0, due_at = 0, changed_at = ?4,
        over_at = CASE reference WHEN '' THEN ?4 END
        WHERE subject = ?1 AND subject <> '' AND (code = ?2 OR (?2 = 'all' AND 1000 * unixepoch(consent_at) <= ?3))
        AND withdrawn = 0 AND state <> 'refused' AND (over_at IS NULL OR over_at > ?4))sql",
              arrived.subject, arrived.request.about, sql::millis(arrived.askedAt),
              sql::millis(arrived.receivedAt));
}

/// After a refusal: what no other request of theirs holds.
void release(SQLite::Database& db, const RightsStore::Request& refused) {
    sql::exec(db, R"sql(UPDATE reports SET withdrawn = 0
        WHERE subject = ?1 AND (?2 = 'all' OR code = ?2) AND NOT EXISTS (
            SELECT 1 FROM rights AS other WHERE other.subject = ?1 AND other.kind IN ('withdraw', 'delete')
            AND other.state <> 'refused' AND (other.about = reports.code
                OR (other.about = 'all' AND 1000 * unixepoch(reports.consent_at) <= other.asked_at))))sql",
              refused.subject, refused.about);
}

/// Nothing more comes of them: their retention begins.
void close(SQLite::Database& db, const RightsStore::Request& request, base::WallTime now) {
    sql::exec(db, R"sql(UPDATE reports SET stage = 'done', closed_at = ?1
        WHERE subject = ?2 AND (?3 = 'all' OR code = ?3) AND withdrawn = 1 AND stage <> 'done')sql",
              sql::millis(now), request.subject, request.about);
}

bool stops(wire::Right right) {
    return right == wire::Right::Withdraw || right == wire::Right::Delete;
}

/// Another one with the same code: a report, or a request.
bool codeTaken(SQLite::Database& db, const std::string& code, const std::string& id) {
    auto other = sql::query(db, R"sql(SELECT id FROM reports WHERE code = ?1
        UNION ALL SELECT id FROM rights WHERE code = ?1
        UNION ALL SELECT id FROM appointments WHERE code = ?1)sql",
                            code);
    while (other.executeStep())
        if (other.getColumn(0).getString() != id) return true;
    return false;
}

RightsStore::Added addOne(SQLite::Database& db, const RightsStore::Arrived& arrived) {
    const auto& request = arrived.request;
    if (codeTaken(db, request.trackingCode, arrived.id.text())) return RightsStore::Added::CodeTaken;
    const auto added =
        sql::exec(db, R"sql(INSERT OR IGNORE INTO rights
        (id, code, secret_hash, subject, kind, about, language, words, received_at, asked_at, state)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'received'))sql",
                  arrived.id.text(), request.trackingCode, hashOf(request.receiptSecret), arrived.subject,
                  std::string(name(request.right)), request.about, request.language, request.words.reveal(),
                  sql::millis(arrived.receivedAt), sql::millis(arrived.askedAt));
    if (added == 1 && stops(request.right)) stop(db, arrived);
    return RightsStore::Added::Kept;
}

FeedbackState stateOf(const std::string& state) {
    if (state == "answered") return FeedbackState::Answered;
    return state == "refused" ? FeedbackState::Refused : FeedbackState::Received;
}

}  // namespace

calendar::Day rightsDue(base::WallTime receivedAt, const calendar::WorkingDays& days) {
    auto day = calendar::dayInCity(receivedAt);
    for (int i = 0; i < RightsStore::kWorkingDays; ++i) day = days.firstFrom(day + std::chrono::days(1));
    return day;
}

Result<bool> RightsStore::isAnothers(const std::string& code, const std::string& subject) {
    return db_.read([&](SQLite::Database& db) -> Result<bool> {
        return sql::query(db, R"sql(SELECT 1 FROM reports WHERE code = ?1 AND coalesce(subject, '') <> ?2
            UNION ALL SELECT 1 FROM appointments WHERE code = ?1 AND subject <> ?2)sql",
                          code, subject)
            .executeStep();
    });
}

Result<std::vector<RightsStore::Added>> RightsStore::add(const std::vector<Arrived>& requests) {
    return db_.write([&](SQLite::Database& db) -> Result<std::vector<Added>> {
        std::vector<Added> done;
        for (const auto& request : requests) done.push_back(addOne(db, request));
        return done;
    });
}

Result<std::optional<RightsStore::Request>> RightsStore::find(const std::string& code) {
    return db_.read([&](SQLite::Database& db) -> Result<std::optional<Request>> {
        auto row = sql::query(db, select("WHERE code = ?").c_str(), code);
        if (!row.executeStep()) return std::nullopt;
        auto request = requestFrom(row);
        if (!request) return tl::unexpected(request.error());
        return std::optional<Request>(std::move(*request));
    });
}

Result<std::vector<RightsStore::Request>> RightsStore::list(bool all, std::size_t limit) {
    return db_.read([&](SQLite::Database& db) -> Result<std::vector<Request>> {
        auto rows =
            sql::query(db, select("WHERE ?1 OR state = 'received' ORDER BY received_at, id LIMIT ?2").c_str(),
                       all ? 1 : 0, static_cast<std::int64_t>(limit));
        return requestsFrom(rows);
    });
}

Result<std::vector<RightsStore::Request>> RightsStore::ofSubject(const std::string& subject,
                                                                 std::size_t limit) {
    return db_.read([&](SQLite::Database& db) -> Result<std::vector<Request>> {
        auto rows =
            sql::query(db, select("WHERE subject = ? ORDER BY received_at DESC, id DESC LIMIT ?").c_str(),
                       subject, static_cast<std::int64_t>(limit));
        return requestsFrom(rows);
    });
}

Result<std::vector<RightsStore::Concerned>> RightsStore::concerned(const Request& request) {
    return db_.read([&](SQLite::Database& db) -> Result<std::vector<Concerned>> {
        std::vector<Concerned> all;
        auto rows = sql::query(db, R"sql(SELECT code, external_number, 0, sequence FROM reports
            WHERE subject = ?1 AND (code = ?2 OR (?2 = 'all' AND 1000 * unixepoch(consent_at) <= ?3))
            AND (?4 = 0 OR withdrawn = 1)
            UNION ALL SELECT code, reference, 1, received_at FROM appointments
            WHERE subject = ?1 AND subject <> ''
            AND (code = ?2 OR (?2 = 'all' AND 1000 * unixepoch(consent_at) <= ?3))
            AND (?4 = 0 OR withdrawn = 1) ORDER BY 3, 4)sql",
                               request.subject, request.about, sql::millis(request.askedAt),
                               stops(request.right) ? 1 : 0);
        while (rows.executeStep())
            all.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getString(),
                           rows.getColumn(2).getInt() != 0});
        return all;
    });
}

Result<void> RightsStore::answer(const std::string& code, bool refused, const base::SecretText& words,
                                 base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        auto row = sql::query(db, select("WHERE code = ?").c_str(), code);
        if (!row.executeStep()) return base::fail(ProblemKind::NotFound);
        const auto request = requestFrom(row);
        if (!request) return tl::unexpected(request.error());
        row.reset();
        if (request->state != "received") return base::fail(ProblemKind::Conflict);
        sql::exec(db, "UPDATE rights SET state = ?, answered_at = ?, answer = ? WHERE code = ?",
                  refused ? "refused" : "answered", sql::millis(now), words.reveal(), code);
        if (!stops(request->right)) return {};
        if (refused)
            release(db, *request);
        else
            close(db, *request, now);
        return {};
    });
}

Result<bool> RightsStore::proves(const std::string& code, const base::SecretText& secret) {
    if (secret.empty()) return false;
    return db_.read([&](SQLite::Database& db) -> Result<bool> {
        return sql::query(db, "SELECT 1 FROM rights WHERE code = ? AND secret_hash = ?", code, hashOf(secret))
            .executeStep();
    });
}

Result<std::optional<wire::FeedbackStatus>> RightsStore::status(const std::string& code,
                                                                const base::SecretText& secret,
                                                                const calendar::WorkingDays& days,
                                                                base::WallTime now) {
    const auto request = find(code);
    if (!request) return tl::unexpected(request.error());
    if (!*request) return std::nullopt;
    const auto& kept = **request;
    wire::FeedbackStatus status;
    status.trackingCode = code;
    status.state = stateOf(kept.state);
    status.history = {{FeedbackState::Received, base::toRfc3339(kept.receivedAt), ""}};
    if (kept.answeredAt)
        status.history.push_back({status.state, base::toRfc3339(*kept.answeredAt), ""});
    else
        status.due = calendar::toText(rightsDue(kept.receivedAt, days)) + "T23:59:59+07:00";
    status.source = kSource;
    status.asOf = base::toRfc3339(now);
    const auto opens = proves(code, secret);
    if (!opens) return tl::unexpected(opens.error());
    if (!*opens) return std::optional<wire::FeedbackStatus>(std::move(status));
    return db_.read([&](SQLite::Database& db) -> Result<std::optional<wire::FeedbackStatus>> {
        auto row = sql::query(db, "SELECT words, answer FROM rights WHERE code = ?", code);
        if (!row.executeStep()) return std::nullopt;
        status.opened = wire::FeedbackStatus::Opened{base::SecretText(row.getColumn(0).getString()),
                                                     {},
                                                     base::SecretText(row.getColumn(1).getString())};
        return std::optional<wire::FeedbackStatus>(std::move(status));
    });
}

Result<std::vector<wire::MyConsent>> RightsStore::consents(const std::string& subject, std::size_t limit) {
    return db_.read([&](SQLite::Database& db) -> Result<std::vector<wire::MyConsent>> {
        std::vector<wire::MyConsent> all;
        auto rows =
            sql::query(db, R"sql(SELECT code, field, disclosure, consent_version, consent_at, withdrawn,
                    NULL AS procedure, unixepoch(consent_at) AS given, sequence
                FROM reports WHERE subject = ?1
            UNION ALL SELECT code, ?3, 'named', consent_version, consent_at, withdrawn, procedure_name,
                    unixepoch(consent_at), 0
                FROM appointments WHERE subject = ?1 AND subject <> ''
            ORDER BY given DESC, sequence DESC LIMIT ?2)sql",
                       subject, static_cast<std::int64_t>(limit), std::string(wire::MyConsent::kAppointment));
        const auto text = [&](int column) { return rows.getColumn(column).getString(); };
        while (rows.executeStep())
            all.push_back({text(0), text(1), text(2), text(3), text(4), rows.getColumn(5).getInt() != 0,
                           !rows.getColumn(6).isNull(), text(6)});
        return all;
    });
}

}  // namespace tram::gateway
