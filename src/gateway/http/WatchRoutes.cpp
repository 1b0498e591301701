#include "gateway/http/Problems.h"
#include "gateway/http/ResidentRoutes.h"
#include "gateway/http/TurnRoutes.h"
#include "wire/Members.h"

namespace tram::gateway {
namespace {

constexpr int kWatchesPerHour = 30, kWrongLinksPerHour = 60;
constexpr std::chrono::hours kWatchWindow{1};
constexpr std::size_t kLeaveForm = 256, kTokenSize = 22;
constexpr long kAskAgainForWatch = 15;

bool isLeaveToken(std::string_view text) {
    const auto bytes = crypto::fromBase64Url(text);
    return text.size() == kTokenSize && bytes && bytes->size() == 16;
}

std::string dossierPrefix(const std::optional<std::string>& code) {
    return code ? "dossier " + code->substr(0, code->find('-')) : "";
}

}  // namespace

WatchRoutes::WatchRoutes(Desk desk, Guesses& guesses, const Pages& pages)
    : desk_(desk),
      guesses_(guesses),
      pages_(pages),
      perKiosk_(kWatchesPerHour, kWatchWindow),
      misses_(kWrongLinksPerHour, kWatchWindow) {
    auto& router = desk_.router;
    router.post(
        "/v1/dossiers/{code}/watch", wire::WatchRequest::kMaxBytes,
        [this](Exchange& exchange) { watch(exchange); },
        [this](Exchange& exchange) { return authenticate(desk_, exchange).has_value(); });
    router.get("/b/{token}", [this](Exchange& exchange) { page(exchange); });
    // Not by looking: what looks at links for their previews would end every watch.
    router.post("/b/{token}", kLeaveForm, [this](Exchange& exchange) { leave(exchange); });
}

void WatchRoutes::watch(Exchange& exchange) {
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return;
    auto& city = desk_.city;
    auto request = wire::WatchRequest::parse(exchange.body);
    base::wipe(exchange.body.data(), exchange.body.size());
    if (!request) return answerProblem(exchange.response, 400);
    const auto code = city.dossiers.codeOf(exchange.place());
    const std::optional<Kiosk> asks(*kiosk);
    const Guesses::Asking asking{exchange, asks, dossierPrefix(code)};
    auto wait = guesses_.tooMany(asking);
    if (!wait) wait = perKiosk_.exhausted(kiosk->id, exchange.now);
    if (wait) return answerProblem(exchange.response, 429, wait->count());
    if (!city.watch.connected() || !city.dossiers.connected()) return answerProblem(exchange.response, 404);
    const auto status = code ? city.dossiers.byCode(*code, exchange.now)
                             : base::Result<std::optional<wire::DossierStatus>>(std::nullopt);
    if (!status) return answerSilentSource(exchange.response, kAskAgainForWatch);
    if (!*status) {
        guesses_.missed(asking);
        return answerProblem(exchange.response, 404);
    }
    perKiosk_.spend(kiosk->id, exchange.now);
    const auto answer = city.watch.watch(**status, *request);
    if (!answer && answer.error().kind == base::ProblemKind::TooManyRequests)
        return answerProblem(exchange.response, 429, 86'400);
    if (!answer) return answerProblem(exchange.response, answer.error());
    exchange.reply(200, answer->toJson());
}

void WatchRoutes::page(Exchange& exchange) {
    const auto language = Pages::languageOf(exchange.query("lang"));
    const auto token = exchange.place();
    const auto address = networkOf(exchange.client());
    const auto other = otherLanguage("/b/" + token, language);
    if (const auto wait = misses_.exhausted(address, exchange.now))
        return answerProblem(exchange.response, 429, wait->count());
    const auto known = isLeaveToken(token) ? desk_.city.watch.knows(token) : base::Result<bool>(false);
    if (!known) return answerProblem(exchange.response, known.error());
    if (!*known) {
        misses_.spend(address, exchange.now);
        return showOutcome(exchange, pages_, 404, "watch_none", language, other);
    }
    pages_.show(exchange, {.language = language,
                           .title = "web.watch.title",
                           .main = pages_.fill("watch.html", language,
                                               {{"action", inLanguage("/b/" + token, language)}}),
                           .otherUrl = other});
}

void WatchRoutes::leave(Exchange& exchange) {
    const auto language = Pages::languageOf(exchange.query("lang"));
    const auto token = exchange.place();
    const auto left = isLeaveToken(token) ? desk_.city.watch.leave(token) : base::Result<bool>(false);
    if (!left) return answerProblem(exchange.response, left.error());
    showOutcome(exchange, pages_, *left ? 200 : 404, *left ? "watch_left" : "watch_none", language,
                otherLanguage("/b/" + token, language));
}

}  // namespace tram::gateway
