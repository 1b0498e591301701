#include "gateway/alerts/AlertStore.h"

#include <algorithm>
#include <array>

#include "base/VietnameseText.h"
#include "cap/Shapes.h"
#include "crypto/Bytes.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {
namespace {

using base::fail;
using base::ProblemKind;
using base::Result;
using cap::MsgType;

constexpr std::int64_t kMostMessages = 20'000;
constexpr std::array<std::string_view, 4> kStates{"in_force", "waiting", "rejected", "retracted"};

AlertState stateOf(const std::string& text) {
    const auto found = std::ranges::find(kStates, text);
    return found == kStates.end() ? AlertState::Rejected : static_cast<AlertState>(found - kStates.begin());
}

std::string idOf(const std::string& document) {
    return crypto::sha256Hex(crypto::view(document)).substr(0, 16);
}

bool endsOthers(const cap::Alert& alert) {
    return alert.msgType == MsgType::Update || alert.msgType == MsgType::Cancel;
}

bool isGrave(const cap::Alert& alert) {
    const bool shown = alert.scope == cap::Scope::Public &&
                       (alert.status == cap::Status::Actual || alert.status == cap::Status::Exercise);
    return shown && std::ranges::any_of(alert.infos, [](const cap::Info& info) {
               return info.severity == cap::Severity::Extreme || info.severity == cap::Severity::Severe;
           });
}

/// Whether it names a message that came another way, or from another sender.
bool reachesOver(SQLite::Database& db, const cap::Alert& alert, const std::string& source) {
    if (!endsOthers(alert)) return false;
    return std::ranges::any_of(alert.references, [&](const cap::Reference& other) {
        auto row =
            sql::query(db, "SELECT source FROM alerts WHERE sender = ? AND identifier = ? AND sent = ?",
                       other.sender, other.identifier, sql::millis(other.sent));
        return row.executeStep() &&
               (row.getColumn(0).getString() != source || other.sender != alert.id.sender);
    });
}

void touch(SQLite::Database& db) {
    sql::exec(db, "UPDATE alert_list SET changes = changes + 1");
}

std::int64_t lastMoment(const cap::Alert& alert) {
    auto last = alert.id.sent;
    for (const auto& info : alert.infos)
        last = std::max({last, info.expires.value_or(last), info.onset.value_or(last)});
    return sql::millis(last);
}

/// Of a message known by its sender, identifier and time; the text may be another.
std::optional<AlertStore::Taken> known(SQLite::Database& db, const cap::Alert& alert) {
    auto row = sql::query(db, "SELECT id, state FROM alerts WHERE sender = ? AND identifier = ? AND sent = ?",
                          alert.id.sender, alert.id.identifier, sql::millis(alert.id.sent));
    if (!row.executeStep()) return {};
    return AlertStore::Taken{row.getColumn(0).getString(), stateOf(row.getColumn(1).getString()), false};
}

void insert(SQLite::Database& db, const AlertStore::Incoming& incoming, const cap::Alert& alert,
            const AlertStore::Taken& taken, base::WallTime now) {
    sql::exec(db,
              "INSERT INTO alerts (id, sender, identifier, sent, last_moment, ends_others, source, given_by, "
              "trusted,"
              " document, received_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              taken.id, alert.id.sender, alert.id.identifier, sql::millis(alert.id.sent), lastMoment(alert),
              endsOthers(alert) ? 1 : 0, incoming.source, incoming.givenBy, incoming.trusted ? 1 : 0,
              incoming.document, sql::millis(now), std::string(name(taken.state)));
    touch(db);
}

/// As typed by people: an accent or a capital more makes no second person.
bool isSamePerson(const std::string& one, const std::string& other) {
    return base::fold(one) == base::fold(other);
}

}  // namespace

std::string_view name(AlertState state) {
    return kStates[static_cast<std::size_t>(state)];
}

