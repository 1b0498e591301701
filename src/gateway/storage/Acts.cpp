#include "gateway/storage/Acts.h"

#include <array>

#include "base/Log.h"
#include "crypto/Bytes.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {
namespace {

using base::Result;
using base::log::Field;

constexpr std::chrono::hours kUnended{1};
constexpr std::size_t kHashDigits = 32;  // as `forgotten` in gateway.db has it

enum class Outcome { Begun, Done, Failed };
std::string_view name(Outcome outcome) {
    constexpr std::array<std::string_view, 3> kNames{"unended", "done", "failed"};
    return kNames[static_cast<std::size_t>(outcome)];
}

struct Told {
    std::int64_t sequence;
    base::WallTime at;
    Deed deed;
    std::string what, whom;
    Outcome outcome;
};

Deed deedOf(std::string_view text) {
    for (int i = 0; i < static_cast<int>(Deed::Other); ++i)
        if (name(static_cast<Deed>(i)) == text) return static_cast<Deed>(i);
    return Deed::Other;
}

Told toldFrom(SQLite::Statement& row) {
    const int outcome = row.getColumn(5).getInt();
    return {row.getColumn(0).getInt64(),
            sql::wall(row.getColumn(1).getInt64()),
            deedOf(row.getColumn(2).getString()),
            row.getColumn(3).getString(),
            row.getColumn(4).getString(),
            outcome == 1   ? Outcome::Done
            : outcome == 2 ? Outcome::Failed
                           : Outcome::Begun};
}

void tell(const Told& act) {
    const Field when("at", act.at), deed("act", act.deed), outcome("outcome", act.outcome);
    const auto kiosk = base::Uuid::parse(act.whom);
    if (act.what == "kiosk" && kiosk)
        return base::log::info("operator.act", {deed, {"kiosk", *kiosk}, outcome, when});
    const base::log::Hex hex{act.whom};
    if (act.what == "key") return base::log::info("operator.act", {deed, {"key", hex}, outcome, when});
    if (act.what == "alert") return base::log::info("operator.act", {deed, {"alert", hex}, outcome, when});
    if (act.what == "action") return base::log::info("operator.act", {deed, {"id_hash", hex}, outcome, when});
    base::log::info("operator.act", {deed, outcome, when});
}

}  // namespace

std::string_view name(Deed deed) {
    constexpr std::array<std::string_view, static_cast<std::size_t>(Deed::Other) + 1> kNames{
        "enrol_code",    "revoke",         "release",       "readmit",          "keys_rotate",
        "keys_retire",   "keys_export",    "keys_import",   "quarantine_retry", "quarantine_set_aside",
        "backup",        "restore",        "restored",      "forget",           "retention_clock_is_right",
        "content_take",  "alert_send",     "alert_approve", "alert_reject",     "alert_retract",
        "alert_key",     "survey_results", "rights_answer", "rights_show",      "ratings_report",
        "visit_tickets", "fault_close",    "staff_key",     "staff_add",        "staff_badge",
        "staff_revoke",  "staff_unlock",   "campaign_add",  "campaign_close",   "log_settle",
        "other"};
    static_assert(kNames.back() == "other");
    return kNames[static_cast<std::size_t>(deed)];
}

Result<Act> Act::begin(SharedDatabase& city, Deed deed, base::WallTime now) {
    return city.write([&](SQLite::Database& db) -> Result<Act> {
        sql::exec(db, "INSERT INTO acts (at, deed) VALUES (?, ?)", sql::millis(now), std::string(name(deed)));
        return Act(city, db.getLastInsertRowid());
    });
}

void Act::ofKiosk(std::string_view id) {
    about("kiosk", id);
}

void Act::ofKey(std::string_view id) {
    about("key", id);
}

void Act::ofAlert(std::string_view id) {
    about("alert", id);
}

void Act::ofAction(std::string_view id) {
    about("action", crypto::sha256Hex(crypto::view(id)).substr(0, kHashDigits));
}

// A line that lacks the name or the end is better than an act that is said to have failed and has not.
void Act::about(std::string_view what, std::string_view name) {
    if (!city_) return;
    (void)city_->write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "UPDATE acts SET what = ?, whom = ? WHERE sequence = ?", std::string(what),
                  std::string(name), sequence_);
        return {};
    });
}

void Act::end(bool done) {
    if (!city_) return;
    (void)city_->write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "UPDATE acts SET outcome = ? WHERE sequence = ?", done ? 1 : 2, sequence_);
        return {};
    });
}

/// The row goes after its line: cut off in between, it is told twice.
Result<void> tellActs(SharedDatabase& city, base::WallTime now) {
    const auto ended = city.read([&](SQLite::Database& db) -> Result<std::vector<Told>> {
        std::vector<Told> all;
        auto rows =
            sql::query(db,
                       "SELECT sequence, at, deed, what, whom, outcome FROM acts WHERE outcome > 0 OR "
                       "at NOT BETWEEN ? AND ? ORDER BY sequence",
                       sql::millis(now - kUnended), sql::millis(now + kUnended));
        while (rows.executeStep()) all.push_back(toldFrom(rows));
        return all;
    });
    if (!ended) return tl::unexpected(ended.error());
    for (const auto& act : *ended) tell(act);
    if (ended->empty()) return {};
    return city.write([&](SQLite::Database& db) -> Result<void> {
        for (const auto& act : *ended) sql::exec(db, "DELETE FROM acts WHERE sequence = ?", act.sequence);
        return {};
    });
}

}  // namespace tram::gateway
