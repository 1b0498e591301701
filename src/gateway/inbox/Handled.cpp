#include "gateway/inbox/Handled.h"

#include "base/Csv.h"
#include "gateway/storage/Sql.h"
#include "wire/Roles.h"

namespace tram::gateway {

using base::Result;

std::optional<Quarantined> Handled::judge(const wire::ActionBody& body) {
    if (!body.handling) return std::nullopt;
    const auto kind = wire::assistedKind(body.kind);
    if (!kind) return Quarantined{"handled", "kind"};
    if (!wire::allows(body.handling->role, kind->permission)) return Quarantined{"handled", "role"};
    if (kind->needsFile && !body.handling->consent) return Quarantined{"handled", "consent"};
    return std::nullopt;
}

void Handled::add(SQLite::Database& db, const std::string& action, const wire::Handling& handling,
                  StaffRegistry::Standing standing, const std::string& day) {
    const auto& consent = handling.consent;
    sql::exec(
        db,
        R"sql(INSERT OR REPLACE INTO handled (action, staff, role, desk, consent_version, consent_how, day, standing)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?))sql",
        action, handling.staff, std::string(name(handling.role)), handling.desk,
        consent ? consent->text : std::string(), consent ? std::string(name(consent->how)) : std::string(),
        day, std::string(name(standing)));
}

Result<std::optional<Handled::Row>> Handled::find(const base::Uuid& action) {
    return db_.read([&](SQLite::Database& db) -> Result<std::optional<Row>> {
        auto row = sql::query(db,
                              "SELECT staff, role, desk, consent_version, consent_how, day, standing FROM "
                              "handled WHERE action = ?",
                              action.text());
        if (!row.executeStep()) return std::nullopt;
        const auto text = [&](int column) { return row.getColumn(column).getString(); };
        return Row{text(0), text(1), text(2), text(3), text(4), text(5), text(6)};
    });
}

Result<void> Handled::each(const std::string& from, const std::string& until,
                           const std::function<void(const Sum&)>& take) {
    return db_.read([&](SQLite::Database& db) -> Result<void> {
        auto rows =
            sql::query(db, R"sql(SELECT day, desk, staff, role, consent_how, standing, count(*) FROM handled
            WHERE (?1 = '' OR day >= ?1) AND (?2 = '' OR day <= ?2)
            GROUP BY day, desk, staff, role, consent_how, standing ORDER BY 1, 2, 3, 4, 5, 6)sql",
                       from, until);
        const auto text = [&](int column) { return rows.getColumn(column).getString(); };
        while (rows.executeStep())
            take({{text(2), text(3), text(1), "", text(4), text(0), text(5)}, rows.getColumn(6).getInt64()});
        return {};
    });
}

Result<std::string> handledCsv(Handled& handled, const std::string& from, const std::string& until) {
    std::string csv(base::kByteOrderMark);
    base::addCsvLine(csv, {"day", "desk", "staff", "role", "consent", "standing", "count"});
    const auto read = handled.each(from, until, [&](const Handled::Sum& sum) {
        base::addCsvLine(
            csv, {sum.row.day, base::csvCell(sum.row.desk), base::csvCell(sum.row.staff), sum.row.role,
                  sum.row.consentHow, sum.row.standing, std::to_string(sum.count)});
    });
    if (!read) return tl::unexpected(read.error());
    return csv;
}

}  // namespace tram::gateway
