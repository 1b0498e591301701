#include "gateway/alerts/AlertStore.h"

#include <algorithm>

#include "base/VietnameseText.h"
#include "crypto/Bytes.h"
#include "gateway/alerts/AlertRows.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {
namespace {

using base::fail;
using base::ProblemKind;
using base::Result;

constexpr const char* kColumns =
    "SELECT id, source, given_by, decided_by, received_at, state, trusted, over_since FROM alerts ";

std::string idOf(const std::string& document) {
    return crypto::sha256Hex(crypto::view(document)).substr(0, 16);
}

bool isGrave(const cap::Alert& alert) {
    const bool shown = alert.scope == cap::Scope::Public &&
                       (alert.status == cap::Status::Actual || alert.status == cap::Status::Exercise);
    return shown && std::ranges::any_of(alert.infos, [](const cap::Info& info) {
               return info.severity == cap::Severity::Extreme || info.severity == cap::Severity::Severe;
           });
}

/// As typed by people: an accent, a capital or a blank more makes no second person.
bool isSamePerson(const std::string& one, const std::string& other) {
    const auto folded = [](const std::string& name) {
        auto text = base::fold(name);
        std::erase(text, ' ');
        return text;
    };
    return folded(one) == folded(other);
}

AlertStore::Row rowOf(SQLite::Statement& row) {
    AlertStore::Row read{
        row.getColumn(0).getString(),           row.getColumn(1).getString(),
        row.getColumn(2).getString(),           row.getColumn(3).getString(),
        sql::wall(row.getColumn(4).getInt64()), alert_rows::stateOf(row.getColumn(5).getString()),
        row.getColumn(6).getInt() != 0,         {}};
    if (!row.getColumn(7).isNull()) read.overSince = sql::wall(row.getColumn(7).getInt64());
    return read;
}

/// Which rule stands in the list of what was refused.
std::string ruleOf(const base::Problem& problem) {
    switch (problem.kind) {
        case ProblemKind::TooLarge:
            return "too_large";
        case ProblemKind::OutOfRange:
            return "in_the_future";
        case ProblemKind::TooManyRequests:
            return "share_full";
        case ProblemKind::Conflict:
            return "name_taken";
        default:
            return std::string(problem.fact("expected"));
    }
}

/// As sent, if there is nothing against it: beside what claims the same name, and what waits.
struct Verdict {
    AlertState state = AlertState::InForce;
    std::vector<std::string> replaced;
};
Result<Verdict> verdictOn(const AlertStore::Incoming& incoming, const std::vector<alert_rows::Claim>& claims,
                          bool waits) {
    Verdict verdict{waits && !incoming.trusted ? AlertState::Waiting : AlertState::InForce, {}};
    if (claims.empty()) return verdict;
    if (!incoming.trusted) return fail(ProblemKind::Conflict, {{"key", claims[0].id}});
    const auto mayGo = [](const auto& claim) { return !claim.trusted && !claim.decided; };
    if (!std::ranges::all_of(claims, mayGo)) return Verdict{AlertState::Waiting, {}};
    for (const auto& claim : claims) verdict.replaced.push_back(claim.id);
    return verdict;
}

/// Which of a folder's files it is, as far as a list has room.
std::string placeOf(const AlertStore::Incoming& incoming) {
    if (incoming.file.empty()) return incoming.source;
    return incoming.source + '/' + base::firstCharacters(base::clean(incoming.file), 80);
}

}  // namespace

std::string AlertStore::giverOf(unsigned owner, unsigned gateway) {
    return owner == gateway ? "" : "uid:" + std::to_string(owner);
}

bool AlertStore::isGiver(const Row& row, const std::set<unsigned>& users) {
    return std::ranges::any_of(users,
                               [&](unsigned user) { return row.givenBy == "uid:" + std::to_string(user); });
}

Result<void> AlertStore::tellUnreadable(const std::string& source, const std::string& file,
                                        base::WallTime now) {
    const Incoming unread{"unreadable: " + file, source, "", false, file};  // no document: its own hash
    return remember(unread, "", "unreadable", now);
}

bool AlertStore::isSettled(const base::Problem& refusal) {
    return refusal.kind == ProblemKind::Malformed || refusal.kind == ProblemKind::TooLarge ||
           refusal.kind == ProblemKind::Conflict || refusal.kind == ProblemKind::Expired;
}

Result<AlertStore::Taken> AlertStore::take(const Incoming& incoming, base::WallTime now) {
    const auto alert = cap::Alert::parse(incoming.document);
    if (!alert) return refuse(incoming, alert.error(), now);
    if (alert->id.sent > now + kAhead)
        return refuse(incoming,
                      {ProblemKind::OutOfRange, {{"key", "sent"}, {"expected", "not in the future"}}}, now);
    if (alert->id.sent < now - kOldest)
        return fail(ProblemKind::Expired, {{"key", "sent"}, {"detail", "too_old"}});
    auto taken =
        city_.write([&](SQLite::Database& db) -> Result<Taken> { return keep(db, incoming, *alert, now); });
    const bool ours = !taken && (taken.error().kind == ProblemKind::Conflict ||
                                 taken.error().kind == ProblemKind::TooManyRequests);
    return ours ? refuse(incoming, taken.error(), now) : taken;
}

