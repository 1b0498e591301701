#include "gateway/inbox/Inbox.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/Log.h"
#include "gateway/inbox/Forgotten.h"
#include "gateway/inbox/Handled.h"
#include "gateway/inbox/Settling.h"
#include "gateway/inbox/Signer.h"
#include "gateway/rating/Faults.h"
#include "gateway/storage/Sql.h"
#include "gateway/tally/Errands.h"
#include "gateway/tally/GuideTallies.h"
#include "wire/Json.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using wire::ActionVerdict;

const base::Uuid& nobody() {
    static const auto nil = *base::Uuid::parse("00000000-0000-0000-0000-000000000000");
    return nil;
}

/// A member of an object; nothing when it is none that we would parse.
std::optional<std::string> textIn(std::string_view json, const char* member) {
    const auto object = wire::parseJson(json, wire::Envelope::kMaxBytes);
    if (!object || !object->is_object()) return std::nullopt;
    const auto found = object->find(member);
    if (found == object->end() || !found->is_string()) return std::nullopt;
    return found->get<std::string>();
}

/// The id an envelope claims, for the answer to one that cannot be taken; the nil UUID when it names none,
/// or is larger or deeper than any envelope: parsing such a one may take forty times its size.
base::Uuid claimedId(std::string_view bytes) {
    const auto outer = textIn(bytes, "payload");
    const auto payload = outer ? crypto::fromBase64(*outer) : std::nullopt;
    if (!payload) return nobody();
    const std::string_view plain(reinterpret_cast<const char*>(payload->data()), payload->size());
    const auto id = textIn(plain, "id");
    return id ? base::Uuid::parse(*id).value_or(nobody()) : nobody();
}

wire::ActionResult refused(base::Uuid id, const char* reason) {
    return {std::move(id), ActionVerdict::Refused, {}, reason};
}

std::optional<bool> sameAsLive(SQLite::Database& db, const base::Uuid& id, std::string_view bytes) {
    auto row = sql::query(
        db, "SELECT s.bytes FROM envelopes e JOIN sealed s ON s.sequence = e.sequence WHERE e.id = ?",
        id.text());
    if (!row.executeStep()) return std::nullopt;
    return row.getColumn(0).getString() == bytes;
}

/// An id is taken for ever, whether or not its bytes are still here.
bool alreadyTaken(SQLite::Database& db, wire::ActionResult& result, std::string_view bytes) {
    auto same = sameAsLive(db, result.id, bytes);
    if (!same) same = sameAsForgotten(db, result.id.text(), bytes);
    if (!same) return false;
    result.verdict = *same ? ActionVerdict::Replayed : ActionVerdict::Conflict;
    result.missing.clear();
    return true;
}

/// By now a sweep may have taken one that was there a moment ago: it deletes rows and files within one
/// transaction.
std::vector<std::string> sweptAway(SQLite::Database& db, const wire::ActionBody& body,
                                   const std::string& kiosk) {
    std::vector<std::string> missing;
    for (const auto& attachment : body.attachments)
        if (!sql::query(db, "SELECT 1 FROM attachments WHERE kiosk = ? AND sha256 = ?", kiosk,
                        attachment.sha256)
                 .executeStep())
            missing.push_back(attachment.sha256);
    return missing;
}

/// Of what could not be opened when it came nobody knew the attachments.
void nameAttachments(SQLite::Database& db, const base::Uuid& id, const wire::ActionBody& body,
                     const std::string& kiosk) {
    for (const auto& attachment : body.attachments)
        sql::exec(db,
                  "UPDATE attachments SET envelope = ? WHERE kiosk = ? AND sha256 = ? AND envelope IS NULL",
                  id.text(), kiosk, attachment.sha256);
}

/// To the hour: nothing here can tell whether it is of somebody who gave no name (STANDARDS 14).
void keep(SQLite::Database& db, const base::Uuid& id, const std::string& kiosk, std::string_view bytes,
          base::WallTime now) {
    sql::exec(db, "INSERT INTO envelopes (id, kiosk, received_at, state) VALUES (?, ?, ?, 'stored')",
              id.text(), kiosk, sql::millis(base::coarseToHour(now)));
    sql::exec(db, "INSERT INTO sealed (sequence, bytes) VALUES (last_insert_rowid(), ?)", std::string(bytes));
}

struct StoredRow {
    std::int64_t sequence;
    std::string bytes, kiosk;
    base::WallTime receivedAt;
};

// A few thousand may be put back from quarantine at once: not all of them into memory.
constexpr std::size_t kRecoverRound = 200;

