#include "gateway/http/Bodies.h"
#include "gateway/http/Problems.h"
#include "gateway/http/Routes.h"

namespace tram::gateway {
namespace {

// 100 envelopes, their commas, and the object around them.
constexpr std::size_t kMaxBody = Inbox::kMaxBatch * (wire::Envelope::kMaxBytes + 8) + 1024;

}  // namespace

ActionRoutes::ActionRoutes(Desk desk) : desk_(desk) {
    desk_.router.post(
        "/v1/actions", kMaxBody, [this](Exchange& exchange) { take(exchange); },
        [this](Exchange& exchange) { return authenticate(desk_, exchange).has_value(); });
}

void ActionRoutes::take(Exchange& exchange) {
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return;
    const auto envelopes = sliceActions(exchange.body, Inbox::kMaxBatch);
    if (!envelopes) return answerProblem(exchange.response, envelopes.error());
    const auto answer = desk_.city.inbox.take(*kiosk, *envelopes, exchange.now);
    if (!answer) return answerProblem(exchange.response, answer.error());
    for (const auto& result : answer->results)
        desk_.metrics.add("tram_actions_total", "verdict", name(result.verdict));
    exchange.reply(200, answer->toJson());
}

}  // namespace tram::gateway
