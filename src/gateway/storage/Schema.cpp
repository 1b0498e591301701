#include "gateway/storage/Schema.h"

namespace tram::gateway {
namespace {

constexpr const char* kCity1 = R"sql(
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
)sql";

// Which enrolment a kiosk's new one continues; kiosks that were stolen.
constexpr const char* kCity2 = R"sql(
ALTER TABLE kiosks ADD COLUMN succeeds TEXT;
ALTER TABLE kiosks ADD COLUMN stolen_since INTEGER;
ALTER TABLE kiosks ADD COLUMN released_at INTEGER;
ALTER TABLE enrolment_codes ADD COLUMN replaces TEXT;
CREATE INDEX kiosks_by_key ON kiosks (key);
)sql";

// Sealed bytes stand apart from what changes about them, so that a change of state does not write them again.
// Of what was forgotten only hashes stay (16 bytes of SHA-256 name it among others, all 32 tell its bytes
// from other ones). Counts are kept, not counted: a city's store holds millions.
constexpr const char* kCity3 = R"sql(
CREATE TABLE sealed (sequence INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
INSERT INTO sealed SELECT sequence, bytes FROM envelopes ORDER BY sequence;
ALTER TABLE envelopes RENAME TO envelopes_2;
DROP INDEX envelopes_stored;
DROP INDEX envelopes_quarantined;
CREATE TABLE envelopes (
    sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kiosk TEXT NOT NULL REFERENCES kiosks (id),
    received_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('stored', 'opened', 'quarantined', 'set_aside', 'forgetting')),
    reason TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT ''
);
INSERT INTO envelopes (sequence, id, kiosk, received_at, state, reason)
    SELECT sequence, id, kiosk, received_at, state, reason FROM envelopes_2 ORDER BY sequence;
DROP TABLE envelopes_2;
CREATE INDEX envelopes_stored ON envelopes (sequence) WHERE state = 'stored';
CREATE INDEX envelopes_quarantined ON envelopes (sequence) WHERE state = 'quarantined';
CREATE INDEX envelopes_set_aside ON envelopes (sequence) WHERE state = 'set_aside';
CREATE INDEX envelopes_forgetting ON envelopes (sequence) WHERE state = 'forgetting';
CREATE TABLE forgotten (id_hash BLOB PRIMARY KEY, bytes_hash BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX attachments_by_envelope ON attachments (envelope) WHERE envelope IS NOT NULL;
CREATE INDEX attachments_unnamed ON attachments (kiosk, total) WHERE envelope IS NULL;
CREATE INDEX attachments_untouched ON attachments (touched_at) WHERE envelope IS NULL;
CREATE INDEX calls_by_time ON calls (at);
CREATE TABLE tallies (state TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO tallies SELECT s.column1, (SELECT count(*) FROM envelopes WHERE state = s.column1)
    FROM (VALUES ('stored'), ('opened'), ('quarantined'), ('set_aside'), ('forgetting'), ('forgotten')) s;
CREATE TRIGGER envelopes_come AFTER INSERT ON envelopes BEGIN
    UPDATE tallies SET count = count + 1 WHERE state = new.state;
END;
CREATE TRIGGER envelopes_change AFTER UPDATE OF state ON envelopes WHEN new.state <> old.state BEGIN
    UPDATE tallies SET count = count - 1 WHERE state = old.state;
    UPDATE tallies SET count = count + 1 WHERE state = new.state;
END;
CREATE TRIGGER envelopes_go AFTER DELETE ON envelopes BEGIN
    UPDATE tallies SET count = count - 1 WHERE state = old.state;
END;
CREATE TRIGGER forgotten_comes AFTER INSERT ON forgotten BEGIN
    UPDATE tallies SET count = count + 1 WHERE state = 'forgotten';
END;
)sql";

// Backups are told apart by how many actions they hold, not by clocks. Whether an attachment is whole its
// file says alone. Times are of the hour: an envelope may be of somebody who gave no name (STANDARDS 14),
// which its row cannot tell. By their time envelopes are found, not by their order: a clock may have been
// ahead.
constexpr const char* kCity4 = R"sql(
INSERT INTO meta VALUES ('backed_up', '0'), ('retention_ran', '');
ALTER TABLE attachments DROP COLUMN complete;
UPDATE attachments SET touched_at = touched_at - touched_at % 3600000;
UPDATE envelopes SET received_at = received_at - received_at % 3600000;
CREATE INDEX envelopes_by_time ON envelopes (received_at);
)sql";

