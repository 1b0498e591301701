#include "gateway/identity/LoginRecords.h"

#include "crypto/Bytes.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {
base::Result<void> LoginRecords::begun(const std::string& login, const std::string& kiosk,
                                       base::WallTime now) {
    return db_.write([&](SQLite::Database& db) -> base::Result<void> {
        sql::exec(db, "INSERT INTO logins (id, kiosk, at, outcome) VALUES (?, ?, ?, 'begun')", login, kiosk,
                  sql::millis(base::coarseToHour(now)));
        return {};
    });
}

base::Result<void> LoginRecords::ended(const std::string& login, std::string_view outcome) {
    return db_.write([&](SQLite::Database& db) -> base::Result<void> {
        sql::exec(db, "UPDATE logins SET outcome = ? WHERE id = ?", std::string(outcome), login);
        return {};
    });
}

base::Result<std::size_t> LoginRecords::sweep(std::chrono::hours kept, base::WallTime now) {
    const auto hour = base::coarseToHour(now);
    return db_.write([&](SQLite::Database& db) -> base::Result<std::size_t> {
        sql::exec(db, "UPDATE logins SET at = ?1 WHERE at > ?1", sql::millis(hour));
        return static_cast<std::size_t>(
            sql::exec(db, "DELETE FROM logins WHERE at <= ?", sql::millis(hour - kept)));
    });
}

}  // namespace tram::gateway
