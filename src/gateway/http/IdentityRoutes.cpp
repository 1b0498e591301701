#include <nlohmann/json.hpp>

#include "gateway/http/Bodies.h"
#include "gateway/http/OAuth.h"
#include "gateway/http/Problems.h"
#include "gateway/http/Routes.h"
#include "wire/Envelope.h"

namespace tram::gateway {
namespace {

using nlohmann::json;

constexpr std::size_t kSmallBody = 16 * 1024;
/// RFC 8628 §3.5.
const char* errorOf(LoginService::Wait wait) {
    switch (wait) {
        case LoginService::Wait::SlowDown:
            return "slow_down";
        case LoginService::Wait::Expired:
            return "expired_token";
        default:
            return "invalid_grant";
    }
}

std::string pendingDocument(const LoginService::Pending& pending) {
    json document = {{"error", "authorization_pending"}};
    if (pending.opened) document["opened"] = true;
    if (pending.agreed) {
        document["agreed"] = true;
        document["expires_in"] = pending.left.count();
    }
    return document.dump();
}

}  // namespace

base::Result<std::optional<Kiosk>> kioskIfAny(Desk& desk, const Exchange& exchange) {
    const auto token = bearerOf(exchange);
    if (token.empty()) return std::nullopt;
    return desk.city.tokens.kioskOf(token, exchange.now);
}

std::optional<Kiosk> authenticate(Desk& desk, Exchange& exchange) {
    auto kiosk = kioskIfAny(desk, exchange);
    if (kiosk && *kiosk) return std::move(*kiosk);
    if (!kiosk) {  // a store that cannot be read must not look like a token that is no good
        answerProblem(exchange.response, kiosk.error());
        return std::nullopt;
    }
    answerNoToken(exchange);
    return std::nullopt;
}

IdentityRoutes::IdentityRoutes(Desk desk)
    : desk_(desk), misses_(desk.config.budgets.enrolmentsPerAddress, desk.config.budgets.window) {
    desk_.router.post("/v1/kiosks", kSmallBody, [this](Exchange& exchange) { enrol(exchange); });
    desk_.router.post("/oauth/token", kSmallBody, [this](Exchange& exchange) { token(exchange); });
    desk_.router.get("/v1/sealing-keys", [this](Exchange& exchange) { sealingKeys(exchange); });
}

void IdentityRoutes::sealingKeys(Exchange& exchange) {
    const auto statement = desk_.city.keys.statement();
    exchange.response.set_header("ETag", statement->etag);
    exchange.response.set_header("Cache-Control", "public, max-age=10");
    if (exchange.header("If-None-Match") == statement->etag) {
        exchange.response.status = 304;
        return;
    }
    exchange.reply(200, statement->bytes);
}

void IdentityRoutes::enrol(Exchange& exchange) {
    const auto address = networkOf(exchange.client());
    if (const auto wait = misses_.exhausted(address, exchange.now))
        return answerProblem(exchange.response, 429, wait->count());
    const auto request = wire::EnrolmentRequest::parse(exchange.body);
    if (!request) return answerProblem(exchange.response, 400);
    const auto kiosk = desk_.city.kiosks.enrol(*request, exchange.now);
    if (!kiosk) {
        misses_.spend(address, exchange.now);
        return answerProblem(exchange.response, kiosk.error());
    }
    const auto& identity = desk_.city.keys.identity();
    const auto answer = wire::Dsse::sign(std::string(wire::EnrolmentAnswer::kPayloadType),
                                         desk_.city.welcome(*kiosk, desk_.config.publicUrl).toJson(),
                                         identity.verifyKey().fingerprint(), identity);
    base::log::info("kiosk.enrolled");
    exchange.reply(201, answer.toJson());
}

void IdentityRoutes::token(Exchange& exchange) {
    auto form = parseForm(exchange.body);
    if (!form) return oauthError(exchange, 400, "invalid_request");
    const bool device = (*form)["grant_type"] == kDeviceGrant && desk_.city.logins.connected();
    if (!device && (*form)["grant_type"] != "client_credentials" && !(*form)["client_assertion"].empty())
        return oauthError(exchange, 400, "unsupported_grant_type");
    const auto kiosk = provenKiosk(desk_, exchange, *form);
    if (!kiosk) return;
    if (device) return residentToken(exchange, *kiosk, (*form)["device_code"]);
    const auto token = desk_.city.tokens.issue(*kiosk, exchange.now);
    if (!token) return answerProblem(exchange.response, token.error());
    exchange.reply(200, json{{"access_token", *token},
                             {"token_type", "Bearer"},
                             {"expires_in", std::chrono::seconds(Tokens::kLife).count()}}
                            .dump());
    exchange.response.set_header("Pragma", "no-cache");
}

void IdentityRoutes::residentToken(Exchange& exchange, const Kiosk& kiosk, const std::string& deviceCode) {
    const auto turn = desk_.city.logins.poll(kiosk, deviceCode, exchange.now);
    if (const auto* pending = std::get_if<LoginService::Pending>(&turn))
        return exchange.reply(400, pendingDocument(*pending));
    if (const auto* wait = std::get_if<LoginService::Wait>(&turn))
        return oauthError(exchange, 400, errorOf(*wait));
    if (const auto* refusal = std::get_if<Refusal>(&turn))
        return oauthError(exchange, 400, "access_denied", name(*refusal));
    const auto& session = std::get<LoginService::Session>(turn);
    exchange.reply(200, json{{"access_token", session.accessToken},
                             {"id_token", session.idToken},
                             {"token_type", "Bearer"},
                             {"scope", "resident"},
                             {"expires_in", ResidentTokens::kLife.count()}}
                            .dump());
    exchange.response.set_header("Pragma", "no-cache");
}

}  // namespace tram::gateway
