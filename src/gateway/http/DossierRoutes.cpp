#include "gateway/http/Problems.h"
#include "gateway/http/ResidentRoutes.h"

namespace tram::gateway {
namespace {

constexpr long kAskAgain = 15;

/// Who took it in: what somebody who guesses would hold on to. No tracking code begins so.
std::string prefixOf(const std::optional<std::string>& code) {
    return code ? "dossier " + code->substr(0, code->find('-')) : "";
}

void answerSource(Exchange& exchange, const base::Problem& problem) {
    if (problem.fact("detail") == "source") return answerSilentSource(exchange.response, kAskAgain);
    answerProblem(exchange.response, problem);
}

}  // namespace

DossierRoutes::DossierRoutes(Desk desk, Guesses& guesses, const Pages& pages)
    : desk_(desk), guesses_(guesses) {
    desk_.router.get("/v1/dossiers/{code}", [this](Exchange& exchange) { status(exchange); });
    desk_.router.get("/v1/me/dossiers", [this](Exchange& exchange) { mine(exchange); });
    // The same page for every code: it cannot tell which ones exist.
    desk_.router.get("/h/{code}", [&pages](Exchange& exchange) { pages.send(exchange, "dossier.html"); });
}

void DossierRoutes::status(Exchange& exchange) {
    const auto kiosk = kioskIfAny(desk_, exchange);
    if (!kiosk) return answerProblem(exchange.response, kiosk.error());
    auto& dossiers = desk_.city.dossiers;
    if (!dossiers.connected()) return answerSilentSource(exchange.response, kAskAgain);
    const auto code = dossiers.codeOf(exchange.place());
    const Guesses::Asking asking{exchange, *kiosk, prefixOf(code)};
    if (const auto wait = guesses_.tooMany(asking))
        return answerProblem(exchange.response, 429, wait->count());
    const auto secret = exchange.header("Slip-Secret");
    auto found = code ? dossiers.byCode(*code, exchange.now, secret)
                      : base::Result<std::optional<wire::DossierStatus>>(std::nullopt);
    if (!found) return answerSource(exchange, found.error());
    if (!*found) {
        guesses_.missed(asking);
        return answerProblem(exchange.response, 404);
    }
    auto& status = **found;
    // Who tries secrets guesses too. Of what is not finished the answer is the same with any.
    if (!secret.empty() && isDone(status.state) && !status.rateable) guesses_.missed(asking);
    guesses_.found(asking);
    if (auto offered = desk_.city.ratings.offer(status); !offered)
        return answerProblem(exchange.response, offered.error());
    // By message only for whoever asks at a station, and only while something may still come.
    if (*kiosk && !isLast(newsOf(status))) status.notify = desk_.city.watch.offers();
    exchange.reply(200, status.toJson());
}

void DossierRoutes::mine(Exchange& exchange) {
    const auto holder = residentBehind(desk_, exchange);
    if (!holder) return;
    auto& dossiers = desk_.city.dossiers;
    if (!dossiers.knowsOwners()) return answerProblem(exchange.response, 404);
    auto found = dossiers.ofOwner(holder->owner, exchange.now);
    if (!found) return answerSource(exchange, found.error());
    for (auto& status : found->dossiers) {
        if (auto offered = desk_.city.ratings.offer(status); !offered)
            return answerProblem(exchange.response, offered.error());
        if (!isLast(newsOf(status))) status.notify = desk_.city.watch.offers();
    }
    exchange.reply(200, found->toJson());
}

}  // namespace tram::gateway
