#include "gateway/storage/Storage.h"

#include "base/Files.h"
#include "base/Uuid.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {
namespace {

constexpr const char *kCityFile = "gateway.db", *kReportsFile = "reports.db";

constexpr const char* kCity[] = {R"sql(
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('epoch', lower(hex(randomblob(16)))), ('backed_up_through', '');
CREATE TABLE enrolment_codes (
    hash TEXT PRIMARY KEY, ward TEXT NOT NULL, station TEXT NOT NULL, expires_at INTEGER NOT NULL, used_by TEXT
) WITHOUT ROWID;
CREATE TABLE kiosks (
    id TEXT PRIMARY KEY, key TEXT NOT NULL, prefix TEXT NOT NULL UNIQUE, ward TEXT NOT NULL, station TEXT NOT NULL,
    enrolled_at INTEGER NOT NULL, revoked_at INTEGER
) WITHOUT ROWID;
CREATE TABLE tokens (hash TEXT PRIMARY KEY, kiosk TEXT NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX tokens_by_expiry ON tokens (expires_at);
CREATE TABLE assertions (
    kiosk TEXT NOT NULL, jti TEXT NOT NULL, expires_at INTEGER NOT NULL, PRIMARY KEY (kiosk, jti)
) WITHOUT ROWID;
CREATE INDEX assertions_by_expiry ON assertions (expires_at);
CREATE TABLE envelopes (
    sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kiosk TEXT NOT NULL REFERENCES kiosks (id),
    bytes TEXT NOT NULL, received_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('stored', 'opened', 'quarantined')), reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX envelopes_stored ON envelopes (sequence) WHERE state = 'stored';
CREATE INDEX envelopes_quarantined ON envelopes (sequence) WHERE state = 'quarantined';
CREATE TABLE attachments (
    kiosk TEXT NOT NULL REFERENCES kiosks (id), sha256 TEXT NOT NULL, total INTEGER NOT NULL,
    complete INTEGER NOT NULL DEFAULT 0, envelope TEXT, touched_at INTEGER NOT NULL, PRIMARY KEY (kiosk, sha256)
) WITHOUT ROWID;
CREATE TABLE heartbeats (
    kiosk TEXT PRIMARY KEY REFERENCES kiosks (id), at INTEGER NOT NULL, version TEXT NOT NULL,
    waiting INTEGER NOT NULL, needs_attention INTEGER NOT NULL, free_disk_bytes INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE calls (
    sequence INTEGER PRIMARY KEY, kiosk TEXT NOT NULL REFERENCES kiosks (id), reason TEXT NOT NULL, at INTEGER NOT NULL
);
)sql",
                                 // Which enrolment a kiosk's new one continues; kiosks that were stolen.
                                 R"sql(
ALTER TABLE kiosks ADD COLUMN succeeds TEXT;
ALTER TABLE kiosks ADD COLUMN stolen_since INTEGER;
ALTER TABLE kiosks ADD COLUMN released_at INTEGER;
ALTER TABLE enrolment_codes ADD COLUMN replaces TEXT;
CREATE INDEX kiosks_by_key ON kiosks (key);
)sql"};

constexpr const char* kReports[] = {R"sql(
CREATE TABLE reports (
    id TEXT PRIMARY KEY, kiosk TEXT NOT NULL, code TEXT NOT NULL UNIQUE, secret_hash TEXT NOT NULL,
    received_at INTEGER NOT NULL, fields TEXT NOT NULL, pictures INTEGER NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('waiting', 'followed', 'done')), tries INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL, external_number TEXT NOT NULL DEFAULT '', promised_at INTEGER,
    answer TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX reports_due ON reports (stage, due_at) WHERE stage <> 'done';
CREATE TABLE events (
    report TEXT NOT NULL REFERENCES reports (id), state TEXT NOT NULL, at INTEGER NOT NULL, unit TEXT NOT NULL,
    PRIMARY KEY (report, state)
) WITHOUT ROWID;
)sql"};

base::Result<std::string> meta(SharedDatabase& db, const char* key) {
    return db.read([&](SQLite::Database& raw) -> base::Result<std::string> {
        auto row = sql::query(raw, "SELECT value FROM meta WHERE key = ?", key);
        if (!row.executeStep()) return base::fail(base::ProblemKind::StoreDamaged);
        return row.getColumn(0).getString();
    });
}

base::Result<void> makePrivateDirectory(const std::filesystem::path& dir) {
    std::error_code error;
    std::filesystem::create_directories(dir, error);
    if (!error) std::filesystem::permissions(dir, std::filesystem::perms::owner_all, error);
    if (error) return tl::unexpected(base::fileProblem(error.value(), dir));
    return {};
}

base::Result<void> requireGateway(const std::filesystem::path& dir) {
    for (const auto* file : {kCityFile, kReportsFile}) {
        std::error_code ignored;
        if (!std::filesystem::is_regular_file(dir / file, ignored))
            return base::fail(base::ProblemKind::FileMissing,
                              {{"path", (dir / file).string()},
                               {"expected", "the data directory of a gateway; only serve makes one"}});
    }
    return {};
}

base::Result<Storage> openIn(const std::filesystem::path& dir, std::optional<SoleServer> sole) {
    auto city = SharedDatabase::open(dir / kCityFile, kCity);
    if (!city) return tl::unexpected(city.error());
    auto reports = SharedDatabase::open(dir / kReportsFile, kReports);
    if (!reports) return tl::unexpected(reports.error());
    return Storage{std::move(sole), std::move(*city), std::move(*reports), dir};
}

}  // namespace

base::Result<std::unique_ptr<SharedDatabase>> SharedDatabase::open(const std::filesystem::path& path,
                                                                   store::Database::Migrations migrations) {
    auto db = store::Database::open(path, migrations);
    if (!db) return tl::unexpected(db.error());
    return std::unique_ptr<SharedDatabase>(new SharedDatabase(std::move(*db)));
}

base::Result<Storage> Storage::openOrCreate(const std::filesystem::path& dir) {
    if (auto made = makePrivateDirectory(dir); !made) return tl::unexpected(made.error());
    auto sole = SoleServer::claim(dir);
    if (!sole) return tl::unexpected(sole.error());
    return openIn(dir, std::move(*sole));
}

base::Result<Storage> Storage::openExisting(const std::filesystem::path& dir) {
    if (auto there = requireGateway(dir); !there) return tl::unexpected(there.error());
    return openIn(dir, std::nullopt);
}

base::Result<std::string> Storage::epoch() {
    return meta(*city, "epoch");
}
base::Result<std::string> Storage::backedUpThrough() {
    return meta(*city, "backed_up_through");
}

base::Result<void> Storage::renewEpoch() {
    return city->write([](SQLite::Database& db) -> base::Result<void> {
        sql::exec(db, "UPDATE meta SET value = lower(hex(randomblob(16))) WHERE key = 'epoch'");
        return {};
    });
}

}  // namespace tram::gateway
