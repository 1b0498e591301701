#include "gateway/turn/Appointments.h"

#include "calendar/WorkingDays.h"
#include "gateway/storage/Sql.h"
#include "gateway/turn/TurnHall.h"

namespace tram::gateway {

using base::Result;
using wire::AppointmentState;

namespace {

constexpr base::Millis kFarAhead{std::chrono::hours(1)};

/// When nobody needs to know of it any more: the end of the day that was confirmed or wished, or now.
base::WallTime overAt(const std::string& day, base::WallTime now) {
    const auto when = calendar::dayFrom(day);
    return isDayToCome(day, now)
               ? std::max<base::WallTime>(now, base::WallTime(*when) + std::chrono::hours(17))
               : now;
}

bool isTooMuch(SQLite::Database& db, const Appointments::Arrived& one) {
    auto kiosk = sql::query(db, "SELECT count(*) FROM appointments WHERE kiosk = ? AND received_at > ?",
                            one.kiosk, sql::millis(one.receivedAt - std::chrono::hours(24)));
    kiosk.executeStep();
    if (kiosk.getColumn(0).getInt() >= Appointments::kMostOfKioskInDay) return true;
    auto phone = sql::query(
        db, "SELECT count(*) FROM appointments WHERE phone = ? AND state <> 'refused' AND withdrawn = 0",
        one.phone);
    phone.executeStep();
    return phone.getColumn(0).getInt() >= Appointments::kMostOfPhone;
}

AppointmentState stateIn(SQLite::Statement& row, int column, int withdrawn) {
    if (row.getColumn(withdrawn).getInt() != 0) return AppointmentState::Withdrawn;
    return wire::appointmentStateFrom(row.getColumn(column).getString()).value_or(AppointmentState::Received);
}

}  // namespace

Result<std::vector<Appointments::Added>> Appointments::add(const std::vector<Arrived>& all) {
    return db_.write([&](SQLite::Database& db) -> Result<std::vector<Added>> {
        std::vector<Added> added;
        for (const auto& one : all) {
            const auto& request = one.request;
            auto known = sql::query(db, "SELECT 1 FROM appointments WHERE id = ?", one.id.text());
            if (known.executeStep()) {
                added.push_back(Added::Kept);
                continue;
            }
            const bool refused = !isDayToCome(request.day, one.receivedAt) || isTooMuch(db, one);
            sql::exec(db, R"sql(INSERT OR IGNORE INTO appointments (id, code, kiosk, office, desk, procedure,
                    procedure_name, day, half, language, received_at, changed_at, state, due_at, phone, over_at,
                    subject, consent_version, consent_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11,
                    CASE ?13 WHEN 1 THEN 'refused' ELSE 'received' END, 0, ?12, CASE ?13 WHEN 1 THEN ?11 END,
                    ?14, ?15, ?16))sql",
                      one.id.text(), request.trackingCode, one.kiosk, request.office, request.desk,
                      request.procedure, request.procedureName, request.day,
                      std::string(wire::name(request.half)), request.language, sql::millis(one.receivedAt),
                      one.phone, refused ? 1 : 0, one.subject, request.consentVersion, request.consentAt);
            auto row = sql::query(db, "SELECT 1 FROM appointments WHERE id = ?", one.id.text());
            added.push_back(row.executeStep() ? Added::Kept : Added::CodeTaken);
        }
        return added;
    });
}

Result<std::optional<wire::AppointmentStatus>> Appointments::status(const std::string& code,
                                                                    const std::string& source,
                                                                    base::WallTime now) {
    using Found = std::optional<wire::AppointmentStatus>;
    return db_.read([&](SQLite::Database& db) -> Result<Found> {
        auto row = sql::query(db, R"sql(SELECT state, office, procedure_name, day, half, confirmed_day,
            confirmed_time, confirmed_desk, reason, withdrawn FROM appointments WHERE code = ?)sql",
                              code);
        if (!row.executeStep()) return Found();
        const auto text = [&](int column) { return row.getColumn(column).getString(); };
        wire::AppointmentStatus status;
        status.trackingCode = code;
        status.state = stateIn(row, 0, 9);
        status.office = text(1);
        status.procedureName = text(2);
        status.day = text(3);
        status.half = wire::halfDayFrom(text(4)).value_or(wire::HalfDay::Morning);
        status.confirmedDay = text(5);
        status.confirmedTime = text(6);
        status.desk = text(7);
        status.reason = text(8);
        status.source = source;
        status.asOf = base::toRfc3339(now);
        return Found(std::move(status));
    });
}

Result<std::vector<wire::MyAppointment>> Appointments::ofSubject(const std::string& subject,
                                                                 std::size_t limit) {
    using All = std::vector<wire::MyAppointment>;
    if (subject.empty()) return All();  // that is everybody who was not logged in
    return db_.read([&](SQLite::Database& db) -> Result<All> {
        All all;
        auto row = sql::query(db, R"sql(SELECT code, office, procedure_name, state,
            CASE confirmed_day WHEN '' THEN day ELSE confirmed_day END, half, confirmed_time, withdrawn
            FROM appointments WHERE subject = ? AND subject <> '' ORDER BY received_at DESC, id LIMIT ?)sql",
                              subject, static_cast<std::int64_t>(limit));
        const auto text = [&](int column) { return row.getColumn(column).getString(); };
        while (row.executeStep())
            all.push_back({text(0), text(1), text(2), stateIn(row, 3, 7), text(4),
                           wire::halfDayFrom(text(5)).value_or(wire::HalfDay::Morning), text(6)});
        return all;
    });
}

