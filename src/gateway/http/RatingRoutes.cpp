#include <cmath>

#include "gateway/http/Problems.h"
#include "gateway/http/ResidentRoutes.h"

namespace tram::gateway {

RatingRoutes::RatingRoutes(Desk desk, const Pages& pages) : desk_(desk) {
    auto& router = desk_.router;
    router.get("/v1/ratings/{office}", [this](Exchange& exchange) { average(exchange); });
    // The same page for every ticket: it cannot tell which ones are right.
    router.get("/r/{token}", [&pages](Exchange& exchange) {
        const auto language = Pages::languageOf(exchange.query("lang"));
        showOutcome(exchange, pages, 200, "visit", language, language == "en" ? "?lang=vi" : "?lang=en");
    });
}

void RatingRoutes::average(Exchange& exchange) {
    const auto shown = desk_.city.ratings.shown(officeKey(exchange.place()));
    if (!shown) return answerProblem(exchange.response, shown.error());
    if (!*shown) return answerProblem(exchange.response, 404);
    const auto& average = **shown;
    const auto tenths =
        std::lround(10.0 * static_cast<double>(average.stars) / static_cast<double>(average.count));
    const wire::OfficeRating told{static_cast<int>(tenths), average.count, average.asOf};
    exchange.reply(200, told.toJson());
}

}  // namespace tram::gateway