// That somebody logged in at a kiosk, to the hour, and how it went; nothing of who.
constexpr const char* kCity5 = R"sql(
CREATE TABLE logins (
    id TEXT PRIMARY KEY, kiosk TEXT NOT NULL REFERENCES kiosks (id), at INTEGER NOT NULL, outcome TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX logins_by_time ON logins (at);
)sql";

// What operators did, on its way to the log of whoever serves (Acts.h). Whether a kiosk's store is damaged.
constexpr const char* kCity6 = R"sql(
CREATE TABLE acts (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, deed TEXT NOT NULL,
    what TEXT NOT NULL DEFAULT '', whom TEXT NOT NULL DEFAULT '', outcome INTEGER NOT NULL DEFAULT 0
);
ALTER TABLE heartbeats ADD COLUMN damaged_stores INTEGER NOT NULL DEFAULT 0;
)sql";

// Of which forgotten actions the report was erased too (inbox/Halves.h).
constexpr const char* kCity7 = R"sql(
ALTER TABLE forgotten ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;
)sql";

// Which of what the city published a kiosk shows.
constexpr const char* kCity8 = R"sql(
ALTER TABLE heartbeats ADD COLUMN content_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE heartbeats ADD COLUMN content_signed_at INTEGER;
)sql";

// Emergency alerts as they came, and the one document that is made of those in force (gateway/alerts).
constexpr const char* kCity9 = R"sql(
CREATE TABLE alerts (
    sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sender TEXT NOT NULL, identifier TEXT NOT NULL,
    sent INTEGER NOT NULL, last_moment INTEGER NOT NULL, ends_others INTEGER NOT NULL, source TEXT NOT NULL,
    given_by TEXT NOT NULL, trusted INTEGER NOT NULL, document TEXT NOT NULL, received_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('in_force', 'waiting', 'rejected', 'retracted')),
    decided_by TEXT NOT NULL DEFAULT '', decided_at INTEGER, UNIQUE (sender, identifier, sent)
);
CREATE TABLE alerts_refused (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, place TEXT NOT NULL, rule TEXT NOT NULL, at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE alert_list (changes INTEGER NOT NULL, document TEXT NOT NULL);
INSERT INTO alert_list VALUES (0, '');
)sql";

// Several messages may claim the same name, and a person decides; of those that are over a hash of the name
// stays, so that none is taken as new again.
constexpr const char* kCity10 = R"sql(
ALTER TABLE alerts RENAME TO alerts_9;
CREATE TABLE alerts (
    sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sender TEXT NOT NULL, identifier TEXT NOT NULL,
    sent INTEGER NOT NULL, source TEXT NOT NULL, given_by TEXT NOT NULL, trusted INTEGER NOT NULL,
    bytes INTEGER NOT NULL, document TEXT NOT NULL, received_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('in_force', 'waiting', 'rejected', 'retracted')),
    decided_by TEXT NOT NULL DEFAULT '', decided_at INTEGER, over_since INTEGER
);
INSERT INTO alerts SELECT sequence, id, sender, identifier, sent, source, given_by, trusted, length(document),
    document, received_at, state, decided_by, decided_at, NULL FROM alerts_9 ORDER BY sequence;
DROP TABLE alerts_9;
CREATE INDEX alerts_by_name ON alerts (sender, identifier, sent);
CREATE INDEX alerts_by_share ON alerts (source, trusted, bytes);
CREATE TABLE alerts_forgotten (name TEXT PRIMARY KEY, sent INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX alerts_forgotten_by_time ON alerts_forgotten (sent);
)sql";

// How it went with guides (gateway/tally): sums, nobody's rows.
constexpr const char* kCity11 = R"sql(
CREATE TABLE guide_tallies (
    day TEXT NOT NULL, ward TEXT NOT NULL, grp TEXT NOT NULL, guide TEXT NOT NULL, platform TEXT NOT NULL,
    outcome TEXT NOT NULL, helped INTEGER NOT NULL, count INTEGER NOT NULL, minutes INTEGER NOT NULL,
    PRIMARY KEY (day, ward, grp, guide, platform, outcome, helped)
) WITHOUT ROWID;
)sql";