Result<std::vector<StoredRow>> storedAfter(SharedDatabase& city, std::int64_t sequence) {
    return city.read([&](SQLite::Database& db) -> Result<std::vector<StoredRow>> {
        std::vector<StoredRow> all;
        auto found = sql::query(db, R"sql(SELECT e.sequence, s.bytes, e.kiosk, e.received_at
            FROM envelopes e JOIN sealed s ON s.sequence = e.sequence
            WHERE e.state = 'stored' AND e.sequence > ? ORDER BY e.sequence LIMIT ?)sql",
                                sequence, static_cast<std::int64_t>(kRecoverRound));
        while (found.executeStep())
            all.push_back({found.getColumn(0).getInt64(), found.getColumn(1).getString(),
                           found.getColumn(2).getString(), sql::wall(found.getColumn(3).getInt64())});
        return all;
    });
}

}  // namespace

struct Inbox::Candidate {
    std::string_view bytes;
    wire::ActionResult result;
    Opener::Opened opened = Quarantined{};
    Kiosk signer = {};
};

Inbox::Candidate Inbox::examine(const Kiosk& from, std::string_view bytes) {
    if (bytes.size() > wire::Envelope::kMaxBytes) return {bytes, refused(claimedId(bytes), "size")};
    const auto envelope = wire::Envelope::parse(bytes);
    if (!envelope) return {bytes, refused(claimedId(bytes), "malformed")};
    auto signer = signerOf(kiosks_, from, *envelope);
    if (!signer) return {bytes, refused(envelope->id, signer.error())};
    Candidate candidate{
        bytes, {envelope->id, ActionVerdict::Accepted, {}, ""}, opener_.open(*envelope), std::move(*signer)};
    const auto* body = std::get_if<wire::ActionBody>(&candidate.opened);
    if (!body) return candidate;
    for (const auto& attachment : body->attachments) {
        const auto state = attachments_.state(from.id, attachment.sha256);
        if (!state || !state->complete) candidate.result.missing.push_back(attachment.sha256);
    }
    if (!candidate.result.missing.empty()) candidate.result.verdict = ActionVerdict::MissingAttachments;
    return candidate;
}

Result<void> Inbox::store(std::vector<Candidate>& candidates, const Kiosk& from, base::WallTime now) {
    return storage_.city->write([&](SQLite::Database& db) -> Result<void> {
        for (auto& candidate : candidates) {
            auto& result = candidate.result;
            // What came before is told first: a replay must not be asked for attachments again.
            if (result.verdict == ActionVerdict::Refused || alreadyTaken(db, result, candidate.bytes))
                continue;
            if (result.verdict == ActionVerdict::MissingAttachments) continue;
            const auto* body = std::get_if<wire::ActionBody>(&candidate.opened);
            if (body) result.missing = sweptAway(db, *body, from.id);
            if (!result.missing.empty()) {
                result.verdict = ActionVerdict::MissingAttachments;
                continue;
            }
            keep(db, result.id, from.id, candidate.bytes, now);
            if (body) nameAttachments(db, result.id, *body, from.id);
        }
        return {};
    });
}

Result<wire::BatchAnswer> Inbox::take(const Kiosk& from, const std::vector<std::string_view>& envelopes,
                                      base::WallTime now) {
    std::vector<Candidate> candidates;
    for (const auto bytes : envelopes) candidates.push_back(examine(from, bytes));
    if (auto stored = store(candidates, from, now); !stored) return tl::unexpected(stored.error());
    wire::BatchAnswer answer;
    std::vector<Settling> fresh;
    for (auto& candidate : candidates) {
        if (candidate.result.verdict == ActionVerdict::Accepted)
            fresh.push_back(
                {candidate.result.id, from, std::move(candidate.signer), std::move(candidate.opened), now});
        answer.results.push_back(std::move(candidate.result));
    }
    // Acknowledged already: a failure to open them now is for recover(), not for the kiosk.
    if (auto settled = settle(std::move(fresh)); !settled)
        base::log::problem("inbox.settle_failed", settled.error());
    auto epoch = storage_.epoch();
    const auto taken = storage_.taken(), backedUp = storage_.backedUp();
    if (!epoch) return tl::unexpected(epoch.error());
    if (!taken || !backedUp) return tl::unexpected(taken ? backedUp.error() : taken.error());
    answer.epoch = std::move(*epoch);
    // Those of others that came meanwhile make it larger, which is as true: a backup with so many has these
    // as well.
    answer.taken = *taken;
    answer.backedUp = *backedUp;
    return answer;
}

