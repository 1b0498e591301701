#include "gateway/demo/DemoTurns.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "calendar/WorkingDays.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;
using nlohmann::json;
using namespace std::chrono;

namespace {

constexpr const char* kTurnSchema[] = {R"sql(
CREATE TABLE numbers (
    office TEXT NOT NULL, desk TEXT NOT NULL, day TEXT NOT NULL, number INTEGER NOT NULL, request TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL, PRIMARY KEY (office, desk, day, number)
) WITHOUT ROWID;
CREATE TABLE appointments (
    id TEXT PRIMARY KEY, office TEXT NOT NULL, day TEXT NOT NULL, half TEXT NOT NULL, serial INTEGER NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;
)sql"};

constexpr decltype(DemoTurns::Rules::speed) kFastestQueue = 12;
constexpr int kDaysAhead = 8, kMostWaiting = 9, kQuarter = 15;

std::string today(base::WallTime now) {
    return calendar::toText(calendar::dayInCity(now));
}

/// "A007"
std::string numberText(const std::string& letter, int number) {
    auto digits = std::to_string(number);
    return letter + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

std::string clockText(int minutes) {
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(minutes / 60) + ":" + two(minutes % 60);
}

/// Up and down over the hour, the same for everybody who looks at the same minute.
int waitingAt(base::WallTime now, std::size_t desk) {
    const auto minute = duration_cast<minutes>(now.time_since_epoch()).count() + static_cast<long>(desk) * 7;
    const auto step = static_cast<int>(minute % (2 * kMostWaiting));
    return step < kMostWaiting ? step : 2 * kMostWaiting - step;
}

}  // namespace

Result<std::unique_ptr<DemoTurns>> DemoTurns::open(const std::filesystem::path& file,
                                                   const std::filesystem::path& demoDir, Rules rules,
                                                   const base::Clock& clock) {
    const auto text = base::readFile(demoDir / "turns.json", 1u << 20);
    if (!text) return tl::unexpected(text.error());
    auto db = SharedDatabase::open(file, kTurnSchema);
    if (!db) return tl::unexpected(db.error());
    std::unique_ptr<DemoTurns> demo(new DemoTurns(std::move(*db), rules, clock));
    try {
        demo->read(*text);
    } catch (const std::exception&) {
        return base::fail(ProblemKind::Malformed, {{"path", "turns.json"}});
    }
    return demo;
}

void DemoTurns::read(const std::string& text) {
    const auto plan = json::parse(text);
    source_ = plan.at("source");
    refusal_ = plan.at("refusal");
    for (const auto& row : plan.at("offices")) {
        Office office{row.at("name"),
                      row.at("address"),
                      row.at("hours"),
                      row.value("opens", ""),
                      row.at("open"),
                      row.at("appointments"),
                      {}};
        for (const auto& desk : row.at("desks"))
            office.desks.push_back({desk.at("id"), desk.at("name"), desk.at("letter"),
                                    desk.value("procedures", std::vector<std::string>()), desk.at("per_day"),
                                    desk.value("minutes", 0)});
        offices_[row.at("office")] = std::move(office);
    }
}

Result<int> DemoTurns::taken(const std::string& office, const std::string& desk, const std::string& day) {
    return db_->read([&](SQLite::Database& db) -> Result<int> {
        auto row = sql::query(
            db, "SELECT coalesce(max(number), 0) FROM numbers WHERE office = ? AND desk = ? AND day = ?",
            office, desk, day);
        return row.executeStep() ? row.getColumn(0).getInt() : 0;
    });
}

/// The next working days, the third of them full, and the second in the morning.
std::vector<wire::TurnDay> DemoTurns::days() const {
    const calendar::WorkingDays week;
    std::vector<wire::TurnDay> all;
    auto day = calendar::dayInCity(clock_.wall());
    while (all.size() < kDaysAhead) {
        day = week.firstFrom(day + std::chrono::days(1));
        all.push_back({calendar::toText(day), all.size() != 1, true});
    }
    all.erase(all.begin() + 2);
    return all;
}

Result<std::optional<wire::TurnBoard>> DemoTurns::board(const std::string& id) {
    const auto found = offices_.find(id);
    if (found == offices_.end()) return std::nullopt;
    const auto& office = found->second;
    const auto now = clock_.wall();
    wire::TurnBoard board{id, office.name, office.address, office.hours};
    for (std::size_t at = 0; at < office.desks.size(); ++at) {
        const auto& desk = office.desks[at];
        const auto given = taken(id, desk.id, today(now));
        if (!given) return tl::unexpected(given.error());
        wire::TurnDesk shown{desk.id, desk.name, desk.procedures, office.open, office.opens};
        shown.left = std::max(0, desk.perDay - *given);
        if (office.open) shown.waiting = waitingAt(now, at);
        if (office.open && desk.minutesEach > 0) shown.minutes = *shown.waiting * desk.minutesEach;
        board.desks.push_back(std::move(shown));
    }
    board.appointments = office.appointments;
    if (office.appointments) board.days = days();
    board.asOf = base::toRfc3339(now);
    return board;
}

const DemoTurns::Desk* DemoTurns::find(const TurnAsked& asked) const {
    const auto office = offices_.find(asked.office);
    if (office == offices_.end()) return nullptr;
    const auto desk = std::ranges::find(office->second.desks, asked.desk, &Desk::id);
    return desk == office->second.desks.end() ? nullptr : &*desk;
}

Result<wire::TurnAnswer> DemoTurns::take(const TurnAsked& asked) {
    const auto* desk = find(asked);
    if (!desk) return base::fail(ProblemKind::NotFound);
    const auto& office = offices_.at(asked.office);
    const auto now = clock_.wall();
    if (!office.open) return wire::TurnAnswer{{}, wire::TurnRefusal::Closed, office.opens};
    const auto day = today(now);
    const auto number = db_->write([&](SQLite::Database& db) -> Result<int> {
        auto again = sql::query(db, "SELECT number FROM numbers WHERE request = ?", asked.request.text());
        if (again.executeStep()) return again.getColumn(0).getInt();
        auto last = sql::query(
            db, "SELECT coalesce(max(number), 0) FROM numbers WHERE office = ? AND desk = ? AND day = ?",
            asked.office, asked.desk, day);
        last.executeStep();
        const int next = last.getColumn(0).getInt() + 1;
        if (next > desk->perDay) return 0;
        sql::exec(db,
                  "INSERT INTO numbers (office, desk, day, number, request, at) VALUES (?, ?, ?, ?, ?, ?)",
                  asked.office, asked.desk, day, next, asked.request.text(), sql::millis(now));
        return next;
    });
    if (!number) return tl::unexpected(number.error());
    if (*number == 0) return wire::TurnAnswer{{}, wire::TurnRefusal::NoneLeft};
    wire::TurnTicket ticket;
    ticket.officeName = office.name;
    ticket.desk = desk->name;
    ticket.number = numberText(desk->letter, *number);
    ticket.ahead = waitingAt(now, static_cast<std::size_t>(desk - office.desks.data()));
    if (desk->minutesEach > 0) ticket.minutes = *ticket.ahead * desk->minutesEach;
    return wire::TurnAnswer{std::move(ticket)};
}

/// One of those before is served every few minutes; in a demo that runs fast, slowly enough to be watched.
Result<TurnSource::Now> DemoTurns::now(const wire::TurnTicket& ticket) {
    base::WallTime taken{};
    const auto* desk = find({ticket.office, ticket.deskId, base::Uuid::v7(clock_.wall())});
    if (!desk || !base::fromRfc3339(ticket.takenAt, taken)) return Now{.over = true};
    const auto passed = duration_cast<minutes>((clock_.wall() - taken) *
                                               static_cast<int>(std::min(rules_.speed, kFastestQueue)));
    const int each = std::max(1, desk->minutesEach);
    const int ahead = ticket.ahead.value_or(0) - static_cast<int>(passed.count() / each);
    Now now{.ahead = std::max(0, ahead), .over = ahead < -1};
    if (desk->minutesEach > 0) now.minutes = *now.ahead * desk->minutesEach;
    return now;
}

Result<std::string> DemoTurns::request(const base::Uuid& id, const wire::AppointmentRequest& request) {
    const auto office = offices_.find(request.office);
    if (office == offices_.end() || !office->second.appointments)
        return base::fail(ProblemKind::Unprocessable);
    auto kept = db_->write([&](SQLite::Database& db) -> Result<void> {
        auto last =
            sql::query(db, "SELECT count(*) FROM appointments WHERE office = ? AND day = ? AND half = ?",
                       request.office, request.day, std::string(wire::name(request.half)));
        last.executeStep();
        sql::exec(db,
                  "INSERT OR IGNORE INTO appointments (id, office, day, half, serial, at) VALUES (?, ?, ?, "
                  "?, ?, ?)",
                  id.text(), request.office, request.day, std::string(wire::name(request.half)),
                  last.getColumn(0).getInt(), sql::millis(clock_.wall()));
        return {};
    });
    if (!kept) return tl::unexpected(kept.error());
    return id.text();
}

Result<void> DemoTurns::cancel(const std::string& reference) {
    return db_->write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "DELETE FROM appointments WHERE id = ?", reference);
        return {};
    });
}

