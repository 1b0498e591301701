#include "gateway/account/ResidentStore.h"

#include "gateway/storage/Sql.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;
using wire::MyServices;

namespace {

/// To the day: more of when somebody logged in nobody needs.
std::int64_t dayOf(base::WallTime time) {
    constexpr std::int64_t kDay = 24LL * 3600 * 1000;
    return sql::millis(time) / kDay * kDay;
}

Result<MyServices> kept(SQLite::Database& db, const std::string& subject) {
    auto row = sql::query(db, "SELECT document FROM my_services WHERE subject = ?", subject);
    if (!row.executeStep()) return MyServices{};
    auto mine = MyServices::parse(row.getColumn(0).getString());
    if (!mine) return base::fail(ProblemKind::StoreDamaged);
    return mine;
}

}  // namespace

Result<MyServices> ResidentStore::services(const std::string& subject, base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<MyServices> {
        sql::exec(db, "UPDATE my_services SET used_on = ?1 WHERE subject = ?2 AND used_on < ?1", dayOf(now),
                  subject);
        return kept(db, subject);
    });
}

Result<MyServices> ResidentStore::keep(const std::string& subject, const MyServices& chosen,
                                       base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<MyServices> {
        auto old = kept(db, subject);
        if (!old) return old;
        // Its answer was lost on the way.
        if (old->revision == chosen.revision + 1 && old->saysTheSame(chosen)) return old;
        if (old->revision != chosen.revision || old->version > chosen.version)
            return base::fail(ProblemKind::Conflict);
        auto next = chosen;
        ++next.revision;
        sql::exec(db, R"sql(INSERT INTO my_services (subject, document, used_on) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET document = excluded.document, used_on = excluded.used_on)sql",
                  subject, next.toJson(), dayOf(now));
        return next;
    });
}

Result<ResidentStore::Seen> ResidentStore::seen(const std::string& subject) {
    return db_.read([&](SQLite::Database& db) -> Result<Seen> {
        Seen seen;
        auto last = sql::query(db, "SELECT at FROM notices_seen WHERE subject = ?", subject);
        if (last.executeStep()) seen.since = base::toRfc3339(sql::wall(last.getColumn(0).getInt64()));
        auto rows = sql::query(db, "SELECT item, state FROM seen_items WHERE subject = ?", subject);
        while (rows.executeStep()) seen.states[rows.getColumn(0).getString()] = rows.getColumn(1).getString();
        return seen;
    });
}

Result<void> ResidentStore::acknowledge(const std::string& subject, const Items& items, base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, R"sql(INSERT INTO notices_seen (subject, at) VALUES (?, ?)
            ON CONFLICT DO UPDATE SET at = excluded.at)sql",
                  subject, sql::millis(now));
        for (const auto& [item, state] : items)
            sql::exec(db, R"sql(INSERT INTO seen_items (subject, item, state, seen_on) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET state = excluded.state, seen_on = excluded.seen_on)sql",
                      subject, item, state, dayOf(now));
        return {};
    });
}

Result<void> ResidentStore::forget(const std::string& subject) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "DELETE FROM my_services WHERE subject = ?", subject);
        sql::exec(db, "DELETE FROM seen_items WHERE subject = ?", subject);
        sql::exec(db, "DELETE FROM notices_seen WHERE subject = ?", subject);
        return {};
    });
}

Result<std::size_t> ResidentStore::sweep(base::WallTime unusedSince) {
    return db_.write([&](SQLite::Database& db) -> Result<std::size_t> {
        const auto gone = sql::exec(db, "DELETE FROM my_services WHERE used_on < ?", dayOf(unusedSince));
        const auto unread = sql::exec(db, "DELETE FROM notices_seen WHERE at < ?", sql::millis(unusedSince));
        sql::exec(db, "DELETE FROM seen_items WHERE subject NOT IN (SELECT subject FROM notices_seen)");
        return static_cast<std::size_t>(gone + unread);
    });
}

}  // namespace tram::gateway
