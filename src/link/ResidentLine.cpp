#include "link/ResidentLine.h"

#include <nlohmann/json.hpp>

#include "link/Answers.h"
#include "link/OAuthReply.h"
#include "wire/Json.h"
#include "wire/Members.h"
#include "wire/Scrub.h"

namespace tram::link {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

namespace {

constexpr std::size_t kResidentAnswer = 64u << 10;
constexpr base::Millis kTimeout{10'000};  // somebody stands and waits

/// Form encoding (RFC 6749 appendix B); what is unreserved stays.
std::string formValue(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF", kPlain = "-._~";
    std::string out;
    out.reserve(text.size() * 3);  // in one piece: no copies left behind
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80 && (std::isalnum(byte) || kPlain.find(c) != kPlain.npos))
            out += c;
        else
            out.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
    }
    return out;
}

/// Strictly parsed and overwritten when dropped; the text of the answer is overwritten at once.
Result<wire::ScrubbedJson> parsed(net::HttpResponse& response) {
    const base::SecretText body(std::move(response.body));
    auto value = wire::parseJson(body.reveal(), kResidentAnswer);
    if (!value) return base::fail(ProblemKind::BadResponse, {{"detail", "shape"}});
    return Result<wire::ScrubbedJson>(tl::in_place, std::move(*value));
}

/// Of a good answer what `read` makes of it.
template <class Read>
auto readKnown(Result<net::HttpResponse> response, Read read) -> decltype(read(json())) {
    if (!response) return tl::unexpected(response.error());
    if (auto fine = expectJson(*response); !fine) return tl::unexpected(fine.error());
    const auto body = parsed(*response);
    if (!body) return tl::unexpected(body.error());
    return read(body->value);
}

/// Those that refuse this kiosk, whatever it asked for.
std::optional<base::Problem> refusedClient(const net::HttpResponse& response) {
    const auto error = oauthError(response);
    if (error == "unauthorized_client") return base::Problem{ProblemKind::Forbidden, {{"detail", "revoked"}}};
    if (error == "invalid_client" || response.status == 401)
        return base::Problem{ProblemKind::Unauthorized, {{"status", std::to_string(response.status)}}};
    return std::nullopt;
}

Result<net::HttpResponse> asKnown(Result<net::HttpResponse> response) {
    if (!response) return response;
    if (auto refused = refusedClient(*response)) return tl::unexpected(*refused);
    return response;
}

}  // namespace

ResidentLine::ResidentLine(std::unique_ptr<GatewayClient> client, std::string issuer)
    : client_(std::move(client)), issuer_(std::move(issuer)) {}

base::WallTime ResidentLine::gatewayTime() const {
    const std::lock_guard lock(mutex_);
    return client_->gatewayTime();
}

Result<net::HttpResponse> ResidentLine::get(const std::string& path) {
    auto ask = client_->request("GET", path);
    ask.timeout = kTimeout;
    ask.maxResponseBytes = kResidentAnswer;
    return client_->confide(ask);
}

/// OpenID Connect Discovery 1.0 §4.3: the issuer told is exactly the one that was asked for.
Result<ResidentLine::Endpoints> ResidentLine::endpoints() {
    if (endpoints_) return *endpoints_;
    const auto read = [this](const json& body) -> Result<Endpoints> {
        if (textOf(body, "issuer") != issuer_)
            return base::fail(ProblemKind::BadResponse, {{"detail", "issuer"}});
        Endpoints found{endpointPath(textOf(body, "device_authorization_endpoint")),
                        endpointPath(textOf(body, "token_endpoint")),
                        endpointPath(textOf(body, "revocation_endpoint")),
                        endpointPath(textOf(body, "jwks_uri"))};
        for (const auto* path : {&found.deviceAuthorization, &found.token, &found.revocation, &found.keys})
            if (path->empty()) return base::fail(ProblemKind::BadResponse, {{"detail", "endpoint"}});
        return found;
    };
    auto found = readKnown(get("/.well-known/openid-configuration"), read);
    if (found) endpoints_ = *found;
    return found;
}

Result<DeviceCode> ResidentLine::deviceCode(const std::string& nonce, const std::string& language) {
    const std::lock_guard lock(mutex_);
    const auto at = endpoints();
    if (!at) return tl::unexpected(at.error());
    const auto form =  // ui_locales: OpenID Connect Core §3.1.2.1; whom it means nothing ignores it
        "scope=openid%20profile&nonce=" + formValue(nonce) + "&ui_locales=" + formValue(language);
    return readKnown(asKnown(client_->postAsClient(at->deviceAuthorization, form)), readDeviceCode);
}