Result<void> Inbox::judge(Settling& action) const {
    if (const auto* wrong = std::get_if<Quarantined>(&action.opened)) {
        action.wrong = *wrong;
        return {};
    }
    const auto& body = std::get<wire::ActionBody>(action.opened);
    action.wrong = Handled::judge(body);
    if (action.wrong) return {};
    if (auto judged = judgeHelper(action, body); !judged) return judged;
    if (body.kind == wire::SurveyAnswer::kKind) return judgeSurvey(action, body);
    if (body.kind == wire::RightsRequest::kKind) return judgeRights(action, body);
    if (body.kind == wire::GuideTally::kKind)
        takeIn(opener_.tally(body, action.signer), action.tally, action.wrong);
    else if (body.kind == wire::Rating::kKind)
        judgeRating(action, body);
    else if (body.kind == wire::KioskFault::kKind)
        takeIn(opener_.fault(body), action.fault, action.wrong);
    else if (body.kind == wire::AppointmentRequest::kKind)
        takeIn(opener_.appointment(body, action.signer), action.appointment, action.wrong);
    else
        judgeReport(action, body);
    return {};
}

/// No resident's action is held up by what is wrong with who helped: it is told to people (`report handled`).
Result<void> Inbox::judgeHelper(Settling& action, const wire::ActionBody& body) const {
    if (!body.handling) return {};
    auto at = action.receivedAt;
    (void)base::fromRfc3339(body.createdAt, at);  // its shape has been looked at
    const auto& [staff, role, desk, consent] = *body.handling;
    const auto standing = staff_.standing(staff, role, action.signer.ward, at);
    if (!standing) return tl::unexpected(standing.error());
    action.helper = *standing;
    return {};
}

void Inbox::judgeReport(Settling& action, const wire::ActionBody& body) const {
    auto report = opener_.report(body, action.signer);
    if (const auto* wrong = std::get_if<Quarantined>(&report)) {
        action.wrong = *wrong;
        return;
    }
    action.report = std::move(std::get<wire::FeedbackReport>(report));
    if (action.report->disclosure == wire::Disclosure::Anonymous && !anonymousAllowed_)
        action.wrong = Quarantined{"anonymous_not_allowed", ""};
    else
        action.wrong = opener_.attachmentsBroken(body, action.from, attachments_);
}

Result<void> Inbox::judgeSurvey(Settling& action, const wire::ActionBody& body) const {
    auto answer = opener_.survey(body);
    if (const auto* wrong = std::get_if<Quarantined>(&answer)) {
        action.wrong = *wrong;
        return {};
    }
    action.survey = std::move(std::get<wire::SurveyAnswer>(answer));
    SurveyStore::Times times{action.receivedAt, action.receivedAt};
    (void)base::fromRfc3339(body.createdAt, times.answered);  // its shape has been looked at
    const auto wrong = surveys_.judge(*action.survey, times);
    if (!wrong) return tl::unexpected(wrong.error());
    if (*wrong) action.wrong = Quarantined{"survey_" + (*wrong)->what, (*wrong)->where};
    return {};
}

void Inbox::judgeRating(Settling& action, const wire::ActionBody& body) const {
    takeIn(opener_.rating(body), action.rating, action.wrong);
    if (action.wrong) return;
    Ratings::Times times{action.receivedAt, action.receivedAt};
    (void)base::fromRfc3339(body.createdAt, times.given);  // its shape has been looked at
    if (auto wrong = ratings_.judge(*action.rating, times); !wrong.empty())
        action.wrong = Quarantined{"rating_" + wrong, ""};
}

Result<void> Inbox::keepSurveys(const std::vector<Settling>& batch) {
    std::vector<SurveyStore::Arrived> answers;
    for (const auto& action : batch) {
        if (action.wrong || !action.survey) continue;
        const auto& sub = action.survey->subject;
        answers.push_back({action.id, *action.survey,
                           sub.empty() ? std::string() : subjects_.forSurvey(action.survey->survey, sub),
                           action.receivedAt});
    }
    return answers.empty() ? Result<void>() : surveys_.add(answers);
}

Result<void> Inbox::keepReports(std::vector<Settling>& batch) {
    std::vector<ReportStore::Arrived> reports;
    std::vector<Settling*> kept;
    for (auto& action : batch) {
        if (action.wrong || !action.report) continue;
        const auto pictures = std::get<wire::ActionBody>(action.opened).attachments.size();
        const auto& sub = action.report->reporterSubject;
        reports.push_back({{action.id, action.from.id, *action.report, pictures,
                            sub.empty() ? std::string() : subjects_.indexOf(sub)},
                           action.receivedAt});
        kept.push_back(&action);
    }
    if (reports.empty()) return {};
    const auto added = reports_.add(reports);
    if (!added) return tl::unexpected(added.error());
    for (std::size_t at = 0; at < kept.size(); ++at)
        if ((*added)[at] == ReportStore::Added::CodeTaken) kept[at]->wrong = Quarantined{"code_taken", ""};
    return {};
}

