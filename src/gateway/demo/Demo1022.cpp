#include "gateway/demo/Demo1022.h"

#include <fmt/format.h>

#include "crypto/Bytes.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using wire::FeedbackState;

constexpr const char* kSchema[] = {
    R"sql(
CREATE TABLE cases (
    number TEXT PRIMARY KEY, report TEXT NOT NULL UNIQUE, field TEXT NOT NULL, ward TEXT NOT NULL,
    language TEXT NOT NULL, accepted_at INTEGER NOT NULL
) WITHOUT ROWID;
)sql",
    // The next number follows from the newest case, not from how many there are.
    R"sql(
ALTER TABLE cases RENAME TO cases_1;
CREATE TABLE cases (
    serial INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, report TEXT NOT NULL UNIQUE, field TEXT NOT NULL,
    ward TEXT NOT NULL, language TEXT NOT NULL, accepted_at INTEGER NOT NULL
);
INSERT INTO cases (number, report, field, ward, language, accepted_at)
    SELECT number, report, field, ward, language, accepted_at FROM cases_1 ORDER BY substr(number, -6);
DROP TABLE cases_1;
)sql"};

// A city's line does not begin at one in November.
constexpr std::int64_t kFirstNumber = 4217;
constexpr std::uint64_t kRefusedOneIn = 5;

/// The dice of a case: the same for ever, different for each `purpose`.
std::uint64_t dice(const std::string& reportId, std::string_view purpose) {
    const auto hex = crypto::sha256Hex(crypto::view(reportId + '/' + std::string(purpose)));
    return std::stoull(hex.substr(0, 12), nullptr, 16);
}

int yearOf(base::WallTime at) {
    // Ho Chi Minh City's year, not Greenwich's.
    const auto day = std::chrono::floor<std::chrono::days>(at + std::chrono::hours(7));
    return static_cast<int>(std::chrono::year_month_day(day).year());
}

void replaceAll(std::string& text, std::string_view place, const std::string& value) {
    for (auto at = text.find(place); at != std::string::npos; at = text.find(place, at + value.size()))
        text.replace(at, place.size(), value);
}

Result<std::string> knownNumber(SQLite::Database& db, const std::string& reportId) {
    auto row = sql::query(db, "SELECT number FROM cases WHERE report = ?", reportId);
    return row.executeStep() ? row.getColumn(0).getString() : std::string();
}

std::string nextNumber(SQLite::Database& db, base::WallTime now) {
    auto row = sql::query(db, "SELECT coalesce(max(serial), 0) FROM cases");
    row.executeStep();
    return fmt::format("1022-{:02}-{:06}", yearOf(now) % 100, kFirstNumber + row.getColumn(0).getInt64());
}

}  // namespace

Result<std::unique_ptr<Demo1022>> Demo1022::open(const std::filesystem::path& file, Demo1022Data data,
                                                 Rules rules, const base::Clock& clock) {
    auto db = SharedDatabase::open(file, kSchema);
    if (!db) return tl::unexpected(db.error());
    return std::unique_ptr<Demo1022>(new Demo1022(std::move(*db), std::move(data), rules, clock));
}

Result<std::string> Demo1022::submit(const Submission& submission) {
    return db_->write([&](SQLite::Database& db) -> Result<std::string> {
        const auto& id = submission.reportId.text();
        auto known = knownNumber(db, id);
        if (!known || !known->empty()) return known;
        const auto number = nextNumber(db, clock_.wall());
        sql::exec(db,
                  "INSERT INTO cases (number, report, field, ward, language, accepted_at) VALUES (?, ?, ?, "
                  "?, ?, ?)",
                  number, id, submission.report.fieldId, submission.report.wardCode,
                  submission.report.language, sql::millis(clock_.wall()));
        return number;
    });
}

Result<Demo1022::Case> Demo1022::find(const std::string& externalNumber) {
    return db_->read([&](SQLite::Database& db) -> Result<Case> {
        auto row =
            sql::query(db, "SELECT report, field, ward, language, accepted_at FROM cases WHERE number = ?",
                       externalNumber);
        if (!row.executeStep()) return base::fail(ProblemKind::NotFound);
        return Case{row.getColumn(0).getString(), row.getColumn(1).getString(), row.getColumn(2).getString(),
                    row.getColumn(3).getString(), sql::wall(row.getColumn(4).getInt64())};
    });
}

Result<CaseStanding> Demo1022::standing(const std::string& externalNumber) {
    const auto known = find(externalNumber);
    if (!known) return tl::unexpected(known.error());
    return standingOf(*known);
}

base::WallTime Demo1022::after(const Case& known, base::Millis wait) const {
    return known.acceptedAt +
           base::Millis(static_cast<std::int64_t>(static_cast<double>(wait.count()) / rules_.speed));
}

CaseStanding Demo1022::standingOf(const Case& known) const {
    const bool refused = dice(known.reportId, "outcome") % kRefusedOneIn == 0;
    // Work begins after a twentieth of the time there is; the result comes in its second half.
    const auto result = rules_.resultWithin * (50 + dice(known.reportId, "duration") % 45) / 100;
    const struct {
        FeedbackState state;
        base::WallTime at;
        std::string unit;
    } plan[] = {
        {FeedbackState::Accepted, known.acceptedAt, data_.source},
        {FeedbackState::Forwarded, after(known, rules_.forwardAfter), unitOf(known)},
        {FeedbackState::InProgress, after(known, rules_.forwardAfter + rules_.resultWithin / 20),
         unitOf(known)},
        {refused ? FeedbackState::Refused : FeedbackState::Answered, after(known, result), unitOf(known)}};
    CaseStanding standing;
    standing.due = base::toRfc3339(known.acceptedAt + rules_.resultWithin);
    for (const auto& step : plan) {
        standing.lookAgain = step.at;
        if (step.at > clock_.wall()) return standing;
        standing.events.push_back({step.state, base::toRfc3339(step.at), step.unit});
    }
    standing.closed = true;
    standing.answer = base::SecretText(answerTo(known, refused));
    return standing;
}

const Demo1022Data::Field& Demo1022::fieldOf(const Case& known) const {
    const auto field = data_.fields.find(known.field);
    return field == data_.fields.end() ? data_.other : field->second;
}

std::string Demo1022::unitOf(const Case& known) const {
    return fill(fieldOf(known).unit, known);
}

std::string Demo1022::answerTo(const Case& known, bool refused) const {
    const auto& texts = refused ? data_.refusals : fieldOf(known).answers;
    auto text = texts[dice(known.reportId, "answer") % texts.size()].in(known.language);
    replaceAll(text, "{unit}", unitOf(known));
    return fill(std::move(text), known);
}

std::string Demo1022::fill(std::string text, const Case& known) const {
    const auto ward = data_.wards.find(known.ward);
    replaceAll(text, "{ward}", ward == data_.wards.end() ? known.ward : ward->second);
    return text;
}

}  // namespace tram::gateway
