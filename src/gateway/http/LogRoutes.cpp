#include "gateway/http/Problems.h"
#include "gateway/http/Routes.h"
#include "wire/LogHead.h"

namespace tram::gateway {
namespace {

using Verdict = LogHeads::Verdict;

constexpr long kLogAgain = 3600;  // seconds

int statusFor(Verdict verdict) {
    return verdict == Verdict::TooMany ? 507 : 409;
}

/// Nothing when it is none, or not this kiosk's.
std::optional<LogHeads::Head> headFrom(const std::string& body, const Kiosk& kiosk) {
    const auto key = crypto::VerifyKey::parse(kiosk.key);
    if (!key) return std::nullopt;
    const auto said = wire::LogHead::open(body, *key);
    if (!said || said->kiosk != kiosk.id) return std::nullopt;
    return LogHeads::Head{said->chain, said->head.n, said->head.hash, said->after ? said->after->n : 0,
                          said->after ? said->after->hash : std::string()};
}

}  // namespace

LogRoutes::LogRoutes(Desk desk) : desk_(desk) {
    desk_.router.post("/v1/log-heads", wire::LogHead::kMaxBytes,
                      [this](Exchange& exchange) { take(exchange); });
    desk_.router.get("/v1/log-heads/{chain}", [this](Exchange& exchange) { show(exchange); });
}

void LogRoutes::take(Exchange& exchange) {
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return;
    const auto head = headFrom(exchange.body, *kiosk);
    if (!head) return answerProblem(exchange.response, 422);
    const auto verdict = desk_.city.logHeads.take(kiosk->id, *head, exchange.now);
    if (!verdict) return answerProblem(exchange.response, verdict.error());
    desk_.metrics.add("tram_log_heads_total", "verdict", name(*verdict));
    if (*verdict == Verdict::Taken) return acknowledge(exchange, *kiosk, head->chain);
    if (const auto id = base::Uuid::parse(kiosk->id); id && *verdict != Verdict::Unknown)
        base::log::warning("log_head.refused", {{"kiosk", *id}, {"verdict", *verdict}});
    answerProblem(exchange.response, statusFor(*verdict), *verdict == Verdict::TooMany ? kLogAgain : 0);
}

void LogRoutes::show(Exchange& exchange) {
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return;
    if (!wire::isLogChain(exchange.place())) return answerProblem(exchange.response, 404);
    acknowledge(exchange, *kiosk, exchange.place());
}

void LogRoutes::acknowledge(Exchange& exchange, const Kiosk& kiosk, const std::string& chain) {
    const auto known = desk_.city.logHeads.find(kiosk.id, chain);
    if (!known) return answerProblem(exchange.response, known.error());
    if (!*known) return answerProblem(exchange.response, 404);
    const wire::LogAcknowledgement said{
        kiosk.id, chain, {(*known)->n, (*known)->hash}, base::toRfc3339((*known)->at)};
    exchange.reply(200, said.sign(desk_.city.keys.identity()));
}

}  // namespace tram::gateway
