#pragma once
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "link/GatewayClient.h"
#include "oidc/ClientAssertion.h"
#include "tests/support/FakeClock.h"
#include "tests/support/GatewayStub.h"
#include "tests/support/HttpStub.h"

namespace tram::test {

inline const std::string kKiosk = "0192f3a4-0000-7000-8000-000000000001";
inline const std::string kAudience = "https://gateway.example.vn/oauth/token";
inline const std::string kSha(64, 'a');

/// A gateway of which each test sets what it needs; the token endpoint really verifies.
struct SignedInLine {
    explicit SignedInLine(bool enrolled = true) {
        http.server.Post("/oauth/token",
                         [this](const httplib::Request& request, httplib::Response& response) {
                             ++tokensAsked;
                             if (tokenAnswer) return tokenAnswer(request, response);
                             giveToken(request, response);
                         });
        // httplib sets its own Date nowhere: the gateway's clock is ours to choose.
        http.server.set_post_routing_handler(
            [this](const httplib::Request& request, httplib::Response& response) {
                seen.push_back(request);
                if (!date.empty()) response.set_header("Date", date);
            });
        std::optional<link::KioskIdentity> identity;
        if (enrolled) identity = link::KioskIdentity{kKiosk, kAudience, std::move(key)};
        client = std::make_unique<link::GatewayClient>(
            http.url(), std::make_shared<net::HttpClient>(net::HttpClient::Options{}), clock,
            std::move(identity));
    }
    void giveToken(const httplib::Request& request, httplib::Response& response) {
        assertions.push_back(request.get_param_value("client_assertion"));
        const auto claim = oidc::ClientAssertion::verify(assertions.back(), kAudience, gatewayNow, publicKey);
        const bool good = claim && claim->clientId == kKiosk &&
                          request.get_param_value("grant_type") == "client_credentials" &&
                          request.get_param_value("client_assertion_type") ==
                              "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        if (!good) {
            response.status = 401;
            return answerJson(response, R"({"error":"invalid_client"})");
        }
        token = "t" + std::to_string(tokensAsked);
        answerJson(
            response,
            nlohmann::json{{"access_token", token}, {"token_type", "Bearer"}, {"expires_in", 300}}.dump());
    }
    bool signedIn(const httplib::Request& request) const {
        return !token.empty() && request.get_header_value("Authorization") == "Bearer " + token;
    }
    httplib::Request last() const { return seen.back(); }

    test::FakeClock clock;
    crypto::SigningKey key = crypto::SigningKey::generate();
    crypto::VerifyKey publicKey = key.verifyKey();
    test::HttpStub http;
    std::function<void(const httplib::Request&, httplib::Response&)> tokenAnswer;
    base::WallTime gatewayNow = clock.wall();
    std::string token, date;
    int tokensAsked = 0;
    std::vector<std::string> assertions;
    std::vector<httplib::Request> seen;
    std::unique_ptr<link::GatewayClient> client;
};

template <class T>
base::ProblemKind kindOf(const base::Result<T>& result) {
    REQUIRE_FALSE(result);
    return result.error().kind;
}

}  // namespace tram::test
