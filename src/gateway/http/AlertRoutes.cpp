#include "gateway/http/Problems.h"
#include "gateway/http/Routes.h"

namespace tram::gateway {

AlertRoutes::AlertRoutes(Desk desk) : desk_(desk) {
    desk_.router.get("/v1/alerts", [this](Exchange& exchange) { list(exchange); });
}

/// Neither the store nor a token is asked: a thousand kiosks come every few seconds, and it is for everybody.
void AlertRoutes::list(Exchange& exchange) {
    const auto document = desk_.city.alerts.document();
    if (!document) return answerProblem(exchange.response, 404);
    exchange.response.set_header("ETag", document->etag);
    exchange.response.set_header("Cache-Control", "no-cache");
    if (exchange.header("If-None-Match") == document->etag) {
        exchange.response.status = 304;
        return;
    }
    exchange.reply(200, document->bytes);
}

}  // namespace tram::gateway
