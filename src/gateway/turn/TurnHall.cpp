#include "gateway/turn/TurnHall.h"

#include "base/Log.h"
#include "calendar/WorkingDays.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;

namespace {

constexpr std::size_t kMostSeen = 1000;
constexpr std::chrono::hours kHour{1};

tl::unexpected<base::Problem> silent() {
    return base::fail(ProblemKind::ServerFault, {{"detail", "source"}});
}
tl::unexpected<base::Problem> silent(const base::Problem& problem) {
    base::log::warning("turns.source_failed", {{"kind", problem.kind}});
    return silent();
}

std::string dayOf(base::WallTime at) {
    return calendar::toText(calendar::dayInCity(at));
}

/// A ticket of another day is over, whatever the source says.
bool isOfToday(const wire::TurnTicket& ticket, base::WallTime now) {
    base::WallTime taken{};
    return base::fromRfc3339(ticket.takenAt, taken) && dayOf(taken) == dayOf(now);
}

}  // namespace

Result<std::optional<wire::TurnBoard>> TurnHall::board(const std::string& office, base::WallTime now) {
    if (!parts_.source) return std::nullopt;
    {
        const std::lock_guard lock(mutex_);
        const auto found = seen_.find(office);
        if (found != seen_.end() && found->second.at <= now && now - found->second.at < kFresh)
            return found->second.board;
    }
    const FewAtOnce::Place place(few_);
    if (!place.taken()) return silent();
    auto asked = parts_.source->board(office);
    if (!asked) return silent(asked.error());
    if (*asked) {
        (*asked)->office = office;
        (*asked)->source = parts_.source->sourceName();
        makeTidy(**asked, now);
    }
    const std::lock_guard lock(mutex_);
    if (seen_.size() >= kMostSeen) seen_.clear();
    seen_.insert_or_assign(office, Seen{*asked, now});
    return std::move(*asked);
}

void TurnHall::forgetBoard(const std::string& office) {
    const std::lock_guard lock(mutex_);
    seen_.erase(office);
}

Result<std::optional<TurnHall::Given>> TurnHall::given(const std::string& id) {
    return city_.read([&](SQLite::Database& db) -> Result<std::optional<Given>> {
        auto row = sql::query(db, "SELECT kiosk, office, desk, ticket FROM turns WHERE id = ?", id);
        if (!row.executeStep()) return std::nullopt;
        auto ticket = wire::TurnTicket::parse(row.getColumn(3).getString());
        if (!ticket) return base::fail(ProblemKind::StoreDamaged);
        return Given{row.getColumn(0).getString(), row.getColumn(1).getString(), row.getColumn(2).getString(),
                     std::move(*ticket)};
    });
}

/// Seconds until this kiosk may take the next; 0 when it may now. A clock that was ahead holds nobody up.
Result<long> TurnHall::waitFor(const std::string& kiosk, base::WallTime now) {
    return city_.read([&](SQLite::Database& db) -> Result<long> {
        auto row =
            sql::query(db, "SELECT count(*), min(at) FROM turns WHERE kiosk = ? AND at > ? AND at <= ?",
                       kiosk, sql::millis(now - kHour), sql::millis(now));
        if (!row.executeStep() || row.getColumn(0).getInt64() < parts_.rules.perKioskHour) return 0L;
        const auto first = sql::wall(row.getColumn(1).getInt64());
        return std::max<long>(1, std::chrono::ceil<std::chrono::seconds>(first + kHour - now).count());
    });
}

/// Two requests of one id at the same time: the first that was written counts.
Result<wire::TurnTicket> TurnHall::keep(const std::string& kiosk, wire::TurnTicket ticket,
                                        base::WallTime now) {
    auto kept = city_.write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(
            db, "INSERT OR IGNORE INTO turns (id, kiosk, office, desk, at, ticket) VALUES (?, ?, ?, ?, ?, ?)",
            ticket.id, kiosk, ticket.office, ticket.deskId, sql::millis(now), ticket.toJson());
        return {};
    });
    if (!kept) return tl::unexpected(kept.error());
    auto there = given(ticket.id);
    if (!there) return tl::unexpected(there.error());
    if (!*there) return base::fail(ProblemKind::StoreDamaged);
    return std::move((*there)->ticket);
}

