#include "gateway/inbox/Erasure.h"

#include "gateway/inbox/Forgotten.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using Ids = std::vector<std::string>;

constexpr std::int64_t kErasedAtOnce = 200;

template <class... Values>
Result<Ids> idsIn(SharedDatabase& from, const char* text, const Values&... values) {
    return from.read([&](SQLite::Database& db) -> Result<Ids> {
        Ids ids;
        auto rows = sql::query(db, text, values...);
        while (rows.executeStep()) ids.push_back(rows.getColumn(0).getString());
        return ids;
    });
}

struct ReportRow {
    std::int64_t sequence;
    std::string id;
};

template <class... Values>
Result<std::vector<ReportRow>> reportsIn(SharedDatabase& from, const char* text, const Values&... values) {
    return from.read([&](SQLite::Database& db) -> Result<std::vector<ReportRow>> {
        std::vector<ReportRow> all;
        auto rows = sql::query(db, text, values...);
        while (rows.executeStep())
            all.push_back({rows.getColumn(0).getInt64(), rows.getColumn(1).getString()});
        return all;
    });
}

/// The intent comes first: from here on it will be gone, whatever happens.
Result<void> intend(SQLite::Database& db, const std::string& id) {
    auto row = sql::query(db, "SELECT state FROM envelopes WHERE id = ?", id);
    if (!row.executeStep()) {
        rememberErased(db, id);
        return {};
    }
    if (row.getColumn(0).getString() == "stored")
        return base::fail(ProblemKind::StoreBusy,
                          {{"expected", "an action that is not being opened just now"}});
    sql::exec(db, "UPDATE envelopes SET state = 'forgetting' WHERE id = ?", id);
    return {};
}

/// Only the hashes stay.
void eraseEnvelope(SQLite::Database& db, const std::string& id, bool reportToo) {
    auto row = sql::query(
        db, R"sql(SELECT e.sequence, s.bytes FROM envelopes e JOIN sealed s ON s.sequence = e.sequence
        WHERE e.id = ?)sql",
        id);
    if (!row.executeStep()) return;
    const auto sequence = row.getColumn(0).getInt64();
    rememberForgotten(db, id, row.getColumn(1).getString(), reportToo);
    row.reset();
    sql::exec(db, "DELETE FROM sealed WHERE sequence = ?", sequence);
    sql::exec(db, "DELETE FROM envelopes WHERE sequence = ?", sequence);
}

struct Aged {
    std::int64_t receivedAt = 0, sequence = 0;
    std::string id;
    bool due = false;
};

/// By their times, not in the order they came: one from a clock that was ahead must not end the search.
Result<std::vector<Aged>> agedAfter(SharedDatabase& city, const Aged& last, base::WallTime before) {
    return city.read([&](SQLite::Database& db) -> Result<std::vector<Aged>> {
        std::vector<Aged> all;
        auto rows = sql::query(db, R"sql(SELECT received_at, sequence, id, state IN ('opened', 'set_aside')
            FROM envelopes WHERE received_at < ? AND (received_at, sequence) > (?, ?)
            ORDER BY received_at, sequence LIMIT ?)sql",
                               sql::millis(before), last.receivedAt, last.sequence, kErasedAtOnce);
        while (rows.executeStep())
            all.push_back({rows.getColumn(0).getInt64(), rows.getColumn(1).getInt64(),
                           rows.getColumn(2).getString(), rows.getColumn(3).getInt() != 0});
        return all;
    });
}

}  // namespace

Result<Erasure::Forgotten> Erasure::forget(const base::TrackingCode& code) {
    const auto ids = idsIn(*storage_.reports, R"sql(SELECT id FROM reports WHERE code = ?1
            UNION ALL SELECT id FROM appointments WHERE code = ?1)sql",
                           code.symbols());
    if (!ids) return tl::unexpected(ids.error());
    // By chance, or a thief's kiosk, a report and an appointment have the same.
    Result<Forgotten> forgotten = base::fail(ProblemKind::NotFound);
    for (const auto& text : *ids) {
        const auto id = base::Uuid::parse(text);
        if (!id) continue;
        forgotten = forget(*id);
        if (!forgotten) return forgotten;
    }
    return forgotten;
}

Result<Erasure::Forgotten> Erasure::forget(const base::Uuid& id) {
    auto known = knownAs(id);
    if (!known) return known;
    auto intended =
        storage_.city->write([&](SQLite::Database& db) -> Result<void> { return intend(db, id.text()); });
    if (!intended) return tl::unexpected(intended.error());
    if (auto finished = finish(id.text()); !finished) return tl::unexpected(finished.error());
    return known;
}

