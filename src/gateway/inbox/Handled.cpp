#include "gateway/inbox/Handled.h"

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
                  const std::string& day) {
    const auto& consent = handling.consent;
    sql::exec(
        db,
        R"sql(INSERT OR REPLACE INTO handled (action, staff, role, desk, consent_version, consent_how, day)
        VALUES (?, ?, ?, ?, ?, ?, ?))sql",
        action, handling.staff, std::string(name(handling.role)), handling.desk,
        consent ? consent->text : std::string(), consent ? std::string(name(consent->how)) : std::string(),
        day);
}

Result<std::optional<Handled::Row>> Handled::find(const base::Uuid& action) {
    return db_.read([&](SQLite::Database& db) -> Result<std::optional<Row>> {
        auto row = sql::query(
            db, "SELECT staff, role, desk, consent_version, consent_how, day FROM handled WHERE action = ?",
            action.text());
        if (!row.executeStep()) return std::nullopt;
        const auto text = [&](int column) { return row.getColumn(column).getString(); };
        return Row{text(0), text(1), text(2), text(3), text(4), text(5)};
    });
}

}  // namespace tram::gateway
