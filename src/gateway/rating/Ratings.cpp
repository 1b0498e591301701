#include "gateway/rating/Ratings.h"

#include <algorithm>

#include "base/VietnameseText.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {

using base::Result;
using About = wire::Rating::About;

namespace {

std::string joined(const std::vector<std::string>& ids) {
    std::string all;
    for (const auto& id : ids) all += (all.empty() ? "" : " ") + id;
    return all;
}

/// The day in Ho Chi Minh City.
std::string dayOf(base::WallTime time) {
    return base::toRfc3339(time).substr(0, 10);
}

std::string textOf(std::chrono::sys_days day) {
    return dayOf(base::WallTime(day) + std::chrono::hours(1));
}

}  // namespace

std::string officeKey(std::string_view office) {
    return base::fold(base::firstCharacters(base::clean(office), 200));
}

/// What has come was given before.
std::string Ratings::judge(const wire::Rating& rating, const Times& times) const {
    if (rating.about == About::Dossier) return keys_.proves(rating) ? "" : "proof";
    if (rating.about == About::Kiosk) return "";
    const auto token = visits_.open(rating.proof.reveal());
    if (!token) return "visit";
    const auto given = std::min(times.given, times.received);
    const bool late = times.received - given > kLate;
    return late || dayOf(given) != textOf(token->day) ? "day" : "";
}

bool Ratings::add(SQLite::Database& db, const wire::Rating& rating, const From& from) const {
    const bool once = rating.about != About::Kiosk;
    std::string office = rating.office;
    if (rating.about == About::Visit)
        if (const auto token = visits_.open(rating.proof.reveal())) office = token->ward;
    if (rating.about == About::Kiosk) office.clear();
    const auto added = sql::exec(
        db,
        R"sql(INSERT OR IGNORE INTO ratings
        (subject, envelope, about, office_key, office, kiosk, day, received_at, stars, reasons)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql",
        once ? keys_.subjectOf(rating) : "kiosk " + from.envelope, from.envelope,
        std::string(name(rating.about)), officeKey(office), office, once ? std::string() : from.kiosk,
        from.day, sql::millis(base::coarseToHour(from.received)), rating.stars, joined(rating.reasons));
    if (added == 0) sql::exec(db, "UPDATE meta SET value = value + 1 WHERE key = 'ratings_repeated'");
    return added != 0;
}

Result<void> Ratings::offer(wire::DossierStatus& status) {
    if (!status.rateable) return {};
    const auto rated = city_.read([&](SQLite::Database& db) -> Result<bool> {
        return sql::query(db, "SELECT 1 FROM ratings WHERE subject = ?", keys_.ofDossier(status.code))
            .executeStep();
    });
    if (!rated) return tl::unexpected(rated.error());
    status.rated = *rated;
    status.rateable = !*rated;
    if (!*rated) status.rate = keys_.proofOf(status.code, finishedBy(status));
    return {};
}

Result<void> Ratings::each(const std::function<void(const Row&)>& take) {
    return city_.read([&](SQLite::Database& db) -> Result<void> {
        auto rows = sql::query(db, R"sql(SELECT about, office, kiosk, day, reasons, envelope, stars
            FROM ratings ORDER BY about, office_key, kiosk, day, subject)sql");
        const auto text = [&](int column) { return rows.getColumn(column).getString(); };
        while (rows.executeStep())
            take({text(0), text(1), text(2), text(3), text(4), text(5), rows.getColumn(6).getInt()});
        return {};
    });
}

/// Past hours only: nobody who saw somebody press a face finds that face in what is shown next.
Result<void> Ratings::close(base::WallTime now) {
    const auto until = sql::millis(base::coarseToHour(now));
    if (closedUntil_ == until) return {};
    return city_.write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, R"sql(INSERT OR REPLACE INTO ratings_shown (office_key, stars, count, as_of)
            SELECT r.office_key, sum(r.stars), count(*), ?3 FROM ratings r
            LEFT JOIN ratings_shown s ON s.office_key = r.office_key
            WHERE r.office_key <> '' AND r.received_at < ?1
            GROUP BY r.office_key HAVING count(*) - coalesce(max(s.count), 0) >= ?2)sql",
                  until, rule_.least, dayOf(now));
        closedUntil_ = until;
        return {};
    });
}

Result<std::optional<Ratings::Average>> Ratings::shown(const std::string& office) {
    if (!rule_.publish || office.empty()) return std::nullopt;
    return city_.read([&](SQLite::Database& db) -> Result<std::optional<Average>> {
        auto row =
            sql::query(db, "SELECT stars, count, as_of FROM ratings_shown WHERE office_key = ?", office);
        if (!row.executeStep()) return std::nullopt;
        return Average{row.getColumn(0).getInt64(), row.getColumn(1).getInt64(),
                       row.getColumn(2).getString()};
    });
}

Result<Ratings::Counts> Ratings::counts() {
    return city_.read([](SQLite::Database& db) -> Result<Counts> {
        Counts counts;
        auto rows = sql::query(db, "SELECT about, count(*) FROM ratings GROUP BY about");
        while (rows.executeStep()) {
            const auto about = rows.getColumn(0).getString();
            auto& into = about == "dossier" ? counts.dossiers
                         : about == "visit" ? counts.visits
                                            : counts.kiosks;
            into = rows.getColumn(1).getInt64();
        }
        counts.repeated = db.execAndGet("SELECT value FROM meta WHERE key = 'ratings_repeated'").getInt64();
        return counts;
    });
}

}  // namespace tram::gateway