Result<std::vector<Appointments::Due>> Appointments::due(base::WallTime now, std::size_t limit) {
    return db_.read([&](SQLite::Database& db) -> Result<std::vector<Due>> {
        std::vector<Due> all;
        auto row = sql::query(db, R"sql(SELECT id, code, office, desk, procedure, procedure_name, day, half,
            language, reference, tries, withdrawn FROM appointments
            WHERE over_at IS NULL AND due_at <= ? ORDER BY due_at LIMIT ?)sql",
                              sql::millis(now), static_cast<std::int64_t>(limit));
        const auto text = [&](int column) { return row.getColumn(column).getString(); };
        while (row.executeStep()) {
            auto id = base::Uuid::parse(text(0));
            if (!id) continue;
            wire::AppointmentRequest request;
            request.trackingCode = text(1);
            request.office = text(2);
            request.desk = text(3);
            request.procedure = text(4);
            request.procedureName = text(5);
            request.day = text(6);
            request.half = wire::halfDayFrom(text(7)).value_or(wire::HalfDay::Morning);
            request.language = text(8);
            all.push_back({std::move(*id), std::move(request), text(9), row.getColumn(10).getInt(),
                           row.getColumn(11).getInt() != 0});
        }
        return all;
    });
}

Result<void> Appointments::asked(const base::Uuid& id, const std::string& reference, base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db,
                  R"sql(UPDATE appointments SET reference = ?1, state = 'asked', changed_at = ?2, tries = 0,
            due_at = ?2, over_at = CASE withdrawn WHEN 0 THEN over_at END
            WHERE id = ?3 AND reference = '')sql",
                  reference, sql::millis(now), id.text());
        return {};
    });
}

Result<void> Appointments::stands(const base::Uuid& id, const AppointmentStanding& standing,
                                  base::WallTime now, base::WallTime again) {
    const bool confirmed = standing.state == AppointmentState::Confirmed;
    const bool over = confirmed || standing.state == AppointmentState::Refused;
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        if (!over) {
            sql::exec(db, "UPDATE appointments SET due_at = ?, tries = 0 WHERE id = ? AND withdrawn = 0",
                      sql::millis(again), id.text());
            return {};
        }
        sql::exec(db, R"sql(UPDATE appointments SET state = ?1, confirmed_day = ?2, confirmed_time = ?3,
            confirmed_desk = ?4, reason = ?5, changed_at = ?6, over_at = ?7
            WHERE id = ?8 AND withdrawn = 0)sql",
                  std::string(wire::name(standing.state)), confirmed ? standing.day : "",
                  confirmed && wire::isClock(standing.time) ? standing.time : "",
                  confirmed ? tidyLine(standing.desk) : "", confirmed ? "" : tidyLine(standing.reason),
                  sql::millis(now), sql::millis(overAt(standing.day, now)), id.text());
        return {};
    });
}

Result<void> Appointments::withdrawn(const base::Uuid& id, base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "UPDATE appointments SET over_at = ?1, changed_at = ?1 WHERE id = ?2 AND withdrawn = 1",
                  sql::millis(now), id.text());
        return {};
    });
}

Result<void> Appointments::later(const base::Uuid& id, base::WallTime next) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "UPDATE appointments SET due_at = ?, tries = tries + 1 WHERE id = ?", sql::millis(next),
                  id.text());
        return {};
    });
}

Result<bool> Appointments::mayGoOn(const base::Uuid& id) {
    return db_.read([&](SQLite::Database& db) -> Result<bool> {
        return sql::query(db, "SELECT 1 FROM appointments WHERE id = ? AND over_at IS NULL", id.text())
            .executeStep();
    });
}

Result<std::size_t> Appointments::endPast(base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<std::size_t> {
        return static_cast<std::size_t>(
            sql::exec(db, R"sql(UPDATE appointments SET state = 'refused', changed_at = ?1,
            over_at = ?1 WHERE over_at IS NULL AND day < ?2)sql",
                      sql::millis(now), calendar::toText(calendar::dayInCity(now))));
    });
}

Result<void> Appointments::refuse(const base::Uuid& id, base::WallTime now) {
    return stands(id, {AppointmentState::Refused, "", "", "", ""}, now, now);
}

Result<std::size_t> Appointments::recall(base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<std::size_t> {
        return static_cast<std::size_t>(
            sql::exec(db, "UPDATE appointments SET due_at = ? WHERE over_at IS NULL AND due_at > ?",
                      sql::millis(now), sql::millis(now + kFarAhead)));
    });
}

}  // namespace tram::gateway