Result<Erasure::Forgotten> Erasure::knownAs(const base::Uuid& id) {
    const auto numbers = idsIn(*storage_.reports, R"sql(SELECT external_number FROM reports WHERE id = ?1
            UNION ALL SELECT '' FROM survey_answers WHERE id = ?1
            UNION ALL SELECT reference FROM appointments WHERE id = ?1
            UNION ALL SELECT '' FROM rights WHERE id = ?1)sql",
                               id.text());
    if (!numbers) return tl::unexpected(numbers.error());
    const auto envelopes = idsIn(*storage_.city, "SELECT id FROM envelopes WHERE id = ?", id.text());
    if (!envelopes) return tl::unexpected(envelopes.error());
    if (numbers->empty() && envelopes->empty()) return base::fail(ProblemKind::NotFound);
    return Forgotten{id.text(), numbers->empty() ? "" : numbers->front()};
}

Result<void> Erasure::finish(const std::string& id) {
    auto closed = storage_.reports->write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "DELETE FROM reports WHERE id = ?", id);
        sql::exec(db, "DELETE FROM survey_answers WHERE id = ?", id);
        sql::exec(db, "DELETE FROM rights WHERE id = ?", id);
        sql::exec(db, "DELETE FROM appointments WHERE id = ?", id);
        return {};
    });
    if (!closed) return closed;
    return drop({id}, true);
}

/// Files first: while their rows are there they are found again.
Result<void> Erasure::drop(const Ids& ids, bool reportsToo) {
    for (const auto& id : ids)
        if (auto dropped = attachments_.drop(id); !dropped) return dropped;
    return storage_.city->write([&](SQLite::Database& db) -> Result<void> {
        for (const auto& id : ids) eraseEnvelope(db, id, reportsToo);
        return {};
    });
}

/// Answered ones.
constexpr Erasure::Aging kOldRights{"SELECT id FROM rights WHERE answered_at < ? LIMIT ?",
                                    "DELETE FROM rights WHERE id = ?"};
/// Those whose day is over, or that were refused.
constexpr Erasure::Aging kOldAppointments{"SELECT id FROM appointments WHERE over_at < ? LIMIT ?",
                                          "DELETE FROM appointments WHERE id = ?"};
/// Which token was spent stays, so that it never counts again.
constexpr Erasure::Aging kOldSurveys{"SELECT id FROM survey_answers WHERE hour < ? LIMIT ?",
                                     "DELETE FROM survey_answers WHERE id = ?"};

Result<Erasure::Swept> Erasure::sweep(const Retention& rules, base::WallTime now) {
    Swept swept;
    const auto add = [](std::size_t& to, const Result<std::size_t>& count) -> Result<void> {
        if (!count) return tl::unexpected(count.error());
        to += *count;
        return {};
    };
    Result<void> done;
    if (rules.deliveredAttachments)
        done = add(swept.attachments, sweepAttachments(now - *rules.deliveredAttachments));
    if (done && rules.closedReports) done = add(swept.reports, sweepReports(now - *rules.closedReports));
    if (done && rules.closedReports)
        done = add(swept.rights, sweepRows(kOldRights, now - *rules.closedReports));
    if (done && rules.closedReports)
        done = add(swept.appointments, sweepRows(kOldAppointments, now - *rules.closedReports));
    const auto& surveys = rules.surveyAnswers ? rules.surveyAnswers : rules.closedReports;
    if (done && surveys) done = add(swept.surveys, sweepRows(kOldSurveys, now - *surveys));
    if (done && rules.envelopes) done = add(swept.envelopes, sweepEnvelopes(now - *rules.envelopes));
    if (!done) return tl::unexpected(done.error());
    return swept;
}

Result<std::size_t> Erasure::sweepAttachments(base::WallTime deliveredBefore) {
    for (std::size_t swept = 0;;) {
        const auto rows = reportsIn(*storage_.reports, R"sql(SELECT sequence, id FROM reports
            WHERE pictures_kept = 1 AND delivered_at < ? LIMIT ?)sql",
                                    sql::millis(deliveredBefore), kErasedAtOnce);
        if (!rows) return tl::unexpected(rows.error());
        if (rows->empty()) return swept;
        for (const auto& row : *rows)
            if (auto dropped = attachments_.drop(row.id); !dropped) return tl::unexpected(dropped.error());
        auto noted = storage_.reports->write([&](SQLite::Database& db) -> Result<void> {
            for (const auto& row : *rows)
                sql::exec(db, "UPDATE reports SET pictures_kept = 0 WHERE sequence = ?", row.sequence);
            return {};
        });
        if (!noted) return tl::unexpected(noted.error());
        swept += rows->size();
    }
}

Result<std::size_t> Erasure::sweepReports(base::WallTime closedBefore) {
    for (std::size_t swept = 0;;) {
        const auto rows =
            reportsIn(*storage_.reports,
                      "SELECT sequence, id FROM reports WHERE stage = 'done' AND closed_at < ? LIMIT ?",
                      sql::millis(closedBefore), kErasedAtOnce);
        if (!rows) return tl::unexpected(rows.error());
        if (rows->empty()) return swept;
        for (const auto& row : *rows)
            if (auto gone = forgetRow(row.sequence, row.id); !gone) return tl::unexpected(gone.error());
        swept += rows->size();
    }
}

