#include "gateway/http/OAuth.h"

#include <nlohmann/json.hpp>

#include "gateway/http/Problems.h"

namespace tram::gateway {
namespace {

constexpr const char* kAssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

}  // namespace

void oauthError(Exchange& exchange, int status, const char* error, std::string_view reason) {
    nlohmann::json document = {{"error", error}};
    if (!reason.empty()) document["reason"] = reason;
    exchange.reply(status, document.dump());
}

std::string bearerOf(const Exchange& exchange) {
    const auto header = exchange.header("Authorization");
    return header.starts_with("Bearer ") && header.size() < 512 ? header.substr(7) : std::string();
}

void answerNoToken(Exchange& exchange) {
    answerProblem(exchange.response, 401);
    exchange.response.set_header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
}

std::optional<Kiosk> provenKiosk(Desk& desk, Exchange& exchange, std::map<std::string, std::string>& form) {
    if (form["client_assertion_type"] != kAssertionType || form["client_assertion"].empty()) {
        oauthError(exchange, 400, "invalid_request");
        return std::nullopt;
    }
    auto kiosk = desk.city.tokens.prove(form["client_assertion"], exchange.now);
    if (kiosk) return std::move(*kiosk);
    // RFC 6749 §5.2: the client is who it says, and may not: it was revoked.
    if (kiosk.error().kind == base::ProblemKind::Forbidden)
        oauthError(exchange, 400, "unauthorized_client");
    else if (kiosk.error().kind == base::ProblemKind::Unauthorized)
        oauthError(exchange, 401, "invalid_client");
    else
        answerProblem(exchange.response, kiosk.error());
    return std::nullopt;
}

}  // namespace tram::gateway
