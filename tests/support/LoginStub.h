#pragma once
#include <deque>
#include <functional>
#include <mutex>
#include <set>

#include "GatewayStub.h"
#include "TokenMint.h"
#include "link/ResidentLine.h"
#include "oidc/ClientAssertion.h"

namespace tram::test {

/// The gateway's side of a login over real HTTP, as odd as a test wants it. Everything a kiosk sends is
/// checked for being that kiosk's. Its state is only to be looked at between requests.
class LoginStub {
  public:
    using Answer = std::function<void(httplib::Response&)>;
    static constexpr const char* kIssuer = "https://tram.example.vn";
    static constexpr const char* kKiosk = "019aa4c0-0000-7000-8000-00000000000a";

    explicit LoginStub(const base::Clock& clock) : clock_(clock) {
        on("/oauth/device_authorization",
           [this](auto& request, auto& response) { begin(request, response); });
        on("/oauth/token", [this](auto& request, auto& response) { token(request, response); });
        on("/oauth/revoke", [this](auto& request, auto& response) {
            revoked.insert(request.get_param_value("token_type_hint") + " " +
                           request.get_param_value("token"));
            response.status = 200;
        });
        http.server.Post("/v1/sessions/end", [this](auto& request, auto& response) {
            endedBy = request.get_header_value("Authorization");
            response.status = 204;
        });
        http.server.Get("/.well-known/openid-configuration",
                        [this](auto&, auto& response) { answerJson(response, discovery.dump()); });
        http.server.Get("/keys", [this](auto&, auto& response) { answerJson(response, mint.jwks()); });
        http.server.Get("/v1/me/reports", [this](auto& request, auto& response) {
            if (request.get_header_value("Authorization") != "Bearer resident-token")
                return answerProblem(response, 401);
            answerJson(response, reports.dump());
        });
        http.server.Get("/v1/me/dossiers", [this](auto& request, auto& response) {
            if (request.get_header_value("Authorization") != "Bearer resident-token")
                return answerProblem(response, 401);
            if (dossiers.empty()) return answerProblem(response, 404);
            answerJson(response, dossiers);
        });
        http.start();
    }

    /// What the next questions after a code's state get; when there are none left, "authorization_pending".
    std::deque<Answer> polls;
    static Answer error(nlohmann::json body, int status = 400) {
        return [body, status](httplib::Response& response) {
            response.status = status;
            answerJson(response, body.dump());
        };
    }
    Answer approved() {
        return [this](httplib::Response& response) { answerJson(response, tokens().dump()); };
    }
    nlohmann::json tokens() const {
        return {{"access_token", "resident-token"},
                {"token_type", "Bearer"},
                {"expires_in", 900},
                {"id_token", mint.token(change(TokenMint::claims(kIssuer, kKiosk, nonce, clock_.wall())))}};
    }

    std::function<nlohmann::json(nlohmann::json)> change = [](nlohmann::json claims) { return claims; };
    nlohmann::json code = {{"verification_uri", "https://tram.example.vn/d"},
                           {"verification_uri_complete", "https://tram.example.vn/d?code=BDFH-JKLM"},
                           {"user_code", "BDFH-JKLM"},
                           {"expires_in", 120},
                           {"interval", 5},
                           {"scan", "phone_browser"}};
    Answer codeAnswer;  ///< instead of a code
    nlohmann::json discovery = {
        {"issuer", kIssuer},
        {"device_authorization_endpoint", "https://10.0.0.9/oauth/device_authorization"},
        {"token_endpoint", "https://10.0.0.9/oauth/token"},
        {"revocation_endpoint", "https://10.0.0.9/oauth/revoke"},
        {"jwks_uri", "https://10.0.0.9/keys"}};
    nlohmann::json reports = {
        {"source", "1022"}, {"as_of", "2026-11-21T09:41:07+07:00"}, {"reports", nlohmann::json::array()}};
    std::string dossiers;  ///< of the resident; "": the city lists none by person
    TokenMint mint;
    std::string nonce;                   ///< of the newest code
    std::string language;                ///< that it was asked for in
    int codes = 0;                       ///< given out
    std::vector<base::Millis> polledAt;  ///< boot time of each question
    std::set<std::string> revoked;       ///< "device_code code-1", "access_token resident-token"
    std::string endedBy;
    std::vector<std::string> strangers;  ///< paths that were asked without this kiosk's assertion
    crypto::SigningKey kioskKey = crypto::SigningKey::generate();
    HttpStub http;

    std::unique_ptr<link::GatewayClient> client() {
        auto key = crypto::SigningKey::fromSecret(kioskKey.secret());
        return std::make_unique<link::GatewayClient>(
            http.url(), std::make_shared<net::HttpClient>(net::HttpClient::Options{}), clock_,
            link::KioskIdentity{kKiosk, "https://tram.example.vn/oauth/token", std::move(*key)});
    }
    std::shared_ptr<link::ResidentLine> line() {
        return std::make_shared<link::ResidentLine>(client(), kIssuer);
    }

  private:
    template <class Handler>
    void on(const std::string& path, Handler handler) {
        http.server.Post(
            path, [this, path, handler](const httplib::Request& request, httplib::Response& response) {
                const auto word = oidc::ClientAssertion::verify(request.get_param_value("client_assertion"),
                                                                "https://tram.example.vn/oauth/token",
                                                                clock_.wall(), kioskKey.verifyKey());
                if (!word || word->clientId != kKiosk) {
                    strangers.push_back(path);
                    return error({{"error", "invalid_client"}}, 401)(response);
                }
                handler(request, response);
            });
    }
    void begin(const httplib::Request& request, httplib::Response& response) {
        if (codeAnswer) return codeAnswer(response);
        nonce = request.get_param_value("nonce");
        language = request.get_param_value("ui_locales");
        if (request.get_param_value("scope") != "openid profile" || nonce.size() < 22)
            return error({{"error", "invalid_request"}})(response);
        auto answer = code;
        answer["device_code"] = "code-" + std::to_string(++codes);
        answerJson(response, answer.dump());
    }
    void token(const httplib::Request& request, httplib::Response& response) {
        if (request.get_param_value("grant_type") == "client_credentials")
            return answerJson(response,
                              R"({"access_token":"kiosk-token","token_type":"Bearer","expires_in":300})");
        polledAt.push_back(clock_.boot().sinceBoot);
        if (request.get_param_value("device_code") != "code-" + std::to_string(codes))
            return error({{"error", "expired_token"}})(response);
        if (polls.empty()) return error({{"error", "authorization_pending"}})(response);
        const auto answer = std::move(polls.front());
        polls.pop_front();
        answer(response);
    }

    const base::Clock& clock_;
};

}  // namespace tram::test
