#include "tests/bench/gateway/Fill.h"

#include <SQLiteCpp/SQLiteCpp.h>

namespace tram::bench {
namespace {

// One row after the other costs a trigger each; the counts are set at the end.
constexpr const char* kQuick =
    "PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF; PRAGMA cache_size=-400000;";
constexpr const char* kNumbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ";
constexpr const char* kUuid =
    "printf('0190%04x-%04x-7%03x-8%03x-%012x', i / 65536, i % 65536, random() & 4095, random() & 4095, i)";

std::string triggerOf(SQLite::Database& db, const char* name) {
    SQLite::Statement row(db, "SELECT sql FROM sqlite_master WHERE name = ?");
    row.bind(1, name);
    row.executeStep();
    return row.getColumn(0).getString();
}

/// Runs `work` without the trigger.
template <class Work>
void without(SQLite::Database& db, const char* name, Work work) {
    const auto sql = triggerOf(db, name);
    db.exec(std::string("DROP TRIGGER ") + name);
    work();
    db.exec(sql);
}

void count(SQLite::Database& db, const char* column, const char* what, std::int64_t count) {
    db.exec("UPDATE tallies SET count = " + std::to_string(count) + " WHERE " + column + " = '" + what + "'");
}

void fillCity(const std::filesystem::path& file, const std::string& kiosk, std::int64_t live,
              std::int64_t forgotten) {
    SQLite::Database db(file.string(), SQLite::OPEN_READWRITE);
    db.exec(kQuick);
    SQLite::Transaction transaction(db);
    without(db, "envelopes_come", [&] {
        const auto numbers = kNumbers + std::to_string(live) + ") ";
        db.exec(numbers + "INSERT INTO envelopes (id, kiosk, received_at, state) SELECT " + kUuid + ", '" +
                kiosk + "', 1700000000000 + i, 'opened' FROM n");
        db.exec("INSERT INTO sealed SELECT sequence, randomblob(2000) FROM envelopes");
    });
    // In the order of the tree: ten million random places would take an hour.
    without(db, "forgotten_comes", [&] {
        if (forgotten > 0)
            db.exec(
                kNumbers + std::to_string(forgotten) +
                ") INSERT INTO forgotten SELECT randomblob(16) AS h, randomblob(32), 0 FROM n ORDER BY h");
    });
    count(db, "state", "opened", live);
    count(db, "state", "forgotten", forgotten);
    transaction.commit();
    db.exec("PRAGMA journal_mode=WAL");
}

void fillReports(const std::filesystem::path& file, const std::string& kiosk, std::int64_t live) {
    SQLite::Database db(file.string(), SQLite::OPEN_READWRITE);
    db.exec(kQuick);
    SQLite::Transaction transaction(db);
    without(db, "reports_come", [&] {
        db.exec(
            kNumbers + std::to_string(live) + R"sql()
            INSERT INTO reports (id, kiosk, code, secret_hash, received_at, field, ward, disclosure, language,
                consent_version, consent_at, pictures, pictures_kept, stage, due_at, delivered_at, closed_at)
            SELECT )sql" +
            kUuid + ", '" + kiosk +
            R"sql(', printf('%010d', i), hex(randomblob(32)), 1700000000000 + i, 'chieu-sang', '27154', 'named',
                'vi', '1', '2026-11-21T09:00:00+07:00', 0, 0, 'done', 0, 1700000000000, 1700000000000 + i FROM n)sql");
        db.exec(
            "INSERT INTO contents SELECT sequence, hex(randomblob(200)), '', '', '' FROM "
            "reports");
        db.exec("INSERT INTO events SELECT id, 'received', received_at, '' FROM reports");
    });
    count(db, "stage", "done", live);
    transaction.commit();
    db.exec("PRAGMA journal_mode=WAL");
}

}  // namespace

void fill(const std::filesystem::path& data, const std::string& kiosk, std::int64_t live,
          std::int64_t forgotten) {
    fillCity(data / "gateway.db", kiosk, live, forgotten);
    fillReports(data / "reports.db", kiosk, live);
}

}  // namespace tram::bench