Result<wire::TurnAnswer> TurnHall::take(const std::string& kiosk, const std::string& office,
                                        const wire::TurnRequest& request, base::WallTime now) {
    if (!parts_.source) return base::fail(ProblemKind::NotFound);
    const auto before = given(request.id.text());
    if (!before) return tl::unexpected(before.error());
    if (*before) {
        const auto& was = **before;
        if (was.kiosk != kiosk || was.office != office || was.desk != request.desk)
            return base::fail(ProblemKind::Conflict);
        return wire::TurnAnswer{was.ticket};
    }
    const auto wait = waitFor(kiosk, now);
    if (!wait) return tl::unexpected(wait.error());
    if (*wait > 0)
        return base::fail(ProblemKind::TooManyRequests, {{"retry_after_s", std::to_string(*wait)}});
    const auto known = board(office, now);
    if (!known) return tl::unexpected(known.error());
    const wire::TurnDesk* desk = nullptr;
    if (*known)
        for (const auto& one : (*known)->desks)
            if (one.id == request.desk) desk = &one;
    if (!desk) return base::fail(ProblemKind::NotFound);
    const FewAtOnce::Place place(few_);
    if (!place.taken()) return silent();
    auto answer = parts_.source->take({office, request.desk, request.id});
    if (!answer) return silent(answer.error());
    forgetBoard(office);
    if (!answer->ticket) return answer;
    auto& ticket = *answer->ticket;
    ticket.id = request.id.text();
    ticket.office = office;
    ticket.deskId = request.desk;
    if (ticket.desk.empty()) ticket.desk = desk->name;
    if (ticket.officeName.empty()) ticket.officeName = (*known)->name;
    ticket.takenAt = ticket.asOf = base::toRfc3339(now);
    ticket.over = false;
    ticket.source = parts_.source->sourceName();
    if (const auto today = calendar::dayInCity(now); visits_ && wire::VisitToken::holds(office, today))
        ticket.visit = visits_->issue(office, today).text();
    makeTidy(ticket);
    if (ticket.number.empty()) return silent({ProblemKind::BadResponse, {}});
    auto kept = keep(kiosk, ticket, now);
    if (!kept) return tl::unexpected(kept.error());
    answer->ticket = std::move(*kept);
    return answer;
}

Result<std::optional<wire::TurnTicket>> TurnHall::ticket(const std::string& id, base::WallTime now) {
    auto there = given(id);
    if (!there) return tl::unexpected(there.error());
    if (!*there) return std::nullopt;
    auto ticket = std::move((*there)->ticket);
    ticket.visit.clear();  // for whoever took it alone
    if (!isOfToday(ticket, now)) {
        ticket.over = true;
        ticket.ahead.reset();
        ticket.minutes.reset();
        return ticket;
    }
    const FewAtOnce::Place place(few_);
    if (!parts_.source || !place.taken()) return ticket;
    const auto told = parts_.source->now(ticket);
    if (!told) return ticket;  // as it was known last, with its time beside it
    ticket.over = told->over;
    ticket.ahead = told->ahead;
    ticket.minutes = told->minutes;
    ticket.asOf = base::toRfc3339(now);
    return ticket;
}

Result<std::size_t> TurnHall::sweep(base::WallTime now) {
    return city_.write([&](SQLite::Database& db) -> Result<std::size_t> {
        return static_cast<std::size_t>(sql::exec(db, "DELETE FROM turns WHERE at < ? OR at > ?",
                                                  sql::millis(now - kKept), sql::millis(now + kKept)));
    });
}

}  // namespace tram::gateway
