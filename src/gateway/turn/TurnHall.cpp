#include "gateway/turn/TurnHall.h"

#include <algorithm>

#include "base/Log.h"
#include "calendar/WorkingDays.h"
#include "gateway/storage/Sql.h"
#include "gateway/tally/Errands.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;

namespace {

constexpr std::size_t kMostSeen = 1000;

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

/// Two requests of one id at the same time: the first that was written counts.
Result<wire::TurnTicket> TurnHall::keep(const Taker& taker, wire::TurnTicket ticket, base::WallTime now) {
    auto kept = city_.write([&](SQLite::Database& db) -> Result<void> {
        const int added = sql::exec(
            db, "INSERT OR IGNORE INTO turns (id, kiosk, office, desk, at, ticket) VALUES (?, ?, ?, ?, ?, ?)",
            ticket.id, taker.kiosk, ticket.office, ticket.deskId, sql::millis(now), ticket.toJson());
        if (added == 1) Errands::add(db, taker.ward, dayOf(now), "turn");
        return {};
    });
    if (!kept) return tl::unexpected(kept.error());
    auto there = given(ticket.id);
    if (!there) return tl::unexpected(there.error());
    if (!*there) return base::fail(ProblemKind::StoreDamaged);
    return std::move((*there)->ticket);
}

Result<wire::TurnAnswer> TurnHall::take(const Taker& taker, const std::string& office,
                                        const wire::TurnRequest& request, base::WallTime now) {
    if (!parts_.source) return base::fail(ProblemKind::NotFound);
    const auto before = given(request.id.text());
    if (!before) return tl::unexpected(before.error());
    if (*before) {
        const auto& was = **before;
        if (was.kiosk != taker.kiosk || was.office != office || was.desk != request.desk)
            return base::fail(ProblemKind::Conflict);
        return wire::TurnAnswer{was.ticket};
    }
    if (const auto wait = asked_.exhausted(taker.kiosk, now))
        return base::fail(ProblemKind::TooManyRequests, {{"retry_after_s", std::to_string(wait->count())}});
    const auto known = board(office, now);
    if (!known) return tl::unexpected(known.error());
    if (!*known) return base::fail(ProblemKind::NotFound);
    return ask(taker, office, request, **known, now);
}

/// What was asked for counts, not what was given: a queue that fails half-way has given its number all the
/// same, and is not emptied by who asks again and again.
Result<wire::TurnAnswer> TurnHall::ask(const Taker& taker, const std::string& office,
                                       const wire::TurnRequest& request, const wire::TurnBoard& board,
                                       base::WallTime now) {
    const auto desk = std::ranges::find(board.desks, request.desk, &wire::TurnDesk::id);
    if (desk == board.desks.end()) return base::fail(ProblemKind::NotFound);
    const FewAtOnce::Place place(few_);
    if (!place.taken()) return silent();
    auto answer = parts_.source->take({office, request.desk, request.id});
    const bool asked = answer || answer.error().kind != ProblemKind::NoNetwork;
    if (asked && !counted_.exhausted(request.id.text(), now)) {
        counted_.spend(request.id.text(), now);
        asked_.spend(taker.kiosk, now);
    }
    if (!answer) return silent(answer.error());
    forgetBoard(office);
    if (!answer->ticket) return answer;
    auto& ticket = *answer->ticket;
    makeTidy(ticket);
    if (ticket.number.empty()) return silent({ProblemKind::BadResponse, {}});
    ticket.id = request.id.text();
    ticket.office = office;
    ticket.deskId = request.desk;
    if (ticket.desk.empty()) ticket.desk = desk->name;
    if (ticket.officeName.empty()) ticket.officeName = board.name;
    ticket.takenAt = ticket.asOf = base::toRfc3339(now);
    ticket.over = false;
    ticket.source = parts_.source->sourceName();
    const auto today = calendar::dayInCity(now);
    if (visits_ && office == taker.ward && wire::VisitToken::holds(office, today))
        ticket.visit = visits_->issue(office, today).text();
    auto kept = keep(taker, ticket, now);
    if (!kept) return tl::unexpected(kept.error());
    answer->ticket = std::move(*kept);
    return answer;
}

/// Asked as sparingly as the boards: anybody with a ticket's link may look.
std::optional<TurnSource::Now> TurnHall::nowOf(const wire::TurnTicket& ticket, base::WallTime now) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = looked_.find(ticket.id);
        if (found != looked_.end() && found->second.at <= now && now - found->second.at < kFresh)
            return found->second.now;
    }
    const FewAtOnce::Place place(phones_);
    if (!parts_.source || !place.taken()) return std::nullopt;
    const auto told = parts_.source->now(ticket);
    const std::lock_guard lock(mutex_);
    if (looked_.size() >= kMostSeen) looked_.clear();
    auto& looked = looked_[ticket.id];
    looked = {told ? std::optional(*told) : std::nullopt, now};
    return looked.now;
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
    const auto told = nowOf(ticket, now);
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
