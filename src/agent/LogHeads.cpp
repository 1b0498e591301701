#include "agent/LogHeads.h"

#include "agent/Line.h"
#include "base/Log.h"

namespace tram::agent {
namespace {

using base::ProblemKind;
using base::Result;

constexpr base::Millis kLook{1000}, kEvery = std::chrono::seconds(30);
constexpr base::Millis kVerifyEvery = std::chrono::hours(24);

crypto::SigningKey copyOf(const crypto::SigningKey& key) {
    return *crypto::SigningKey::fromSecret(key.secret());
}

}  // namespace

LogHeads::LogHeads(const device::KioskConfig& config, device::Enrolment enrolment,
                   crypto::VerifyKey gatewayKey, const base::Clock& clock, const LineState& line)
    : log_(config.dataDir),
      kiosk_(enrolment.answer.kioskId),
      key_(copyOf(enrolment.key)),
      gatewayKey_(std::move(gatewayKey)),
      clock_(clock),
      line_(line),
      gateway_(openLine(config, clock, identityOf(std::move(enrolment)))) {}

base::Millis LogHeads::turn(const std::stop_token& stop) {
    if (clock_.boot().sinceBoot >= nextLook_) look();
    if (stop.stop_requested() || !line_.now().online) return kLook;
    tell(send());
    return kEvery;
}

/// What is wrong before its last file, who appends does not see: the mark tells them.
void LogHeads::look() {
    nextLook_ = clock_.boot().sinceBoot + kVerifyEvery;
    const auto verdict = ledger::verify(log_.directory(), log_.acknowledged(gatewayKey_).heads);
    if (!verdict) return base::log::problem("log_not_verified", verdict.error());
    if (verdict->sound()) return;
    if (!verdict->gone.empty()) base::log::error("log_gone");
    for (const auto& chain : verdict->chains) {
        if (!chain.broken) continue;
        base::log::error(
            "log_broken",
            {{"chain", chain.number}, {"damage", chain.broken->damage}, {"line_number", chain.broken->n}});
        if (&chain != &verdict->chains.back()) continue;
        if (auto marked = ledger::markBroken(log_.directory(), chain.number, *chain.broken); !marked)
            base::log::problem("log_not_marked", marked.error());
    }
}

Result<void> LogHeads::send() {
    const auto head = ledger::durableHead(log_.directory());
    if (!head) return tl::unexpected(head.error());
    if (!*head || refused_ == **head) return {};
    if (chain_ != (*head)->chain) {
        auto known = asked((*head)->chain);
        if (!known) return tl::unexpected(known.error());
        known_ = *known;
        chain_ = (*head)->chain;
    }
    if (known_ && *known_ == wire::LogLine{(*head)->n, (*head)->hash}) return {};
    return post(**head);
}

/// After a refusal the gateway is asked once for its newest: its answer to an earlier head may have been
/// lost.
Result<void> LogHeads::post(const ledger::Head& head) {
    for (bool again = false;; again = true) {
        wire::LogHead said{kiosk_, head.chain, {head.n, head.hash}, base::toRfc3339(clock_.wall()), {}};
        if (known_) {
            const auto here = ledger::hashAt(log_.directory(), head.chain, known_->n);
            if (!here) return tl::unexpected(here.error());
            said.after = wire::LogLine{known_->n, here->empty() ? std::string(ledger::kNoHash) : *here};
        }
        const auto answered = gateway_->postLogHead(said.sign(key_));
        if (answered) {
            const auto line = kept(*answered, head.chain);
            if (line) known_ = *line;
            return line ? Result<void>() : tl::unexpected(line.error());
        }
        if (answered.error().kind != ProblemKind::Conflict) return tl::unexpected(answered.error());
        if (again) refused_ = head;
        if (again) return tl::unexpected(answered.error());
        const auto known = asked(head.chain);
        if (!known) return tl::unexpected(known.error());
        known_ = *known;
    }
}

Result<std::optional<wire::LogLine>> LogHeads::asked(const std::string& chain) {
    const auto answer = gateway_->logAcknowledgement(chain);
    if (!answer && answer.error().kind == ProblemKind::NotFound) return std::optional<wire::LogLine>();
    if (!answer) return tl::unexpected(answer.error());
    return kept(*answer, chain).map([](const wire::LogLine& line) { return std::optional(line); });
}

Result<wire::LogLine> LogHeads::kept(const std::string& dsse, const std::string& chain) {
    const auto said = wire::LogAcknowledgement::open(dsse, gatewayKey_);
    if (!said) return tl::unexpected(said.error());
    if (said->chain != chain) return base::fail(ProblemKind::BadResponse, {{"key", "chain"}});
    if (auto written = log_.keep(dsse, *said); !written) return tl::unexpected(written.error());
    return said->head;
}

/// Said once for each kind of trouble: it may last for days.
void LogHeads::tell(const Result<void>& sent) {
    const auto kind = sent ? std::nullopt : std::optional(sent.error().kind);
    if (kind == ProblemKind::Cancelled) return;
    if (kind && kind != problem_) base::log::problem("log_head_not_taken", sent.error());
    problem_ = kind;
}

}  // namespace tram::agent