Result<AlertStore::Taken> AlertStore::keep(SQLite::Database& db, const Incoming& incoming,
                                           const cap::Alert& alert, base::WallTime now) {
    Taken taken{idOf(incoming.document), AlertState::InForce, true};
    if (alert_rows::isForgotten(db, alert.id)) return fail(ProblemKind::Expired, {{"detail", "forgotten"}});
    const auto claims = alert_rows::claims(db, alert.id);
    const auto same = std::ranges::find(claims, taken.id, &alert_rows::Claim::id);
    if (same != claims.end() && (!incoming.trusted || same->trusted || same->decided))
        return Taken{same->id, same->state, false};
    const bool waits = isGrave(alert) || alert_rows::reachesOver(db, alert, incoming.source);
    const auto verdict = verdictOn(incoming, claims, waits);
    if (!verdict) return tl::unexpected(verdict.error());
    if (alert_rows::isFull(db, incoming, share_))
        return fail(ProblemKind::TooManyRequests, {{"key", incoming.source}, {"detail", "share"}});
    for (const auto& id : verdict->replaced) alert_rows::replace(db, id, taken.id, now);
    taken.state = verdict->state;
    alert_rows::insert(db, incoming, alert, taken, now);
    return taken;
}

/// What could not even be remembered is not settled: the store's own trouble is what is told.
tl::unexpected<base::Problem> AlertStore::refuse(const Incoming& incoming, base::Problem problem,
                                                 base::WallTime now) {
    auto kept = remember(incoming, std::string(problem.fact("key")), ruleOf(problem), now);
    return tl::unexpected<base::Problem>(kept ? std::move(problem) : std::move(kept.error()));
}

/// What is there already is not written again: it may come every few seconds.
Result<void> AlertStore::remember(const Incoming& incoming, const std::string& where, const std::string& rule,
                                  base::WallTime now) {
    return city_.write([&](SQLite::Database& db) -> Result<void> {
        const auto id = idOf(incoming.document);
        if (sql::query(db, "SELECT 1 FROM alerts_refused WHERE id = ? AND rule = ?", id, rule).executeStep())
            return {};
        sql::exec(db, "INSERT OR REPLACE INTO alerts_refused VALUES (?, ?, ?, ?, ?)", id, placeOf(incoming),
                  where, rule, sql::millis(now));
        sql::exec(db,
                  "DELETE FROM alerts_refused WHERE id NOT IN (SELECT id FROM alerts_refused ORDER BY at DESC"
                  " LIMIT 50)");
        return {};
    });
}

Result<std::vector<AlertStore::Row>> AlertStore::rows() const {
    return city_.read([](SQLite::Database& db) -> Result<std::vector<Row>> {
        std::vector<Row> all;
        auto row = sql::query(db, (std::string(kColumns) + "ORDER BY sequence DESC").c_str());
        while (row.executeStep()) all.push_back(rowOf(row));
        return all;
    });
}

Result<AlertStore::Message> AlertStore::message(Row row) const {
    const auto document = city_.read([&](SQLite::Database& db) -> Result<std::string> {
        auto found = sql::query(db, "SELECT document FROM alerts WHERE id = ?", row.id);
        if (!found.executeStep()) return fail(ProblemKind::NotFound, {{"key", "id"}});
        return found.getColumn(0).getString();
    });
    if (!document) return tl::unexpected(document.error());
    auto alert = cap::Alert::parse(*document);
    if (!alert) return tl::unexpected(alert.error());
    return Message{std::move(row), std::make_shared<const cap::Alert>(std::move(*alert))};
}

Result<AlertStore::Message> AlertStore::message(const std::string& id) const {
    auto row = city_.read([&](SQLite::Database& db) -> Result<Row> {
        auto found = sql::query(db, (std::string(kColumns) + "WHERE id = ?").c_str(), id);
        if (!found.executeStep()) return fail(ProblemKind::NotFound, {{"key", "id"}});
        return rowOf(found);
    });
    if (!row) return tl::unexpected(row.error());
    return message(std::move(*row));
}

/// One of a later program, or a damaged row, is not to be shown.
Result<std::vector<AlertStore::Message>> AlertStore::list() const {
    auto rows = this->rows();
    if (!rows) return tl::unexpected(rows.error());
    std::vector<Message> all;
    for (auto& row : *rows)
        if (auto read = message(std::move(row))) all.push_back(std::move(*read));
    return all;
}

Result<std::int64_t> AlertStore::waiting() const {
    return city_.read([](SQLite::Database& db) -> Result<std::int64_t> {
        return db.execAndGet("SELECT count(*) FROM alerts WHERE state = 'waiting' AND over_since IS NULL")
            .getInt64();
    });
}

