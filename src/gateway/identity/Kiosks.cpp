#include "gateway/identity/Kiosks.h"

#include "base/TrackingCode.h"
#include "base/Uuid.h"
#include "base/VietnameseText.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;

constexpr const char* kColumns =
    "SELECT id, key, prefix, ward, station, revoked_at, succeeds, stolen_since, released_at FROM kiosks";
// A kiosk that was enrolled anew more often has nothing left of its first days.
constexpr int kMostFormers = 64;
// So far a clock that is put right may step back; a code from one that was years ahead is void.
constexpr std::chrono::hours kStepBack{1};

std::optional<base::WallTime> timeIn(SQLite::Statement& row, int column) {
    if (row.getColumn(column).isNull()) return std::nullopt;
    return sql::wall(row.getColumn(column).getInt64());
}

Kiosk kioskFrom(SQLite::Statement& row) {
    return {row.getColumn(0).getString(),
            row.getColumn(1).getString(),
            row.getColumn(2).getString(),
            row.getColumn(3).getString(),
            row.getColumn(4).getString(),
            timeIn(row, 5),
            row.getColumn(6).getString(),
            timeIn(row, 7),
            timeIn(row, 8)};
}

/// Which enrolment a new one continues: the one whose key it proved, else the one its operator named.
std::string formerFor(SQLite::Database& db, const wire::EnrolmentRequest& request,
                      const std::string& replaces) {
    if (!request.formerProven()) return replaces;
    auto row = sql::query(db, "SELECT id FROM kiosks WHERE key = ? ORDER BY enrolled_at DESC LIMIT 1",
                          request.former->formerKey);
    return row.executeStep() ? row.getColumn(0).getString() : replaces;
}

bool isRevokedKey(SQLite::Database& db, const std::string& key) {
    return sql::query(db, "SELECT 1 FROM kiosks WHERE key = ? AND revoked_at IS NOT NULL", key).executeStep();
}

/// A commune-level code of the national list of administrative units.
bool isWardCode(std::string_view ward) {
    return ward.size() == 5 && ward.find_first_not_of("0123456789") == ward.npos;
}

/// 256 bytes is what a kiosk takes (wire/Enrolment): a character may carry many marks.
bool isStationName(std::string_view cleaned) {
    return !cleaned.empty() && cleaned.size() <= 256 && base::characters(cleaned) <= 60;
}

tl::unexpected<base::Problem> outOfRange(const char* key, const char* expected) {
    return base::fail(ProblemKind::OutOfRange, {{"key", key}, {"expected", expected}});
}

std::string symbols(std::size_t count) {
    std::string all;
    while (all.size() < count) all += base::TrackingCode::randomSymbols();
    return all.substr(0, count);
}

/// Three symbols make 32,768 prefixes; a city uses a few hundred, so that a free one is found soon.
Result<std::string> freePrefix(SQLite::Database& db) {
    for (int attempt = 0; attempt < 1000; ++attempt) {
        const auto prefix = symbols(3);
        if (!sql::query(db, "SELECT 1 FROM kiosks WHERE prefix = ?", prefix).executeStep()) return prefix;
    }
    return base::fail(ProblemKind::OutOfRange, {{"key", "prefix"}});
}

/// Its tokens die with it. How many were in service: one or none.
int revokeIn(SQLite::Database& db, const std::string& id, base::WallTime now) {
    sql::exec(db, "DELETE FROM tokens WHERE kiosk = ?", id);
    return sql::exec(db, "UPDATE kiosks SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                     sql::millis(now), id);
}

/// An operator names a kiosk that the proven one has no link to: it becomes the first of that one's chain.
void joinChains(SQLite::Database& db, std::string of, const std::string& replaces, base::WallTime now) {
    for (int step = 0; step < kMostFormers && of != replaces; ++step) {
        auto row = sql::query(db, "SELECT coalesce(succeeds, '') FROM kiosks WHERE id = ?", of);
        if (!row.executeStep()) return;
        const auto earlier = row.getColumn(0).getString();
        if (earlier.empty()) {
            sql::exec(db, "UPDATE kiosks SET succeeds = ? WHERE id = ?", replaces, of);
            revokeIn(db, replaces, now);
            return;
        }
        of = earlier;
    }
}

/// The kiosk that has spent this code, if it is the very one that asks: its reply was lost.
Result<Kiosk> spentBefore(SQLite::Database& db, const std::string& codeHash, const std::string& key) {
    auto row = sql::query(db,
                          (std::string(kColumns) +
                           " WHERE id = (SELECT used_by FROM enrolment_codes WHERE hash = ?) AND key = ? AND "
                           "revoked_at IS NULL")
                              .c_str(),
                          codeHash, key);
    if (!row.executeStep()) return base::fail(ProblemKind::Forbidden);
    return kioskFrom(row);
}

Result<Kiosk> addKiosk(SQLite::Database& db, const std::string& codeHash,
                       const wire::EnrolmentRequest& request, base::WallTime now) {
    auto code = sql::query(db, R"sql(SELECT ward, station, coalesce(replaces, '') FROM enrolment_codes
        WHERE hash = ? AND used_by IS NULL AND expires_at > ? AND expires_at <= ?)sql",
                           codeHash, sql::millis(now), sql::millis(now + Kiosks::kCodeLife + kStepBack));
    if (!code.executeStep()) return spentBefore(db, codeHash, request.kioskKey);
    if (isRevokedKey(db, request.kioskKey)) return base::fail(ProblemKind::Forbidden);
    auto prefix = freePrefix(db);
    if (!prefix) return tl::unexpected(prefix.error());
    Kiosk kiosk{base::Uuid::v7(now).text(), request.kioskKey, *prefix, code.getColumn(0).getString(),
                code.getColumn(1).getString()};
    const auto replaces = code.getColumn(2).getString();
    kiosk.succeeds = formerFor(db, request, replaces);
    sql::exec(
        db,
        "INSERT INTO kiosks (id, key, prefix, ward, station, enrolled_at, succeeds) VALUES (?, ?, ?, ?, "
        "?, ?, nullif(?, ''))",
        kiosk.id, kiosk.key, kiosk.prefix, kiosk.ward, kiosk.station, sql::millis(now), kiosk.succeeds);
    sql::exec(db, "UPDATE enrolment_codes SET used_by = ? WHERE hash = ?", kiosk.id, codeHash);
    revokeIn(db, kiosk.succeeds, now);
    if (!replaces.empty()) joinChains(db, kiosk.succeeds, replaces, now);
    return kiosk;
}

}  // namespace