/// A quarter of an hour for each; a day that the office does not work is refused.
Result<AppointmentStanding> DemoTurns::standing(const std::string& reference) {
    struct Row {
        std::string office, day, half;
        int serial = 0;
        base::WallTime at;
    };
    const auto row = db_->read([&](SQLite::Database& db) -> Result<std::optional<Row>> {
        auto found =
            sql::query(db, "SELECT office, day, half, serial, at FROM appointments WHERE id = ?", reference);
        if (!found.executeStep()) return std::nullopt;
        return Row{found.getColumn(0).getString(), found.getColumn(1).getString(),
                   found.getColumn(2).getString(), found.getColumn(3).getInt(),
                   sql::wall(found.getColumn(4).getInt64())};
    });
    if (!row) return tl::unexpected(row.error());
    if (!*row) return base::fail(ProblemKind::NotFound);
    const auto& asked = **row;
    AppointmentStanding standing;
    standing.again = std::chrono::seconds(1);
    if ((clock_.wall() - asked.at) * static_cast<int>(rules_.speed) < rules_.answerAfter) return standing;
    const auto day = calendar::dayFrom(asked.day);
    const auto open = days();
    const bool free = std::ranges::any_of(open, [&](const auto& one) {
        return one.day == asked.day && (asked.half == "morning" ? one.morning : one.afternoon);
    });
    if (!day || !free) {
        standing.state = wire::AppointmentState::Refused;
        standing.reason = refusal_;
        return standing;
    }
    standing.state = wire::AppointmentState::Confirmed;
    standing.day = asked.day;
    const int begins = asked.half == "morning" ? 7 * 60 + 30 : 13 * 60;
    standing.time = clockText(begins + asked.serial % 12 * kQuarter);
    const auto& office = offices_.at(asked.office);
    if (!office.desks.empty()) standing.desk = office.desks.front().name;
    return standing;
}

}  // namespace tram::gateway