Result<void> AlertStore::decide(const std::string& id, const std::string& by, base::WallTime now,
                                AlertState from, AlertState to) {
    return city_.write([&](SQLite::Database& db) -> Result<void> {
        auto row = sql::query(db, "SELECT state, given_by FROM alerts WHERE id = ?", id);
        if (!row.executeStep()) return fail(ProblemKind::NotFound, {{"key", "id"}});
        if (alert_rows::stateOf(row.getColumn(0).getString()) != from)
            return fail(ProblemKind::Conflict, {{"detail", "state"}, {"expected", std::string(name(from))}});
        if (to == AlertState::InForce && isSamePerson(row.getColumn(1).getString(), by))
            return fail(ProblemKind::Conflict,
                        {{"detail", "same_person"}, {"expected", "somebody else than who gave it"}});
        if (to == AlertState::InForce)
            sql::exec(db,
                      "UPDATE alerts SET state = 'retracted', decided_by = ?, decided_at = ? WHERE state ="
                      " 'in_force' AND (sender, identifier, sent) ="
                      " (SELECT sender, identifier, sent FROM alerts WHERE id = ?)",
                      by, sql::millis(now), id);
        sql::exec(db,
                  "UPDATE alerts SET state = ?, trusted = max(trusted, ?), decided_by = ?, decided_at = ? "
                  "WHERE id = ?",
                  std::string(name(to)), to == AlertState::InForce ? 1 : 0, by, sql::millis(now), id);
        alert_rows::touch(db);
        return {};
    });
}

Result<void> AlertStore::approve(const std::string& id, const std::string& by, base::WallTime now) {
    return decide(id, by, now, AlertState::Waiting, AlertState::InForce);
}
Result<void> AlertStore::reject(const std::string& id, const std::string& by, base::WallTime now) {
    return decide(id, by, now, AlertState::Waiting, AlertState::Rejected);
}
Result<void> AlertStore::retract(const std::string& id, const std::string& by, base::WallTime now) {
    return decide(id, by, now, AlertState::InForce, AlertState::Retracted);
}

Result<std::vector<AlertStore::Refused>> AlertStore::refused() const {
    return city_.read([](SQLite::Database& db) -> Result<std::vector<Refused>> {
        std::vector<Refused> all;
        auto row = sql::query(db, "SELECT source, place, rule, at FROM alerts_refused ORDER BY at DESC, id");
        while (row.executeStep())
            all.push_back({row.getColumn(0).getString(), row.getColumn(1).getString(),
                           row.getColumn(2).getString(), sql::wall(row.getColumn(3).getInt64())});
        return all;
    });
}

Result<std::int64_t> AlertStore::changes() const {
    return city_.read([](SQLite::Database& db) -> Result<std::int64_t> {
        return db.execAndGet("SELECT changes FROM alert_list").getInt64();
    });
}

Result<std::string> AlertStore::published() const {
    return city_.read([](SQLite::Database& db) -> Result<std::string> {
        return db.execAndGet("SELECT document FROM alert_list").getString();
    });
}

Result<void> AlertStore::publish(const std::string& document) {
    return city_.write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "UPDATE alert_list SET document = ?", document);
        return {};
    });
}

Result<void> AlertStore::markOver(const std::set<std::string>& ids, base::WallTime now) {
    const auto rows = this->rows();
    if (!rows) return tl::unexpected(rows.error());
    const auto changed = [&](const Row& row) { return ids.contains(row.id) != row.overSince.has_value(); };
    if (std::ranges::none_of(*rows, changed)) return {};
    return city_.write([&](SQLite::Database& db) -> Result<void> {
        for (const auto& row : *rows)
            if (changed(row) && row.overSince)
                sql::exec(db, "UPDATE alerts SET over_since = NULL WHERE id = ?", row.id);
            else if (changed(row))
                sql::exec(db, "UPDATE alerts SET over_since = ? WHERE id = ?", sql::millis(now), row.id);
        return {};
    });
}

Result<void> AlertStore::forget(const std::vector<std::string>& ids, base::WallTime now) {
    return city_.write([&](SQLite::Database& db) -> Result<void> {
        for (const auto& id : ids) alert_rows::forget(db, id);
        // A day more than is refused by its age: no clock that went back lets one in.
        sql::exec(db, "DELETE FROM alerts_forgotten WHERE sent < ?",
                  sql::millis(now - kOldest - std::chrono::days(1)));
        return {};
    });
}

Result<std::set<std::pair<std::string, bool>>> AlertStore::crowded() const {
    return city_.read([&](SQLite::Database& db) -> Result<std::set<std::pair<std::string, bool>>> {
        std::set<std::pair<std::string, bool>> all;
        auto row =
            sql::query(db,
                       "SELECT source, trusted FROM alerts GROUP BY source, trusted HAVING count(*) > ? OR"
                       " sum(bytes) > ?",
                       share_.messages / 2, share_.bytes / 2);
        while (row.executeStep()) all.insert({row.getColumn(0).getString(), row.getColumn(1).getInt() != 0});
        return all;
    });
}

}  // namespace tram::gateway
