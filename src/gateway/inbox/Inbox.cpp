#include "gateway/inbox/Inbox.h"

#include <map>
#include <nlohmann/json.hpp>

#include "base/Log.h"
#include "gateway/inbox/Forgotten.h"
#include "gateway/inbox/Signer.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using wire::ActionVerdict;

const base::Uuid& nobody() {
    static const auto nil = *base::Uuid::parse("00000000-0000-0000-0000-000000000000");
    return nil;
}

/// The id an envelope claims, for the answer to one that cannot be taken; the nil UUID when it names none.
base::Uuid claimedId(std::string_view bytes) {
    const auto outer = nlohmann::json::parse(bytes, nullptr, false);
    if (!outer.is_object() || !outer.contains("payload") || !outer["payload"].is_string()) return nobody();
    const auto payload = crypto::fromBase64(outer["payload"].get<std::string>());
    if (!payload) return nobody();
    const auto inner = nlohmann::json::parse(*payload, nullptr, false);
    if (!inner.is_object() || !inner.contains("id") || !inner["id"].is_string()) return nobody();
    return base::Uuid::parse(inner["id"].get<std::string>()).value_or(nobody());
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

void keep(SQLite::Database& db, const base::Uuid& id, const std::string& kiosk, std::string_view bytes,
          base::WallTime now) {
    sql::exec(db, "INSERT INTO envelopes (id, kiosk, received_at, state) VALUES (?, ?, ?, 'stored')",
              id.text(), kiosk, sql::millis(now));
    sql::exec(db, "INSERT INTO sealed (sequence, bytes) VALUES (last_insert_rowid(), ?)", std::string(bytes));
}

struct StoredRow {
    std::string bytes, kiosk;
    base::WallTime receivedAt;
};

// A few thousand may be put back from quarantine at once: not all of them into memory.
constexpr std::size_t kRecoverRound = 200;

Result<std::vector<StoredRow>> storedIn(SharedDatabase& city) {
    return city.read([](SQLite::Database& db) -> Result<std::vector<StoredRow>> {
        std::vector<StoredRow> all;
        auto found = sql::query(db, R"sql(SELECT s.bytes, e.kiosk, e.received_at
            FROM envelopes e JOIN sealed s ON s.sequence = e.sequence
            WHERE e.state = 'stored' ORDER BY e.sequence LIMIT ?)sql",
                                static_cast<std::int64_t>(kRecoverRound));
        while (found.executeStep())
            all.push_back({found.getColumn(0).getString(), found.getColumn(1).getString(),
                           sql::wall(found.getColumn(2).getInt64())});
        return all;
    });
}

}  // namespace

struct Inbox::Candidate {
    std::string_view bytes;
    wire::ActionResult result;
    Opener::Opened opened = Quarantined{};
    Kiosk signer = {};  ///< the kiosk of the line, or one of its former enrolments
};

Inbox::Candidate Inbox::examine(const Kiosk& from, std::string_view bytes) {
    if (bytes.size() > wire::Envelope::kMaxBytes) return {bytes, refused(claimedId(bytes), "size")};
    const auto envelope = wire::Envelope::parse(bytes);
    if (!envelope) return {bytes, refused(claimedId(bytes), "malformed")};
    auto signer = signerOf(kiosks_, from, *envelope);
    if (!signer) return {bytes, refused(envelope->id, signer.error())};
    Candidate candidate{bytes,
                        {envelope->id, ActionVerdict::Accepted, {}, ""},
                        opener_.open(*envelope),
                        std::move(*signer)};
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
            keep(db, result.id, from.id, candidate.bytes, now);
            if (const auto* body = std::get_if<wire::ActionBody>(&candidate.opened))
                for (const auto& attachment : body->attachments)
                    sql::exec(db, "UPDATE attachments SET envelope = ? WHERE kiosk = ? AND sha256 = ?",
                              result.id.text(), from.id, attachment.sha256);
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
    for (auto& candidate : candidates) {
        // Acknowledged already: a failure to open it now is for recover(), not for the kiosk.
        if (candidate.result.verdict == ActionVerdict::Accepted)
            if (auto settled = settle(candidate, from, now); !settled)
                base::log::problem("inbox.settle_failed", settled.error());
        answer.results.push_back(std::move(candidate.result));
    }
    auto epoch = storage_.epoch();
    auto backedUp = storage_.backedUpThrough();
    if (!epoch || !backedUp) return tl::unexpected(epoch ? backedUp.error() : epoch.error());
    answer.epoch = std::move(*epoch);
    answer.backedUpThrough = std::move(*backedUp);
    return answer;
}

