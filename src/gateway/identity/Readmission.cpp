#include "gateway/identity/Readmission.h"

#include "base/TrackingCode.h"
#include "base/Uuid.h"
#include "base/VietnameseText.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;

Result<void> unfitting(const char* key, const char* expected) {
    return base::fail(ProblemKind::OutOfRange, {{"key", key}, {"expected", expected}});
}

Result<void> fits(const Kiosk& kiosk) {
    if (!base::Uuid::parse(kiosk.id)) return unfitting("id", "a UUID");
    if (!crypto::VerifyKey::parse(kiosk.key)) return unfitting("key", "43 symbols of base64url");
    if (kiosk.prefix.size() != 3 ||
        !base::TrackingCode::make(kiosk.prefix, base::TrackingCode::randomSymbols()))
        return unfitting("prefix", "three symbols");
    if (kiosk.ward.size() != 5 || kiosk.ward.find_first_not_of("0123456789") != kiosk.ward.npos)
        return unfitting("ward", "five digits");
    const auto name = base::clean(kiosk.station);
    if (name.empty() || name != kiosk.station || base::characters(name) > 60)
        return unfitting("station", "a name of 1 to 60 characters");
    return {};
}

}  // namespace

Result<void> readmit(SharedDatabase& db, const Kiosk& kiosk, base::WallTime now) {
    if (auto fit = fits(kiosk); !fit) return fit;
    return db.write([&](SQLite::Database& raw) -> Result<void> {
        if (sql::query(raw, "SELECT 1 FROM kiosks WHERE id = ? OR prefix = ?", kiosk.id, kiosk.prefix)
                .executeStep())
            return base::fail(ProblemKind::Conflict, {{"expected", "an id and a prefix that no kiosk has"}});
        // Each enrolment makes a key of its own: this one is a thief's, or somebody's mistake.
        if (sql::query(raw, "SELECT 1 FROM kiosks WHERE key = ? AND revoked_at IS NOT NULL", kiosk.key)
                .executeStep())
            return base::fail(ProblemKind::Forbidden, {{"expected", "a key that was never revoked"}});
        sql::exec(
            raw, "INSERT INTO kiosks (id, key, prefix, ward, station, enrolled_at) VALUES (?, ?, ?, ?, ?, ?)",
            kiosk.id, kiosk.key, kiosk.prefix, kiosk.ward, kiosk.station, sql::millis(now));
        return {};
    });
}

}  // namespace tram::gateway