Result<std::string> Kiosks::newCode(const std::string& ward, const std::string& station, base::WallTime now,
                                    const std::string& replaces) {
    const auto name = base::clean(station);
    if (!isWardCode(ward)) return outOfRange("ward", "five digits");
    if (!isStationName(name)) return outOfRange("station", "a name of 1 to 60 characters");
    const auto secret = symbols(16);
    return db_.write([&](SQLite::Database& db) -> Result<std::string> {
        sql::exec(db, "DELETE FROM enrolment_codes WHERE expires_at < ? AND used_by IS NULL",
                  sql::millis(now));
        const bool known = sql::query(db, "SELECT 1 FROM kiosks WHERE id = ?", replaces).executeStep();
        if (!replaces.empty() && !known) return base::fail(ProblemKind::NotFound, {{"key", "replaces"}});
        sql::exec(
            db,
            "INSERT INTO enrolment_codes (hash, ward, station, expires_at, replaces) VALUES (?, ?, ?, ?, "
            "nullif(?, ''))",
            crypto::sha256Hex(secret), ward, name, sql::millis(now + kCodeLife), replaces);
        return secret;
    });
}

Result<Kiosk> Kiosks::enrol(const wire::EnrolmentRequest& request, base::WallTime now) {
    if (!crypto::VerifyKey::parse(request.kioskKey)) return base::fail(ProblemKind::Unprocessable);
    return db_.write([&](SQLite::Database& db) -> Result<Kiosk> {
        return addKiosk(db, crypto::sha256Hex(request.secret), request, now);
    });
}

Result<std::optional<Kiosk>> Kiosks::find(const std::string& id) {
    return db_.read([&](SQLite::Database& db) -> Result<std::optional<Kiosk>> {
        auto row = sql::query(db, (std::string(kColumns) + " WHERE id = ?").c_str(), id);
        if (!row.executeStep()) return std::nullopt;
        return kioskFrom(row);
    });
}

Result<std::vector<Kiosk>> Kiosks::list() {
    return db_.read([&](SQLite::Database& db) -> Result<std::vector<Kiosk>> {
        std::vector<Kiosk> all;
        auto rows = sql::query(db, (std::string(kColumns) + " ORDER BY id").c_str());
        while (rows.executeStep()) all.push_back(kioskFrom(rows));
        return all;
    });
}

Result<void> Kiosks::revoke(const std::string& id, base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        if (revokeIn(db, id, now) == 0) return base::fail(ProblemKind::NotFound);
        return {};
    });
}

Result<void> Kiosks::markStolen(const std::string& id, base::WallTime since, base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        revokeIn(db, id, now);
        if (sql::exec(db, "UPDATE kiosks SET stolen_since = ?, released_at = NULL WHERE id = ?",
                      sql::millis(since), id) == 0)
            return base::fail(ProblemKind::NotFound);
        return {};
    });
}

Result<void> Kiosks::release(const std::string& id, base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> Result<void> {
        if (sql::exec(db, "UPDATE kiosks SET released_at = ? WHERE id = ? AND stolen_since IS NOT NULL",
                      sql::millis(now), id) == 0)
            return base::fail(ProblemKind::NotFound);
        return {};
    });
}

Result<std::optional<Kiosk>> Kiosks::formerOf(const Kiosk& line, const std::string& id) {
    std::string earlier = line.succeeds;
    for (int step = 0; step < kMostFormers && !earlier.empty(); ++step) {
        auto former = find(earlier);
        if (!former || !*former || (*former)->id == id) return former;
        earlier = (*former)->succeeds;
    }
    return std::nullopt;
}

}  // namespace tram::gateway
