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

constexpr const char* kReports1 = R"sql(
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
)sql";

// Opened columns are few, and personal ones stand apart from what changes: the receipt's secret is kept as a
// hash only, and what is looked at every second no longer passes over anybody's words.
constexpr const char* kReports2 = R"sql(
ALTER TABLE reports RENAME TO reports_1;
ALTER TABLE events RENAME TO events_1;
DROP INDEX reports_due;
CREATE TABLE reports (
    sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kiosk TEXT NOT NULL, code TEXT NOT NULL UNIQUE,
    secret_hash TEXT NOT NULL, received_at INTEGER NOT NULL, field TEXT NOT NULL, ward TEXT NOT NULL,
    disclosure TEXT NOT NULL, language TEXT NOT NULL, consent_version TEXT NOT NULL, consent_at TEXT NOT NULL,
    pictures INTEGER NOT NULL, pictures_kept INTEGER NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('waiting', 'followed', 'done')), tries INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL, external_number TEXT NOT NULL DEFAULT '', promised_at INTEGER,
    delivered_at INTEGER, closed_at INTEGER
);
CREATE TABLE contents (
    report INTEGER PRIMARY KEY REFERENCES reports (sequence) ON DELETE CASCADE,
    text TEXT NOT NULL, address TEXT NOT NULL, landmark TEXT NOT NULL,
    name TEXT NOT NULL, phone TEXT NOT NULL, email TEXT NOT NULL, answer TEXT NOT NULL DEFAULT ''
);
CREATE TABLE events (
    report TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE, state TEXT NOT NULL, at INTEGER NOT NULL,
    unit TEXT NOT NULL, PRIMARY KEY (report, state)
) WITHOUT ROWID;
INSERT INTO reports (id, kiosk, code, secret_hash, received_at, field, ward, disclosure, language, consent_version,
        consent_at, pictures, pictures_kept, stage, tries, due_at, external_number, promised_at, delivered_at, closed_at)
    SELECT id, kiosk, code, secret_hash, received_at, json_extract(fields, '$.field'), json_extract(fields, '$.ward'),
        json_extract(fields, '$.disclosure'), json_extract(fields, '$.language'),
        json_extract(fields, '$.consent_version'), json_extract(fields, '$.consent_at'), pictures, pictures > 0, stage,
        tries, due_at, external_number, promised_at,
        (SELECT min(at) FROM events_1 e WHERE e.report = r.id AND e.state <> 'received'),
        iif(stage = 'done', (SELECT max(at) FROM events_1 e WHERE e.report = r.id), NULL)
    FROM reports_1 r ORDER BY id;
INSERT INTO contents
    SELECT n.sequence, json_extract(fields, '$.text'), json_extract(fields, '$.address'),
        json_extract(fields, '$.landmark'),
        iif(n.stage = 'waiting', coalesce(json_extract(fields, '$.name'), ''), ''),
        iif(n.stage = 'waiting', coalesce(json_extract(fields, '$.phone'), ''), ''),
        iif(n.stage = 'waiting', coalesce(json_extract(fields, '$.email'), ''), ''), answer
    FROM reports n JOIN reports_1 o ON o.id = n.id ORDER BY n.sequence;
INSERT INTO events SELECT * FROM events_1;
DROP TABLE events_1;
DROP TABLE reports_1;
CREATE INDEX reports_due ON reports (due_at) WHERE stage <> 'done';
CREATE INDEX reports_closed ON reports (closed_at) WHERE stage = 'done';
CREATE INDEX reports_pictured ON reports (delivered_at) WHERE pictures_kept = 1;
CREATE TABLE tallies (stage TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO tallies SELECT s.column1, (SELECT count(*) FROM reports WHERE stage = s.column1)
    FROM (VALUES ('waiting'), ('followed'), ('done')) s;
CREATE TRIGGER reports_come AFTER INSERT ON reports BEGIN
    UPDATE tallies SET count = count + 1 WHERE stage = new.stage;
END;
CREATE TRIGGER reports_change AFTER UPDATE OF stage ON reports WHEN new.stage <> old.stage BEGIN
    UPDATE tallies SET count = count - 1 WHERE stage = old.stage;
    UPDATE tallies SET count = count + 1 WHERE stage = new.stage;
END;
CREATE TRIGGER reports_go AFTER DELETE ON reports BEGIN
    UPDATE tallies SET count = count - 1 WHERE stage = old.stage;
END;
)sql";

// Who wrote it is in the sealed copy, and opened for 1022 when it is handed over. Of a report without a name
// no time is more exact than the hour. What is deleted here owes the file a rewriting (Erasure::scrub).
constexpr const char* kReports3 = R"sql(
ALTER TABLE contents DROP COLUMN name;
ALTER TABLE contents DROP COLUMN phone;
ALTER TABLE contents DROP COLUMN email;
UPDATE events SET at = at - at % 3600000 WHERE report IN (SELECT id FROM reports WHERE disclosure = 'anonymous');
UPDATE reports SET received_at = received_at - received_at % 3600000, due_at = due_at - due_at % 3600000,
    promised_at = promised_at - promised_at % 3600000, delivered_at = delivered_at - delivered_at % 3600000,
    closed_at = closed_at - closed_at % 3600000 WHERE disclosure = 'anonymous';