Result<std::size_t> Erasure::sweepRows(const Aging& kind, base::WallTime before) {
    for (std::size_t swept = 0;;) {
        const auto ids = idsIn(*storage_.reports, kind.due, sql::millis(before), kErasedAtOnce);
        if (!ids) return tl::unexpected(ids.error());
        if (ids->empty()) return swept;
        for (const auto& id : *ids)
            if (auto gone = forgetRow(kind.rest, id); !gone) return tl::unexpected(gone.error());
        swept += ids->size();
    }
}

Result<void> Erasure::forgetRow(const char* rest, const std::string& id) {
    if (const auto action = base::Uuid::parse(id)) {
        const auto forgotten = forget(*action);
        if (!forgotten && forgotten.error().kind != ProblemKind::NotFound)
            return tl::unexpected(forgotten.error());
    }
    return storage_.reports->write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, rest, id);
        return {};
    });
}

/// What no longer is its id's, in a damaged store, goes as well: else each round would find it again.
Result<void> Erasure::forgetRow(std::int64_t sequence, const std::string& id) {
    if (const auto action = base::Uuid::parse(id)) {
        const auto forgotten = forget(*action);
        if (!forgotten && forgotten.error().kind != ProblemKind::NotFound)
            return tl::unexpected(forgotten.error());
    }
    return storage_.reports->write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "DELETE FROM reports WHERE sequence = ?", sequence);
        return {};
    });
}

Result<bool> Erasure::waits(const std::string& id) {
    const auto ids = idsIn(*storage_.reports, R"sql(SELECT id FROM reports WHERE id = ?1 AND stage = 'waiting'
            UNION ALL SELECT id FROM appointments WHERE id = ?1 AND reference = '' AND over_at IS NULL)sql",
                           id);
    if (!ids) return tl::unexpected(ids.error());
    return !ids->empty();
}

Result<std::size_t> Erasure::sweepEnvelopes(base::WallTime receivedBefore) {
    Aged last;
    for (std::size_t swept = 0;;) {
        const auto aged = agedAfter(*storage_.city, last, receivedBefore);
        if (!aged) return tl::unexpected(aged.error());
        if (aged->empty()) return swept;
        Ids due;
        for (const auto& envelope : *aged) {
            const auto held = envelope.due ? waits(envelope.id) : true;
            if (!held) return tl::unexpected(held.error());
            if (!*held) due.push_back(envelope.id);
        }
        if (auto dropped = drop(due, false); !dropped) return tl::unexpected(dropped.error());
        swept += due.size();
        last = aged->back();
    }
}

Result<std::size_t> Erasure::resume() {
    const auto ids = idsIn(*storage_.city, "SELECT id FROM envelopes WHERE state = 'forgetting'");
    if (!ids) return tl::unexpected(ids.error());
    for (const auto& id : *ids)
        if (auto finished = finish(id); !finished) return tl::unexpected(finished.error());
    return ids->size();
}

/// What is deleted meanwhile owes another one.
Result<void> Erasure::rewriteOwed(SharedDatabase::Wait wait) {
    const auto owed = storage_.reports->read([](SQLite::Database& db) -> Result<std::int64_t> {
        return db.execAndGet("SELECT unscrubbed FROM deletions").getInt64();
    });
    if (!owed) return tl::unexpected(owed.error());
    if (*owed == 0) return {};
    // While somebody reads an older state, a rewritten file would stand in the log as well, each time.
    if (auto empty = storage_.reports->emptyLog(wait); !empty) return empty;
    if (auto rewritten = storage_.reports->rewrite(); !rewritten) return rewritten;
    if (auto empty = storage_.reports->emptyLog(wait); !empty) return empty;
    return storage_.reports->write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "UPDATE deletions SET unscrubbed = max(0, unscrubbed - ?)", *owed);
        return {};
    });
}

Result<void> Erasure::emptyLogs(SharedDatabase::Wait wait) {
    if (auto empty = storage_.reports->emptyLog(wait); !empty) return empty;
    return storage_.city->emptyLog(wait);
}

Result<void> Erasure::scrub() {
    if (auto rewritten = rewriteOwed(SharedDatabase::Wait::Yes); !rewritten) return rewritten;
    return emptyLogs(SharedDatabase::Wait::Yes);
}

Result<void> Erasure::settle() {
    if (auto rewritten = rewriteOwed(SharedDatabase::Wait::No); !rewritten) return rewritten;
    return emptyLogs(SharedDatabase::Wait::No);
}

}  // namespace tram::gateway
