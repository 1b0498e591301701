#include <nlohmann/json.hpp>

#include "gateway/http/Bodies.h"
#include "gateway/http/OAuth.h"
#include "gateway/http/Problems.h"
#include "gateway/http/ResidentRoutes.h"

namespace tram::gateway {
namespace {

using nlohmann::json;

constexpr std::size_t kLoginForm = 16 * 1024, kMostReports = 100;

bool isNonce(std::string_view text) {
    return text.size() >= 22 && text.size() <= 64 &&
           text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
               text.npos;
}

std::string hour(base::WallTime time) {
    return base::toRfc3339(base::coarseToHour(time));
}

}  // namespace

LoginRoutes::LoginRoutes(Desk desk) : desk_(desk) {
    auto& router = desk_.router;
    router.post("/oauth/device_authorization", kLoginForm, [this](Exchange& exchange) { begin(exchange); });
    router.post("/oauth/revoke", kLoginForm, [this](Exchange& exchange) { revoke(exchange); });
    router.get("/oauth/jwks", [this](Exchange& exchange) { jwks(exchange); });
    router.get("/.well-known/openid-configuration", [this](Exchange& exchange) { discovery(exchange); });
    router.post(
        "/v1/sessions/end", 1024, [this](Exchange& exchange) { endSessions(exchange); },
        [this](Exchange& exchange) { return authenticate(desk_, exchange).has_value(); });
    router.get("/v1/me/reports", [this](Exchange& exchange) { myReports(exchange); });
    desk_.city.logins.onOutcome = [this](std::string_view outcome) {
        desk_.metrics.add("tram_logins_total", "outcome", outcome);
    };
}

void LoginRoutes::begin(Exchange& exchange) {
    auto& logins = desk_.city.logins;
    if (!logins.connected()) return answerProblem(exchange.response, 404);
    auto form = parseForm(exchange.body);
    if (!form || !isNonce((*form)["nonce"])) return oauthError(exchange, 400, "invalid_request");
    if ((*form)["scope"] != "openid profile") return oauthError(exchange, 400, "invalid_scope");
    const auto kiosk = provenKiosk(desk_, exchange, *form);
    if (!kiosk) return;
    const LoginService::Wish wish{(*form)["nonce"], Pages::languageOf((*form)["ui_locales"]),
                                  kiosk->station + ", " + wardName(desk_.city.wards, kiosk->ward)};
    const auto invitation = logins.begin(*kiosk, wish, exchange.now);
    if (!invitation && invitation.error().kind == base::ProblemKind::TooManyRequests)
        return answerProblem(exchange.response, 429, 30);
    if (!invitation && invitation.error().kind == base::ProblemKind::ServerFault)
        return answerProblem(exchange.response, 502, 10);
    if (!invitation) return answerProblem(exchange.response, invitation.error());
    const auto page = desk_.config.phoneUrl() + "/d";
    json answer = {
        {"device_code", invitation->deviceCode},
        {"user_code", invitation->userCode},
        {"verification_uri", page},
        {"verification_uri_complete", page + "?code=" + invitation->userCode + "&k=" + invitation->linkKey},
        {"expires_in", invitation->expiresIn.count()},
        {"interval", invitation->interval.count()},
        {"scan", logins.profile().scanName()}};
    if (!invitation->providerQr.empty()) answer["provider_qr"] = invitation->providerQr;
    exchange.reply(200, answer.dump());
}

void LoginRoutes::revoke(Exchange& exchange) {
    auto form = parseForm(exchange.body);
    if (!form || (*form)["token"].empty()) return oauthError(exchange, 400, "invalid_request");
    const auto kiosk = provenKiosk(desk_, exchange, *form);
    if (!kiosk) return;
    desk_.city.logins.revoke(*kiosk, (*form)["token"], (*form)["token_type_hint"] == "device_code");
    exchange.response.status = 200;
}

void LoginRoutes::discovery(Exchange& exchange) {
    const auto& logins = desk_.city.logins;
    if (!logins.connected()) return answerProblem(exchange.response, 404);
    const auto base = desk_.config.phoneUrl();
    exchange.reply(200, json{{"issuer", logins.issuer()},
                             {"device_authorization_endpoint", base + "/oauth/device_authorization"},
                             {"token_endpoint", base + "/oauth/token"},
                             {"revocation_endpoint", base + "/oauth/revoke"},
                             {"jwks_uri", base + "/oauth/jwks"},
                             {"scopes_supported", json::array({"openid", "profile"})},
                             {"response_types_supported", json::array()},
                             {"grant_types_supported", json::array({"client_credentials", kDeviceGrant})},
                             {"subject_types_supported", json::array({"pairwise"})},
                             {"id_token_signing_alg_values_supported", json::array({"EdDSA"})},
                             {"token_endpoint_auth_methods_supported", json::array({"private_key_jwt"})},
                             {"token_endpoint_auth_signing_alg_values_supported", json::array({"EdDSA"})}}
                            .dump());
    exchange.response.set_header("Cache-Control", "no-cache");
}

void LoginRoutes::jwks(Exchange& exchange) {
    if (!desk_.city.logins.connected()) return answerProblem(exchange.response, 404);
    exchange.reply(200, desk_.city.logins.issuerKeys().jwks(exchange.now));
    exchange.response.set_header("Cache-Control", "no-cache");
}

void LoginRoutes::endSessions(Exchange& exchange) {
    const auto kiosk = authenticate(desk_, exchange);
    if (!kiosk) return;
    desk_.city.logins.endAll(*kiosk);
    desk_.city.uploads.endAll(kiosk->id);
    exchange.response.status = 204;
}

std::optional<ResidentTokens::Holder> residentBehind(Desk& desk, Exchange& exchange) {
    auto holder = desk.city.logins.holderOf(bearerOf(exchange), exchange.now);
    if (!holder) return answerNoToken(exchange), std::nullopt;
    // A kiosk that was revoked takes its residents' tokens with it.
    const auto kiosk = desk.city.kiosks.find(holder->kiosk);
    if (!kiosk) return answerProblem(exchange.response, kiosk.error()), std::nullopt;
    if (!*kiosk || (*kiosk)->revokedAt) return answerNoToken(exchange), std::nullopt;
    return holder;
}

void LoginRoutes::myReports(Exchange& exchange) {
    auto& city = desk_.city;
    const auto holder = residentBehind(desk_, exchange);
    if (!holder) return;
    const auto mine = city.reports.ofSubject(city.subjects.indexOf(holder->sub), kMostReports);
    if (!mine) return answerProblem(exchange.response, mine.error());
    json list = json::array();
    for (const auto& report : *mine)
        list.push_back({{"code", report.code},
                        {"field", report.field},
                        {"ward", report.ward},
                        {"state", wire::name(report.state)},
                        {"received_at", hour(report.receivedAt)},
                        {"changed_at", hour(report.changedAt)}});
    exchange.reply(200, json{{"source", city.sourceName()},
                             {"as_of", base::toRfc3339(exchange.now)},
                             {"reports", std::move(list)}}
                            .dump());
}

}  // namespace tram::gateway
