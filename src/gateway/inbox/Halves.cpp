#include "gateway/inbox/Halves.h"

#include <functional>
#include <string>
#include <vector>

#include "gateway/inbox/Forgotten.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {
namespace {

using base::Result;

/// Both databases in one connection, which only looks: SQLite compares a million ids in seconds, and nobody
/// waits for a lock of ours meanwhile.
Result<void> lookAtBoth(const std::filesystem::path& dir,
                        const std::function<void(SQLite::Database&)>& look) {
    return store::Database::guarded([&] {
        SQLite::Database both((dir / Storage::kCityFile).string(), SQLite::OPEN_READONLY, 5000);
        sql::exec(both, "ATTACH ? AS half", (dir / Storage::kReportsFile).string());
        look(both);
    });
}

struct Differences {
    std::vector<std::string> unopened;  ///< called opened, and in no report
    std::vector<std::string> erased;    ///< reports of which only hashes should be left
    bool cityIsOlder = false;           ///< there are reports that gateway.db has never heard of
};

Result<Differences> differencesIn(const std::filesystem::path& dir) {
    Differences found;
    auto looked = lookAtBoth(dir, [&](SQLite::Database& both) {
        SQLite::Statement unopened(
            both, R"sql(SELECT id FROM main.envelopes e WHERE state = 'opened' AND reason <> 'tally'
            AND NOT EXISTS (SELECT 1 FROM half.reports r WHERE r.id = e.id)
            AND NOT EXISTS (SELECT 1 FROM half.survey_answers a WHERE a.id = e.id)
            AND NOT EXISTS (SELECT 1 FROM half.appointments p WHERE p.id = e.id)
            AND NOT EXISTS (SELECT 1 FROM half.rights a WHERE a.id = e.id))sql");
        while (unopened.executeStep()) found.unopened.push_back(unopened.getColumn(0).getString());
        SQLite::Statement bare(both, R"sql(
            SELECT id FROM (SELECT id FROM half.reports UNION ALL SELECT id FROM half.survey_answers
                UNION ALL SELECT id FROM half.appointments UNION ALL SELECT id FROM half.rights) r
            WHERE NOT EXISTS (SELECT 1 FROM main.envelopes e WHERE e.id = r.id))sql");
        ForgottenReports forgotten(both);
        while (bare.executeStep()) {
            const auto id = bare.getColumn(0).getString();
            const auto erased = forgotten.wasErased(id);
            found.cityIsOlder = found.cityIsOlder || !erased;
            if (erased && *erased) found.erased.push_back(id);
        }
    });
    if (!looked) return tl::unexpected(looked.error());
    return found;
}

}  // namespace

Result<Halves::Mended> Halves::mend() {
    const auto found = differencesIn(storage_.dir);
    if (!found) return tl::unexpected(found.error());
    const auto& [unopened, erased, older] = *found;
    auto gone = storage_.reports->write([&](SQLite::Database& db) -> Result<void> {
        for (const auto& id : erased) {
            sql::exec(db, "DELETE FROM reports WHERE id = ?", id);
            sql::exec(db, "DELETE FROM survey_answers WHERE id = ?", id);
            sql::exec(db, "DELETE FROM rights WHERE id = ?", id);
            sql::exec(db, "DELETE FROM appointments WHERE id = ?", id);
        }
        return {};
    });
    if (!gone) return tl::unexpected(gone.error());
    auto put = storage_.city->write([&](SQLite::Database& db) -> Result<void> {
        for (const auto& id : unopened)
            sql::exec(db, "UPDATE envelopes SET state = ?, reason = ? WHERE id = ? AND state = 'opened'",
                      older ? "quarantined" : "stored", older ? kGone : "", id);
        return {};
    });
    if (!put) return tl::unexpected(put.error());
    return Mended{older ? 0 : unopened.size(), older ? unopened.size() : 0, erased.size()};
}

}  // namespace tram::gateway
