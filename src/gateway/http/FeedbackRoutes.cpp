#include "base/TrackingCode.h"
#include "gateway/http/Problems.h"
#include "gateway/http/Routes.h"

namespace tram::gateway {

FeedbackRoutes::FeedbackRoutes(Desk desk, Guesses& guesses, const Pages& pages)
    : desk_(desk), guesses_(guesses) {
    desk_.router.get("/v1/feedback/{code}", [this](Exchange& exchange) { status(exchange); });
    // The same page for every code: it cannot tell which ones exist.
    desk_.router.get("/t/{code}", [&pages](Exchange& exchange) { pages.send(exchange, "follow.html"); });
    desk_.router.get("/assets/{name}", [&pages](Exchange& exchange) {
        if (exchange.place().ends_with(".html")) return answerProblem(exchange.response, 404);
        pages.send(exchange, exchange.place());
    });
}

void FeedbackRoutes::status(Exchange& exchange) {
    const auto asking = kioskIfAny(desk_, exchange);
    if (!asking) return answerProblem(exchange.response, asking.error());
    const auto code = base::TrackingCode::parse(exchange.place());
    const Guesses::Asking guess{exchange, *asking, code ? code->prefix() : std::string()};
    const auto wait = guesses_.tooMany(guess);
    const base::SecretText secret(exchange.header("Receipt-Secret"));
    // Who holds the receipt is never locked out by somebody else's guessing; 128 bits are not guessed.
    // Anybody else gets the same answer before the report is looked up: not even the time it takes tells
    // which codes exist.
    auto& city = desk_.city;
    const auto proven = [&] {
        return code && (city.reports.proves(code->symbols(), secret).value_or(false) ||
                        city.rights.proves(code->symbols(), secret).value_or(false));
    };
    if (wait && !proven()) return answerProblem(exchange.response, 429, wait->count());
    auto found = code ? city.reports.status(code->symbols(), secret, city.sourceName(), exchange.now)
                      : base::Result<std::optional<wire::FeedbackStatus>>(std::nullopt);
    // A use of the law's rights is followed by its code like a report.
    if (code && found && !*found)
        found = city.rights.status(code->symbols(), secret, *city.dossiers.workingDays(), exchange.now);
    if (!found) return answerProblem(exchange.response, found.error());
    if (!*found) {
        guesses_.missed(guess);
        return answerProblem(exchange.response, 404);
    }
    exchange.reply(200, (*found)->toJson());
}

}  // namespace tram::gateway