Result<AlertStore::Taken> AlertStore::take(const Incoming& incoming, base::WallTime now) {
    const auto alert = cap::Alert::parse(incoming.document);
    if (!alert) {
        if (auto kept = remember(incoming, alert.error(), now); !kept) return tl::unexpected(kept.error());
        return tl::unexpected(alert.error());
    }
    return city_.write([&](SQLite::Database& db) -> Result<Taken> {
        Taken taken{idOf(incoming.document), AlertState::InForce, true};
        if (const auto before = known(db, *alert)) {
            if (before->id != taken.id) return fail(ProblemKind::Conflict, {{"detail", before->id}});
            return *before;
        }
        if (db.execAndGet("SELECT count(*) FROM alerts").getInt64() >= kMostMessages)
            return fail(ProblemKind::TooLarge, {{"detail", "messages"}});
        if (!incoming.trusted && (isGrave(*alert) || reachesOver(db, *alert, incoming.source)))
            taken.state = AlertState::Waiting;
        insert(db, incoming, *alert, taken, now);
        return taken;
    });
}

Result<void> AlertStore::remember(const Incoming& incoming, const base::Problem& problem,
                                  base::WallTime now) {
    return city_.write([&](SQLite::Database& db) -> Result<void> {
        const bool large = problem.kind == ProblemKind::TooLarge;
        sql::exec(db, "INSERT OR REPLACE INTO alerts_refused VALUES (?, ?, ?, ?, ?)", idOf(incoming.document),
                  incoming.source, std::string(problem.fact("key")),
                  large ? "too_large" : std::string(problem.fact("expected")), sql::millis(now));
        sql::exec(db,
                  "DELETE FROM alerts_refused WHERE id NOT IN (SELECT id FROM alerts_refused ORDER BY at DESC"
                  " LIMIT 50)");
        return {};
    });
}

Result<std::vector<AlertStore::Message>> AlertStore::list() const {
    return city_.read([](SQLite::Database& db) -> Result<std::vector<Message>> {
        std::vector<Message> all;
        auto row =
            sql::query(db,
                       "SELECT id, source, given_by, decided_by, received_at, state, trusted, document FROM"
                       " alerts ORDER BY sequence DESC");
        while (row.executeStep()) {
            auto alert = cap::Alert::parse(row.getColumn(7).getString());
            if (!alert) continue;  // of a later program, or a damaged row: not to be shown
            all.push_back({row.getColumn(0).getString(), row.getColumn(1).getString(),
                           row.getColumn(2).getString(), row.getColumn(3).getString(),
                           sql::wall(row.getColumn(4).getInt64()), stateOf(row.getColumn(5).getString()),
                           row.getColumn(6).getInt() != 0, std::move(*alert)});
        }
        return all;
    });
}

Result<std::int64_t> AlertStore::waiting() const {
    return city_.read([](SQLite::Database& db) -> Result<std::int64_t> {
        return db.execAndGet("SELECT count(*) FROM alerts WHERE state = 'waiting'").getInt64();
    });
}

Result<void> AlertStore::decide(const std::string& id, const std::string& by, base::WallTime now,
                                AlertState from, AlertState to) {
    return city_.write([&](SQLite::Database& db) -> Result<void> {
        auto row = sql::query(db, "SELECT state, given_by FROM alerts WHERE id = ?", id);
        if (!row.executeStep()) return fail(ProblemKind::NotFound, {{"key", "id"}});
        if (stateOf(row.getColumn(0).getString()) != from)
            return fail(ProblemKind::Conflict, {{"detail", "state"}, {"expected", std::string(name(from))}});
        if (to == AlertState::InForce && isSamePerson(row.getColumn(1).getString(), by))
            return fail(ProblemKind::Conflict,
                        {{"detail", "same_person"}, {"expected", "somebody else than who gave it"}});
        sql::exec(db,
                  "UPDATE alerts SET state = ?, trusted = max(trusted, ?), decided_by = ?, decided_at = ? "
                  "WHERE id = ?",
                  std::string(name(to)), to == AlertState::InForce ? 1 : 0, by, sql::millis(now), id);
        touch(db);
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

Result<void> AlertStore::forget(base::WallTime before) {
    return city_.write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "DELETE FROM alerts WHERE ends_others = 0 AND last_moment < ? AND received_at < ?",
                  sql::millis(before), sql::millis(before));
        return {};
    });
}

}  // namespace tram::gateway
