#include "gateway/inbox/Inbox.h"

#include <nlohmann/json.hpp>

#include "base/Log.h"
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

bool alreadyStored(SQLite::Database& db, wire::ActionResult& result, std::string_view bytes) {
    auto row = sql::query(db, "SELECT bytes FROM envelopes WHERE id = ?", result.id.text());
    if (!row.executeStep()) return false;
    result.verdict =
        row.getColumn(0).getString() == bytes ? ActionVerdict::Replayed : ActionVerdict::Conflict;
    result.missing.clear();
    return true;
}

}  // namespace

struct Inbox::Candidate {
    std::string_view bytes;
    wire::ActionResult result;
    Opener::Opened opened = Quarantined{};
};

Inbox::Candidate Inbox::examine(const Kiosk& from, std::string_view bytes) {
    if (bytes.size() > wire::Envelope::kMaxBytes) return {bytes, refused(claimedId(bytes), "size")};
    const auto envelope = wire::Envelope::parse(bytes);
    if (!envelope) return {bytes, refused(claimedId(bytes), "malformed")};
    if (envelope->kioskId != from.id) return {bytes, refused(envelope->id, "kiosk")};
    const auto key = crypto::VerifyKey::parse(from.key);
    if (!key || !envelope->dsse.verify(*key)) return {bytes, refused(envelope->id, "signature")};
    Candidate candidate{bytes, {envelope->id, ActionVerdict::Accepted, {}, ""}, opener_.open(*envelope)};
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
            if (result.verdict == ActionVerdict::Refused || alreadyStored(db, result, candidate.bytes))
                continue;
            if (result.verdict == ActionVerdict::MissingAttachments) continue;
            sql::exec(
                db,
                "INSERT INTO envelopes (id, kiosk, bytes, received_at, state) VALUES (?, ?, ?, ?, 'stored')",
                result.id.text(), from.id, std::string(candidate.bytes), sql::millis(now));
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

std::optional<Quarantined> Inbox::deliver(const wire::ActionBody& body, const Kiosk& from,
                                          base::WallTime receivedAt, Result<void>& stored) {
    const auto opened = opener_.report(body, from);
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
        wrong = deliver(*body, from, receivedAt, stored);
    else
        wrong = std::get<Quarantined>(candidate.opened);
    if (!stored) return stored;
    auto marked = storage_.city->write([&](SQLite::Database& db) -> Result<void> {
        sql::exec(db, "UPDATE envelopes SET state = ?, reason = ? WHERE id = ?",
                  wrong ? "quarantined" : "opened", wrong ? wrong->text() : std::string(),
                  candidate.result.id.text());
        return {};
    });
    if (wrong) base::log::warning("inbox.quarantined", {{"id", candidate.result.id}});
    if (!wrong && onReport) onReport();
    return marked;
}

Result<std::size_t> Inbox::recover() {
    struct Row {
        std::string bytes, kiosk;
        base::WallTime receivedAt;
    };
    auto rows = storage_.city->read([](SQLite::Database& db) -> Result<std::vector<Row>> {
        std::vector<Row> all;
        auto found = sql::query(
            db, "SELECT bytes, kiosk, received_at FROM envelopes WHERE state = 'stored' ORDER BY sequence");
        while (found.executeStep())
            all.push_back({found.getColumn(0).getString(), found.getColumn(1).getString(),
                           sql::wall(found.getColumn(2).getInt64())});
        return all;
    });
    if (!rows) return tl::unexpected(rows.error());
    for (const auto& row : *rows) {
        const auto envelope = wire::Envelope::parse(row.bytes);
        const auto kiosk = kiosks_.find(row.kiosk);
        if (!envelope || !kiosk || !*kiosk) return base::fail(ProblemKind::StoreDamaged);
        const Candidate candidate{
            row.bytes, {envelope->id, ActionVerdict::Accepted, {}, ""}, opener_.open(*envelope)};
        if (auto settled = settle(candidate, **kiosk, row.receivedAt); !settled)
            return tl::unexpected(settled.error());
    }
    return rows->size();
}

Result<std::vector<QuarantinedEnvelope>> quarantinedIn(Storage& storage, std::size_t limit) {
    return storage.city->read([&](SQLite::Database& db) -> Result<std::vector<QuarantinedEnvelope>> {
        std::vector<QuarantinedEnvelope> all;
        auto rows = sql::query(db, R"sql(SELECT id, kiosk, reason, received_at FROM envelopes
            WHERE state = 'quarantined' ORDER BY sequence LIMIT ?)sql",
                               static_cast<std::int64_t>(limit));
        while (rows.executeStep())
            all.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getString(),
                           rows.getColumn(2).getString(), sql::wall(rows.getColumn(3).getInt64())});
        return all;
    });
}

Result<Inbox::Counts> Inbox::counts() {
    return storage_.city->read([](SQLite::Database& db) -> Result<Counts> {
        // Counted over indexes: the table itself holds every envelope's bytes.
        auto row = sql::query(db, R"sql(SELECT
            (SELECT count(*) FROM envelopes), (SELECT count(*) FROM envelopes WHERE state = 'stored'),
            (SELECT count(*) FROM envelopes WHERE state = 'quarantined'))sql");
        row.executeStep();
        const auto stored = row.getColumn(1).getInt64(), quarantined = row.getColumn(2).getInt64();
        return Counts{stored, row.getColumn(0).getInt64() - stored - quarantined, quarantined};
    });
}

}  // namespace tram::gateway
