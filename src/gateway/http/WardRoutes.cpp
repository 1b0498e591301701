#include "gateway/http/Problems.h"
#include "gateway/http/Routes.h"
#include "gateway/tally/WardReports.h"

namespace tram::gateway {

WardRoutes::WardRoutes(Desk desk) : desk_(desk) {
    desk_.router.get("/v1/campaigns", [this](Exchange& exchange) { campaigns(exchange); });
    desk_.router.get("/v1/reports/ward", [this](Exchange& exchange) { report(exchange); });
}

void WardRoutes::campaigns(Exchange& exchange) {
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return;
    const auto told = desk_.city.campaigns.told(kiosk->ward, exchange.now);
    if (!told) return answerProblem(exchange.response, told.error());
    exchange.reply(200, told->toJson());
}

void WardRoutes::report(Exchange& exchange) {
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return;
    const auto by = wire::wardReportBy(exchange.query("by"));
    if (!by) return answerProblem(exchange.response, 400);
    const auto told =
        wardReport(*desk_.city.storage.city, {kiosk->ward, exchange.query("from"), exchange.query("to")}, *by,
                   exchange.now);
    if (!told && told.error().kind == base::ProblemKind::OutOfRange)
        return answerProblem(exchange.response, 400);
    if (!told) return answerProblem(exchange.response, told.error());
    exchange.reply(200, told->toJson());
}

}  // namespace tram::gateway
