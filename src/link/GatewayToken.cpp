// How GatewayClient speaks for its kiosk: RFC 6749 §4.4 with private_key_jwt (RFC 7523).
#include <algorithm>
#include <nlohmann/json.hpp>

#include "link/Answers.h"
#include "link/GatewayClient.h"
#include "net/HttpDate.h"
#include "oidc/ClientAssertion.h"

namespace tram::link {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

namespace {

constexpr base::Millis kRenewEarly{10000};
constexpr base::Millis kNotableSkew{20000};
constexpr const char* kAssertion =
    "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
    "&client_assertion=";
constexpr std::string_view kNotYet[] = {"authorization_pending", "slow_down", "access_denied",
                                        "expired_token"};

struct Token {
    std::string text;
    base::Millis lives{0};
};

Result<Token> readToken(const net::HttpResponse& response) {
    const json body = bodyOf(response);
    Token token;
    try {
        token.text = body.at("access_token").get<std::string>();
        const auto seconds = body.value("expires_in", std::int64_t{60});
        token.lives = std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, 86400));
    } catch (const json::exception&) {
        token.text.clear();
    }
    if (!isBearer(token.text)) return base::fail(ProblemKind::BadResponse, {{"detail", "token"}});
    return token;
}

/// A 400 may also be the way of RFC 8628 §3.5 to say "not yet", which no other assertion changes.
bool refusesClient(const net::HttpResponse& response) {
    return response.status == 401 ||
           (response.status == 400 && std::ranges::count(kNotYet, oauthError(response)) == 0);
}

/// RFC 6749 §5.2: invalid_client may come as 400 as well as 401. Either way this kiosk is refused.
Result<void> expectToken(const net::HttpResponse& response) {
    // The gateway knows us, and we may not: this kiosk was revoked.
    if (response.status == 400 && oauthError(response) == "unauthorized_client")
        return base::fail(ProblemKind::Forbidden, {{"status", "400"}, {"detail", "revoked"}});
    if ((response.status == 400 || response.status == 401) && isJson(response)) {
        return base::fail(ProblemKind::Unauthorized, {{"status", std::to_string(response.status)}});
    }
    return expectJson(response);
}

}  // namespace

base::WallTime GatewayClient::gatewayTime() const {
    return clock_.wall() + clockOffset_;
}

void GatewayClient::learnTime(const net::HttpResponse& response) {
    if (const auto date = net::parseHttpDate(response.header("date"))) clockOffset_ = *date - clock_.wall();
}

Result<net::HttpResponse> GatewayClient::exchange(const net::HttpRequest& request) {
    auto response = http_->send(request);
    if (response) learnTime(*response);
    return response;
}

Result<net::HttpResponse> GatewayClient::postAsClient(const std::string& path, std::string form) {
    if (!identity_) return base::fail(ProblemKind::NotEnrolled);
    auto ask = request("POST", path);
    ask.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    ask.maxResponseBytes = 64u << 10;
    const auto send = [&] {
        // Every character of a JWT is unreserved: nothing to percent-encode.
        ask.body = form + kAssertion +
                   oidc::ClientAssertion::make(identity_->kioskId, identity_->tokenAudience, gatewayTime(),
                                               identity_->key);
        auto response = confide(ask);
        base::wipe(ask.body.data(), ask.body.size());
        return response;
    };
    const base::Millis believed = clockOffset_;
    auto response = send();
    const bool clockWasOff = std::chrono::abs(clockOffset_ - believed) > kNotableSkew;
    // Refused for our clock, perhaps: the refusal's own Date sets it right, so one more assertion is worth
    // while.
    if (response && refusesClient(*response) && clockWasOff) response = send();
    base::wipe(form.data(), form.size());
    return response;
}

Result<std::string> GatewayClient::token(bool fresh) {
    if (!identity_) return base::fail(ProblemKind::NotEnrolled);
    const auto now = clock_.boot();
    const bool good = tokenUntil_.bootId == now.bootId && now.sinceBoot < tokenUntil_.sinceBoot;
    if (!fresh && good && !token_.empty()) return token_;
    token_.clear();
    const auto response = postAsClient("/oauth/token", "grant_type=client_credentials");
    if (!response) return tl::unexpected(response.error());
    if (auto fine = expectToken(*response); !fine) return tl::unexpected(fine.error());
    const auto token = readToken(*response);
    if (!token) return tl::unexpected(token.error());
    token_ = token->text;
    // A token of under twenty seconds is used for half its life.
    tokenUntil_ = {now.bootId, now.sinceBoot + std::max(token->lives - kRenewEarly, token->lives / 2)};
    return token_;
}

Result<net::HttpResponse> GatewayClient::authorized(net::HttpRequest request) {
    const std::size_t place = request.headers.size();
    request.headers.emplace_back("Authorization", "");
    for (const bool fresh : {false, true}) {
        const auto bearer = token(fresh);
        if (!bearer) return tl::unexpected(notSent(bearer.error()));
        request.headers[place].second = "Bearer " + *bearer;
        auto response = confide(request);
        if (!response || response->status != 401 || fresh) return response;
    }
    return base::fail(ProblemKind::Internal);
}

}  // namespace tram::link
