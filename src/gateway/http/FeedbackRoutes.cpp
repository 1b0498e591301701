#include "base/TrackingCode.h"
#include "gateway/http/Problems.h"
#include "gateway/http/Routes.h"

namespace tram::gateway {

FeedbackRoutes::FeedbackRoutes(Desk desk, const Pages& pages)
    : desk_(desk),
      perAddress_(desk.config.budgets.missesPerAddress, desk.config.budgets.window),
      perPrefix_(desk.config.budgets.missesPerPrefix, desk.config.budgets.window),
      perKiosk_(desk.config.budgets.missesPerKiosk, desk.config.budgets.window) {
    desk_.router.get("/v1/feedback/{code}", [this](Exchange& exchange) { status(exchange); });
    // The same page for every code: it cannot tell which ones exist.
    desk_.router.get("/t/{code}", [&pages](Exchange& exchange) { pages.send(exchange, "follow.html"); });
    desk_.router.get("/assets/{name}", [&pages](Exchange& exchange) {
        if (exchange.place().ends_with(".html")) return answerProblem(exchange.response, 404);
        pages.send(exchange, exchange.place());
    });
}

std::optional<std::chrono::seconds> FeedbackRoutes::tooMany(const Exchange& exchange,
                                                            const std::optional<Kiosk>& kiosk,
                                                            const std::string& prefix) {
    if (kiosk) return perKiosk_.exhausted(kiosk->id, exchange.now);
    const auto wait = perAddress_.exhausted(networkOf(exchange.client()), exchange.now);
    if (wait || prefix.empty()) return wait;
    return perPrefix_.exhausted(prefix, exchange.now);
}

void FeedbackRoutes::miss(const Exchange& exchange, const std::optional<Kiosk>& kiosk,
                          const std::string& prefix) {
    if (kiosk) return perKiosk_.spend(kiosk->id, exchange.now);
    perAddress_.spend(networkOf(exchange.client()), exchange.now);
    if (!prefix.empty()) perPrefix_.spend(prefix, exchange.now);
}

void FeedbackRoutes::status(Exchange& exchange) {
    const auto asking = kioskIfAny(desk_, exchange);
    if (!asking) return answerProblem(exchange.response, asking.error());
    const auto& kiosk = *asking;
    const auto code = base::TrackingCode::parse(exchange.place());
    const auto prefix = code ? code->prefix() : std::string();
    const auto wait = tooMany(exchange, kiosk, prefix);
    const base::SecretText secret(exchange.header("Receipt-Secret"));
    // Who holds the receipt is never locked out by somebody else's guessing; 128 bits are not guessed.
    // Anybody else gets the same answer before the report is looked up: not even the time it takes tells
    // which codes exist.
    if (wait && !(code && desk_.city.reports.proves(code->symbols(), secret).value_or(false)))
        return answerProblem(exchange.response, 429, wait->count());
    auto found =
        code ? desk_.city.reports.status(code->symbols(), secret, desk_.city.sourceName(), exchange.now)
             : base::Result<std::optional<wire::FeedbackStatus>>(std::nullopt);
    if (!found) return answerProblem(exchange.response, found.error());
    if (!*found) {
        miss(exchange, kiosk, prefix);
        return answerProblem(exchange.response, 404);
    }
    exchange.reply(200, (*found)->toJson());
}

}  // namespace tram::gateway