/// What is kept nowhere else counts when its envelope is marked, and only then; so do errands.
void Inbox::count(SQLite::Database& db, const Settling& action) const {
    const auto day =
        GuideTallies::dayOf(std::get<wire::ActionBody>(action.opened).createdAt, action.receivedAt);
    if (action.tally) GuideTallies::add(db, *action.tally, day);
    bool isNew = true;
    if (action.rating)
        isNew =
            ratings_.add(db, *action.rating, {action.id.text(), action.signer.id, day, action.receivedAt});
    const auto errand = Errands::ofKind(std::get<wire::ActionBody>(action.opened).kind);
    if (errand && isNew) Errands::addOnce(db, action.id.text(), action.signer.ward, day, *errand);
    if (action.fault) Faults::add(db, *action.fault, action.signer.id, action.receivedAt);
}

void Inbox::markOpened(SQLite::Database& db, const Settling& action) const {
    const bool counts = (action.tally || action.rating || action.fault) && !action.wrong;
    const auto reason =
        action.wrong ? action.wrong->text() : std::string(counts ? GuideTallies::kCounted : "");
    const auto marked = sql::exec(
        db, "UPDATE envelopes SET state = ?, reason = ?, note = '' WHERE id = ? AND state = 'stored'",
        action.wrong ? "quarantined" : "opened", reason, action.id.text());
    if (marked != 1 || action.wrong) return;
    count(db, action);
    const auto& body = std::get<wire::ActionBody>(action.opened);
    if (body.handling)
        Handled::add(db, action.id.text(), *body.handling, action.helper,
                     GuideTallies::dayOf(body.createdAt, action.receivedAt));
}

/// Reports first: what is called opened is there.
Result<void> Inbox::settle(std::vector<Settling> batch) {
    if (batch.empty()) return {};
    for (auto& action : batch)
        if (auto judged = judge(action); !judged) return judged;
    if (auto kept = keepReports(batch); !kept) return kept;
    if (auto kept = keepSurveys(batch); !kept) return kept;
    if (auto kept = keepRights(batch); !kept) return kept;
    if (auto kept = keepAppointments(batch); !kept) return kept;
    auto marked = storage_.city->write([&](SQLite::Database& db) -> Result<void> {
        for (const auto& action : batch) {
            if (const auto* body = std::get_if<wire::ActionBody>(&action.opened))
                nameAttachments(db, action.id, *body, action.from.id);
            markOpened(db, action);
        }
        return {};
    });
    if (!marked) return marked;
    // Not which: the log's time would be that of somebody who may have given no name. `quarantine list`
    // tells.
    const auto wrong =
        std::ranges::count_if(batch, [](const auto& action) { return action.wrong.has_value(); });
    if (wrong > 0) base::log::warning("inbox.quarantined", {{"count", wrong}});
    if (onReport) onReport();
    return {};
}

Result<Inbox::Settling> Inbox::opened(const std::string& bytes, const std::string& kioskId,
                                      base::WallTime receivedAt) const {
    const auto envelope = wire::Envelope::parse(bytes);
    const auto kiosk = kiosks_.find(kioskId);
    if (!kiosk) return tl::unexpected(kiosk.error());
    if (!envelope || !*kiosk) return base::fail(ProblemKind::StoreDamaged);
    const auto signer = kiosks_.find(envelope->kioskId);
    if (!signer) return tl::unexpected(signer.error());
    if (!*signer) return base::fail(ProblemKind::StoreDamaged);
    return Settling{envelope->id, **kiosk, **signer, opener_.open(*envelope), receivedAt};
}

/// A row that cannot be read stops nobody behind it.
Result<std::size_t> Inbox::recover() {
    Result<void> trouble;
    std::size_t recovered = 0;
    for (std::int64_t after = 0;;) {
        const auto rows = storedAfter(*storage_.city, after);
        if (!rows) return tl::unexpected(rows.error());
        std::vector<Settling> batch;
        for (const auto& row : *rows) {
            auto action = opened(row.bytes, row.kiosk, row.receivedAt);
            if (action) batch.push_back(std::move(*action));
            if (!action) trouble = tl::unexpected(action.error());
        }
        recovered += batch.size();
        if (auto settled = settle(std::move(batch)); !settled) return tl::unexpected(settled.error());
        if (rows->size() < kRecoverRound) break;
        after = rows->back().sequence;
    }
    if (!trouble) return tl::unexpected(trouble.error());
    return recovered;
}

Result<Inbox::Counts> Inbox::counts() {
    return storage_.city->read([](SQLite::Database& db) -> Result<Counts> {
        std::map<std::string, std::int64_t> tallies;
        auto rows = sql::query(db, "SELECT state, count FROM tallies");
        // A damaged store may hold any number, and two of them are added.
        while (rows.executeStep())
            tallies[rows.getColumn(0).getString()] =
                std::clamp<std::int64_t>(rows.getColumn(1).getInt64(), 0, std::int64_t{1} << 60);
        return Counts{tallies["stored"], tallies["opened"], tallies["quarantined"], tallies["set_aside"],
                      tallies["forgotten"] + tallies["forgetting"]};
    });
}

}  // namespace tram::gateway