CREATE TABLE deletions (unscrubbed INTEGER NOT NULL);
INSERT INTO deletions VALUES (0);
CREATE TRIGGER reports_owe AFTER DELETE ON reports BEGIN
    UPDATE deletions SET unscrubbed = unscrubbed + 1;
END;
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

// A keyed hash of who was logged in (identity/Subjects.h), for "my reports".
constexpr const char* kReports4 = R"sql(
ALTER TABLE reports ADD COLUMN subject TEXT;
CREATE INDEX reports_by_subject ON reports (subject, sequence) WHERE subject IS NOT NULL;
)sql";

// Answers to surveys (gateway/survey). Without row ids: those would be an order in time, and tell which token
// was issued when and whose answer came next. Which tokens were spent and who had one stand apart from the
// answers, and stay when those go, so that nothing is counted twice.
constexpr const char* kReports5 = R"sql(
CREATE TABLE survey_forms (
    survey TEXT NOT NULL, hash TEXT NOT NULL, form TEXT NOT NULL, learned_at INTEGER NOT NULL,
    current INTEGER NOT NULL, PRIMARY KEY (survey, hash)
) WITHOUT ROWID;
CREATE TABLE survey_issued (
    survey TEXT NOT NULL, subject TEXT NOT NULL, asked TEXT NOT NULL, PRIMARY KEY (survey, subject)
) WITHOUT ROWID;
CREATE TABLE survey_spent (survey TEXT NOT NULL, spent TEXT NOT NULL, PRIMARY KEY (survey, spent)) WITHOUT ROWID;
CREATE TABLE survey_answers (
    id TEXT PRIMARY KEY, survey TEXT NOT NULL, form TEXT NOT NULL, hour INTEGER NOT NULL, counted INTEGER NOT NULL,
    name TEXT NOT NULL, answers TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX survey_answers_by_survey ON survey_answers (survey, id);
CREATE INDEX survey_answers_by_hour ON survey_answers (hour);
CREATE TRIGGER survey_answers_owe AFTER DELETE ON survey_answers BEGIN
    UPDATE deletions SET unscrubbed = unscrubbed + 1;
END;
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

// Until when a form is answered, and since when it no longer is in force. What is shown of a survey's answers
// (gateway/survey/SurveyBatches): a batch at a time, so that of one answer nobody sees which bar it raised.
constexpr const char* kReports6 = R"sql(
ALTER TABLE survey_forms ADD COLUMN until TEXT NOT NULL DEFAULT '';
ALTER TABLE survey_forms ADD COLUMN ended_at INTEGER;
UPDATE survey_forms SET ended_at = strftime('%s', 'now') / 3600 * 3600000 WHERE current = 0;
ALTER TABLE survey_answers ADD COLUMN shown INTEGER NOT NULL DEFAULT 0;
CREATE INDEX survey_answers_by_shown ON survey_answers (survey, counted, shown, hour);
CREATE TABLE survey_shown (
    survey TEXT PRIMARY KEY, form TEXT NOT NULL, as_of INTEGER NOT NULL, counted INTEGER NOT NULL,
    repeated INTEGER NOT NULL, tallies TEXT NOT NULL, stale INTEGER NOT NULL
) WITHOUT ROWID;
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

constexpr const char* kCity[] = {kCity1, kCity2, kCity3, kCity4,  kCity5,  kCity6,
                                 kCity7, kCity8, kCity9, kCity10, kCity11, kCity12};

// What a resident chose, what they have seen of their own, and the law's rights they used (gateway/account).
// Beside reports, and by the same keyed hash: it is about the same person, and goes with them.
constexpr const char* kReports7 = R"sql(
ALTER TABLE reports ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;
CREATE TABLE my_services (
    subject TEXT PRIMARY KEY, document TEXT NOT NULL, used_on INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE notices_seen (subject TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE seen_items (
    subject TEXT NOT NULL, item TEXT NOT NULL, state TEXT NOT NULL, seen_on INTEGER NOT NULL,
    PRIMARY KEY (subject, item)
) WITHOUT ROWID;
CREATE TABLE rights (
    id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, secret_hash TEXT NOT NULL, subject TEXT NOT NULL,
    kind TEXT NOT NULL, about TEXT NOT NULL, language TEXT NOT NULL, words TEXT NOT NULL,
    received_at INTEGER NOT NULL, asked_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'answered', 'refused')),
    answered_at INTEGER, answer TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX rights_by_subject ON rights (subject, received_at);
CREATE INDEX rights_by_time ON rights (received_at, id);
CREATE TRIGGER rights_owe AFTER DELETE ON rights BEGIN
    UPDATE deletions SET unscrubbed = unscrubbed + 1;
END;
CREATE TRIGGER my_services_owe AFTER DELETE ON my_services BEGIN
    UPDATE deletions SET unscrubbed = unscrubbed + 1;
END;
)sql";

constexpr const char* kReports[] = {kReports1, kReports2, kReports3, kReports4,
                                    kReports5, kReports6, kReports7};

}  // namespace

store::Database::Migrations cityMigrations() {
    return kCity;
}
store::Database::Migrations reportMigrations() {
    return kReports;
}

}  // namespace tram::gateway