// What people think of offices and kiosks, and what they said is broken (gateway/rating). The words of a
// rating are in its envelope alone. `subject` is a keyed hash, and stays for ever: that is counted once.
constexpr const char* kCity12 = R"sql(
CREATE TABLE ratings (
    subject TEXT PRIMARY KEY, envelope TEXT NOT NULL, about TEXT NOT NULL, office_key TEXT NOT NULL,
    office TEXT NOT NULL, kiosk TEXT NOT NULL, day TEXT NOT NULL, received_at INTEGER NOT NULL,
    stars INTEGER NOT NULL, reasons TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX ratings_by_office ON ratings (office_key, received_at, stars);
CREATE INDEX ratings_by_about ON ratings (about);
CREATE TABLE ratings_shown (
    office_key TEXT PRIMARY KEY, stars INTEGER NOT NULL, count INTEGER NOT NULL, as_of TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO meta VALUES ('ratings_repeated', '0');
CREATE TABLE faults (
    number INTEGER PRIMARY KEY AUTOINCREMENT, kiosk TEXT NOT NULL REFERENCES kiosks (id), part TEXT NOT NULL,
    words TEXT NOT NULL, at INTEGER NOT NULL, closed_at INTEGER
);
CREATE INDEX faults_open ON faults (kiosk) WHERE closed_at IS NULL;
)sql";

// Numbers of offices' queues that were given (gateway/turn), so that the same request gives the same again:
// nothing of who took them, and gone after two days.
constexpr const char* kCity13 = R"sql(
CREATE TABLE turns (
    id TEXT PRIMARY KEY, kiosk TEXT NOT NULL, office TEXT NOT NULL, desk TEXT NOT NULL, at INTEGER NOT NULL,
    ticket TEXT NOT NULL
) WITHOUT ROWID;
)sql";

// Who helped with an action (gateway/inbox/Handled.h): nothing of a resident, and gone with its envelope.
constexpr const char* kCity14 = R"sql(
CREATE TABLE handled (
    action TEXT PRIMARY KEY REFERENCES envelopes (id) ON DELETE CASCADE, staff TEXT NOT NULL, role TEXT NOT NULL,
    desk TEXT NOT NULL, consent_version TEXT NOT NULL, consent_how TEXT NOT NULL, day TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX handled_by_staff ON handled (staff, day);
)sql";

// Whether who helped was known to the registry of staff (StaffRegistry::Standing).
constexpr const char* kCity15 = R"sql(
ALTER TABLE handled ADD COLUMN standing TEXT NOT NULL DEFAULT 'known';
)sql";

// Help given away from stations, and to whom, is told apart; campaigns (gateway/tally/CampaignBook.h); how
// often which errand was run at a ward's stations, day by day, once for each action.
constexpr const char* kCity16 = R"sql(
ALTER TABLE guide_tallies RENAME TO guide_tallies_15;
CREATE TABLE guide_tallies (
    ward TEXT NOT NULL, day TEXT NOT NULL, grp TEXT NOT NULL, guide TEXT NOT NULL, platform TEXT NOT NULL,
    outcome TEXT NOT NULL, helped INTEGER NOT NULL, away INTEGER NOT NULL, audience TEXT NOT NULL,
    count INTEGER NOT NULL, minutes INTEGER NOT NULL,
    PRIMARY KEY (ward, day, grp, guide, platform, outcome, helped, away, audience)
) WITHOUT ROWID;
INSERT INTO guide_tallies SELECT ward, day, grp, guide, platform, outcome, helped, 0, '', count, minutes
    FROM guide_tallies_15;
DROP TABLE guide_tallies_15;
CREATE TABLE campaigns (
    ward TEXT NOT NULL, id TEXT NOT NULL, deadline TEXT NOT NULL, plan TEXT NOT NULL, closed_at INTEGER,
    PRIMARY KEY (ward, id)
) WITHOUT ROWID;
CREATE TABLE errands (
    ward TEXT NOT NULL, day TEXT NOT NULL, errand TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (ward, day, errand)
) WITHOUT ROWID;
ALTER TABLE envelopes ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;
)sql";

// The newest line of each chain of a station's log of staff (gateway/fleet/LogHeads.h), and what was wrong
// with one that was sent later.
constexpr const char* kCity17 = R"sql(
CREATE TABLE log_heads (
    kiosk TEXT NOT NULL REFERENCES kiosks (id), chain TEXT NOT NULL, n INTEGER NOT NULL, hash TEXT NOT NULL,
    first_at INTEGER NOT NULL, at INTEGER NOT NULL, trouble TEXT NOT NULL DEFAULT '',
    trouble_n INTEGER NOT NULL DEFAULT 0, trouble_at INTEGER, PRIMARY KEY (kiosk, chain)
) WITHOUT ROWID;
)sql";

constexpr const char* kCityMigrations[] = {kCity1,  kCity2,  kCity3,  kCity4,  kCity5,  kCity6,
                                           kCity7,  kCity8,  kCity9,  kCity10, kCity11, kCity12,
                                           kCity13, kCity14, kCity15, kCity16, kCity17};

}  // namespace

store::Database::Migrations cityMigrations() {
    return kCityMigrations;
}

}  // namespace tram::gateway
