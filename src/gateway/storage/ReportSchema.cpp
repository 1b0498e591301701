#include "gateway/storage/Schema.h"

namespace tram::gateway {
namespace {

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

// Appointments that were asked for (gateway/turn): who asked is in the sealed copy alone. Dossiers whose
// owners want to be told (gateway/notice): phone and code are sealed to this gateway, its hashes are keyed.
constexpr const char* kReports8 = R"sql(
CREATE TABLE appointments (
    id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, kiosk TEXT NOT NULL, office TEXT NOT NULL, desk TEXT NOT NULL,
    procedure TEXT NOT NULL, procedure_name TEXT NOT NULL, day TEXT NOT NULL, half TEXT NOT NULL, language TEXT NOT NULL,
    received_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'asked', 'confirmed', 'refused')),
    reference TEXT NOT NULL DEFAULT '', tries INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL,
    confirmed_day TEXT NOT NULL DEFAULT '', confirmed_time TEXT NOT NULL DEFAULT '', confirmed_desk TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '', over_at INTEGER, phone TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX appointments_by_kiosk ON appointments (kiosk, received_at);
CREATE INDEX appointments_by_phone ON appointments (phone);
CREATE INDEX appointments_due ON appointments (due_at) WHERE over_at IS NULL;
CREATE INDEX appointments_over ON appointments (over_at) WHERE over_at IS NOT NULL;
CREATE TRIGGER appointments_owe AFTER DELETE ON appointments BEGIN
    UPDATE deletions SET unscrubbed = unscrubbed + 1;
END;
CREATE TABLE watches (
    id TEXT PRIMARY KEY, who TEXT NOT NULL UNIQUE, address TEXT NOT NULL, leave TEXT NOT NULL UNIQUE, key TEXT NOT NULL,
    sealed TEXT NOT NULL, channel TEXT NOT NULL, language TEXT NOT NULL, consent TEXT NOT NULL,
    created_at INTEGER NOT NULL, due_at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, ends_at INTEGER NOT NULL,
    over INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX watches_due ON watches (due_at) WHERE over = 0;
CREATE INDEX watches_by_address ON watches (address);
CREATE TABLE notices (
    watch TEXT NOT NULL REFERENCES watches (id) ON DELETE CASCADE, news TEXT NOT NULL, id TEXT NOT NULL UNIQUE,
    made_at INTEGER NOT NULL, due_at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, sent_at INTEGER,
    PRIMARY KEY (watch, news)
) WITHOUT ROWID;
CREATE INDEX notices_due ON notices (due_at) WHERE sent_at IS NULL;
CREATE TRIGGER watches_owe AFTER DELETE ON watches BEGIN
    UPDATE deletions SET unscrubbed = unscrubbed + 1;
END;
)sql";

// Whose an appointment is, and what they agreed to; "" for who was not logged in. Withdrawn: its source is
// told so.
constexpr const char* kReports9 = R"sql(
ALTER TABLE appointments ADD COLUMN subject TEXT NOT NULL DEFAULT '';
ALTER TABLE appointments ADD COLUMN consent_version TEXT NOT NULL DEFAULT '';
ALTER TABLE appointments ADD COLUMN consent_at TEXT NOT NULL DEFAULT '';
ALTER TABLE appointments ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0;
CREATE INDEX appointments_by_subject ON appointments (subject, received_at) WHERE subject <> '';
)sql";

// Who may sign in beside residents (gateway/fleet/StaffRegistry.h); `changed` counts up over all of them. The
// lists as they were last signed.
constexpr const char* kReports10 = R"sql(
CREATE TABLE staff (
    id TEXT PRIMARY KEY, ward TEXT NOT NULL, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, unit TEXT NOT NULL,
    role TEXT NOT NULL, badge TEXT NOT NULL UNIQUE, salt TEXT NOT NULL, verifier TEXT NOT NULL,
    code_salt TEXT NOT NULL, code_verifier TEXT NOT NULL, added_at INTEGER NOT NULL, revoked_at INTEGER,
    changed INTEGER NOT NULL UNIQUE, errors INTEGER NOT NULL DEFAULT 0, wait_until INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX staff_by_ward ON staff (ward, changed);
CREATE TABLE staff_lists (
    ward TEXT PRIMARY KEY, changed INTEGER NOT NULL, version INTEGER NOT NULL, signed_at INTEGER NOT NULL,
    expires INTEGER NOT NULL, signer TEXT NOT NULL, document TEXT NOT NULL
) WITHOUT ROWID;
)sql";

constexpr const char* kReportMigrations[] = {kReports1, kReports2, kReports3, kReports4, kReports5,
                                             kReports6, kReports7, kReports8, kReports9, kReports10};

}  // namespace

store::Database::Migrations reportMigrations() {
    return kReportMigrations;
}

}  // namespace tram::gateway
