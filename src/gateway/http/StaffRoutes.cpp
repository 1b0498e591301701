#include "gateway/http/StaffRoutes.h"

#include "gateway/http/Problems.h"

namespace tram::gateway {
namespace {

constexpr int kMissesPerKiosk = 60;
constexpr std::chrono::hours kMissesWindow{1};
constexpr long kAskAgain = 2;  // seconds

}  // namespace

StaffRoutes::StaffRoutes(Desk desk) : desk_(desk), misses_(kMissesPerKiosk, kMissesWindow) {
    desk_.router.get("/v1/staff", [this](Exchange& exchange) { list(exchange); });
    desk_.router.post(
        "/v1/staff/sign-in", wire::StaffSignIn::kMaxBytes, [this](Exchange& exchange) { signIn(exchange); },
        [this](Exchange& exchange) { return authenticate(desk_, exchange).has_value(); });
}

void StaffRoutes::list(Exchange& exchange) {
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return;
    const auto document = desk_.city.staffLists.of(kiosk->ward, exchange.now);
    if (!document) return answerProblem(exchange.response, document.error());
    exchange.response.set_header("ETag", document->etag);
    exchange.response.set_header("Cache-Control", "no-cache");
    if (exchange.header("If-None-Match") == document->etag) {
        exchange.response.status = 304;
        return;
    }
    exchange.reply(200, document->bytes);
}

void StaffRoutes::signIn(Exchange& exchange) {
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return;
    const auto typed = wire::StaffSignIn::parse(exchange.body);
    if (!typed) return answerProblem(exchange.response, 400);
    if (const auto wait = misses_.exhausted(kiosk->id, exchange.now))
        return answerProblem(exchange.response, 429, wait->count());
    const FewAtOnce::Place place(checks_);
    if (!place.taken()) return answerProblem(exchange.response, 503, kAskAgain);
    const auto who = desk_.city.staff.signIn(kiosk->ward, *typed, exchange.now);
    if (who) return exchange.reply(200, who->toJson());
    const auto& problem = who.error();
    if (problem.kind == base::ProblemKind::Unprocessable) misses_.spend(kiosk->id, exchange.now);
    if (problem.kind == base::ProblemKind::TooManyRequests)
        return answerProblem(exchange.response, 429, std::stol(std::string(problem.fact("retry_after_s"))));
    answerProblem(exchange.response, problem);
}

}  // namespace tram::gateway
