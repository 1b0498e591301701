#include "gateway/rating/Faults.h"

#include "gateway/storage/Sql.h"

namespace tram::gateway {

using base::Result;

void Faults::add(SQLite::Database& db, const wire::KioskFault& fault, const std::string& kiosk,
                 base::WallTime received) {
    sql::exec(db, "INSERT INTO faults (kiosk, part, words, at) VALUES (?, ?, ?, ?)", kiosk,
              std::string(name(fault.part)), fault.words.reveal(), sql::millis(base::coarseToHour(received)));
}

Result<std::vector<Faults::Row>> Faults::list(Which which, std::size_t limit) {
    return city_.read([&](SQLite::Database& db) -> Result<std::vector<Row>> {
        std::vector<Row> all;
        auto rows = sql::query(db, R"sql(SELECT f.number, f.kiosk, k.ward, k.station, f.part, f.words, f.at,
            f.closed_at IS NULL FROM faults f JOIN kiosks k ON k.id = f.kiosk
            WHERE ?1 OR f.closed_at IS NULL ORDER BY f.number DESC LIMIT ?2)sql",
                               which == Which::All ? 1 : 0, static_cast<std::int64_t>(limit));
        const auto text = [&](int column) { return rows.getColumn(column).getString(); };
        while (rows.executeStep())
            all.push_back({rows.getColumn(0).getInt64(), text(1), text(2), text(3), text(4), text(5),
                           sql::wall(rows.getColumn(6).getInt64()), rows.getColumn(7).getInt() != 0});
        return all;
    });
}

Result<void> Faults::close(std::int64_t number, base::WallTime now) {
    return city_.write([&](SQLite::Database& db) -> Result<void> {
        const auto closed = sql::exec(
            db, "UPDATE faults SET closed_at = ?, words = '' WHERE number = ? AND closed_at IS NULL",
            sql::millis(now), number);
        if (closed == 0) return base::fail(base::ProblemKind::NotFound);
        return {};
    });
}

Result<Faults::Counts> Faults::open() {
    return city_.read([](SQLite::Database& db) -> Result<Counts> {
        Counts counts{};
        auto rows = sql::query(db, "SELECT part, count(*) FROM faults WHERE closed_at IS NULL GROUP BY part");
        while (rows.executeStep())
            for (std::size_t part = 0; part < counts.size(); ++part)
                if (rows.getColumn(0).getString() == name(static_cast<wire::KioskFault::Part>(part)))
                    counts[part] = rows.getColumn(1).getInt64();
        return counts;
    });
}

}  // namespace tram::gateway