Result<PollAnswer> ResidentLine::poll(const base::SecretText& deviceCode) {
    const std::lock_guard lock(mutex_);
    const auto at = endpoints();
    if (!at) return tl::unexpected(at.error());
    auto response = asKnown(client_->postAsClient(
        at->token, "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=" +
                       formValue(deviceCode.reveal())));
    if (response && !oauthError(*response).empty()) {
        const auto body = parsed(*response);
        if (!body) return tl::unexpected(body.error());
        return readPollError(body->value);
    }
    return readKnown(std::move(response), readTokens).map([](ResidentTokens tokens) {
        return PollAnswer(std::move(tokens));
    });
}

Result<void> ResidentLine::revoke(const base::SecretText& what, const char* hint) {
    const std::lock_guard lock(mutex_);
    const auto at = endpoints();
    if (!at) return tl::unexpected(at.error());
    const auto response = asKnown(client_->postAsClient(
        at->revocation, "token=" + formValue(what.reveal()) + "&token_type_hint=" + hint));
    if (!response) return tl::unexpected(response.error());
    return expectSuccess(*response);
}

Result<void> ResidentLine::revokeCode(const base::SecretText& deviceCode) {
    return revoke(deviceCode, "device_code");
}
Result<void> ResidentLine::revokeToken(const base::SecretText& accessToken) {
    return revoke(accessToken, "access_token");
}

Result<void> ResidentLine::endSessions() {
    const std::lock_guard lock(mutex_);
    auto post = client_->request("POST", "/v1/sessions/end");
    post.timeout = kTimeout;
    const auto response = client_->authorized(std::move(post));
    if (!response) return tl::unexpected(response.error());
    return expectSuccess(*response);
}

Result<std::string> ResidentLine::keySet() {
    const std::lock_guard lock(mutex_);
    const auto at = endpoints();
    if (!at) return tl::unexpected(at.error());
    const auto response = get(at->keys);
    if (!response) return tl::unexpected(response.error());
    if (auto fine = expectJson(*response); !fine) return tl::unexpected(fine.error());
    return response->body;
}

Result<net::HttpResponse> ResidentLine::askAs(const std::string& accessToken, net::HttpRequest ask) {
    ask.timeout = kTimeout;
    ask.headers.emplace_back("Authorization", "Bearer " + accessToken);
    auto response = client_->confide(ask);
    base::wipe(ask.headers.back().second.data(), ask.headers.back().second.size());
    return response;
}

Result<MyReports> ResidentLine::myReports(const base::SecretText& accessToken) {
    if (!isBearer(accessToken.reveal())) return base::fail(ProblemKind::OutOfRange);
    const std::lock_guard lock(mutex_);
    return readKnown(askAs(accessToken.reveal(), client_->request("GET", "/v1/me/reports")), readMyReports);
}

Result<wire::MyDossiers> ResidentLine::myDossiers(const base::SecretText& accessToken) {
    if (!isBearer(accessToken.reveal())) return base::fail(ProblemKind::OutOfRange);
    const std::lock_guard lock(mutex_);
    auto response = askAs(accessToken.reveal(), client_->request("GET", "/v1/me/dossiers"));
    if (!response) return tl::unexpected(response.error());
    if (auto fine = expectJson(*response); !fine) return tl::unexpected(sourceFault(*response, fine.error()));
    const base::SecretText body(std::move(response->body));
    auto mine = wire::MyDossiers::parse(body.reveal());
    if (!mine) return tl::unexpected(badShape(mine.error()));
    return mine;
}

Result<BlindedToken> ResidentLine::surveyToken(const std::string& survey, const base::SecretText& accessToken,
                                               const std::string& blinded) {
    if (!isBearer(accessToken.reveal()) || !wire::isToken(survey) || survey.find('/') != survey.npos)
        return base::fail(ProblemKind::OutOfRange);
    const std::lock_guard lock(mutex_);
    auto ask = client_->request("POST", "/v1/surveys/" + survey + "/token");
    ask.headers.emplace_back("Content-Type", "application/json");
    ask.body = json{{"blinded", blinded}}.dump();
    return readKnown(askAs(accessToken.reveal(), std::move(ask)), readBlindedToken);
}

}  // namespace tram::link