std::optional<Quarantined> Inbox::deliver(const wire::ActionBody& body, const Kiosk& from, const Kiosk& signer,
                                          base::WallTime receivedAt, Result<void>& stored) {
    const auto opened = opener_.report(body, signer);
    if (const auto* wrong = std::get_if<Quarantined>(&opened)) return *wrong;
    const auto& report = std::get<wire::FeedbackReport>(opened);
    if (report.disclosure == wire::Disclosure::Anonymous && !anonymousAllowed_)
        return Quarantined{"anonymous_not_allowed", ""};
    if (auto broken = opener_.attachmentsBroken(body, from, attachments_)) return broken;
    stored = reports_.add({body.id, from.id, report, body.attachments.size()}, receivedAt);
    if (!stored && stored.error().kind == ProblemKind::Conflict) {
        stored = {};
        return Quarantined{"code_taken", ""};
    }
    return std::nullopt;
}

Result<void> Inbox::settle(const Candidate& candidate, const Kiosk& from, base::WallTime receivedAt) {
    Result<void> stored;
    std::optional<Quarantined> wrong;
    if (const auto* body = std::get_if<wire::ActionBody>(&candidate.opened))
        wrong = deliver(*body, from, candidate.signer, receivedAt, stored);
    else
        wrong = std::get<Quarantined>(candidate.opened);
    if (!stored) return stored;
    auto marked = storage_.city->write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db,
                  "UPDATE envelopes SET state = ?, reason = ?, note = '' WHERE id = ? AND state = 'stored'",
                  wrong ? "quarantined" : "opened", wrong ? wrong->text() : std::string(),
                  candidate.result.id.text());
        return {};
    });
    if (wrong) base::log::warning("inbox.quarantined", {{"id", candidate.result.id}});
    if (!wrong && onReport) onReport();
    return marked;
}

Result<void> Inbox::open(const std::string& bytes, const std::string& kioskId, base::WallTime receivedAt) {
    const auto envelope = wire::Envelope::parse(bytes);
    const auto kiosk = kiosks_.find(kioskId);
    if (!kiosk) return tl::unexpected(kiosk.error());
    if (!envelope || !*kiosk) return base::fail(ProblemKind::StoreDamaged);
    const auto signer = kiosks_.find(envelope->kioskId);
    if (!signer) return tl::unexpected(signer.error());
    if (!*signer) return base::fail(ProblemKind::StoreDamaged);
    const Candidate candidate{
        bytes, {envelope->id, ActionVerdict::Accepted, {}, ""}, opener_.open(*envelope), **signer};
    return settle(candidate, **kiosk, receivedAt);
}

Result<std::size_t> Inbox::recover() {
    std::size_t opened = 0;
    for (;;) {
        const auto rows = storedIn(*storage_.city);
        if (!rows) return tl::unexpected(rows.error());
        for (const auto& row : *rows)
            if (auto settled = open(row.bytes, row.kiosk, row.receivedAt); !settled)
                return tl::unexpected(settled.error());
        opened += rows->size();
        if (rows->size() < kRecoverRound) return opened;
    }
}

Result<Inbox::Counts> Inbox::counts() {
    return storage_.city->read([](SQLite::Database& db) -> Result<Counts> {
        std::map<std::string, std::int64_t> tallies;
        auto rows = sql::query(db, "SELECT state, count FROM tallies");
        while (rows.executeStep()) tallies[rows.getColumn(0).getString()] = rows.getColumn(1).getInt64();
        return Counts{tallies["stored"], tallies["opened"], tallies["quarantined"], tallies["set_aside"],
                      tallies["forgotten"] + tallies["forgetting"]};
    });
}

}  // namespace tram::gateway
