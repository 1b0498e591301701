#include "gateway/provider/ProviderClient.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/Log.h"
#include "base/PercentEncoding.h"
#include "crypto/Bytes.h"
#include "gateway/provider/Claims.h"
#include "wire/Json.h"
#include "wire/Scrub.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;
using Auth = ProviderProfile::ClientAuth;

constexpr base::Millis kTimeout{6000}, kConnectTimeout{3000};
constexpr std::size_t kMostAnswer = 64 * 1024, kMostQr = 512;
// A provider that hangs must not hold all of the gateway's threads.
constexpr int kMostAtOnce = 24;

std::string formOf(const std::vector<std::pair<std::string, std::string>>& fields) {
    std::string body;
    for (const auto& [name, value] : fields)
        body += (body.empty() ? "" : "&") + base::percentEncoded(name) + "=" + base::percentEncoded(value);
    return body;
}

std::string random() {
    return crypto::toBase64Url(crypto::randomBytes(32));
}

/// RFC 7636 §4.2, S256.
std::string challengeOf(const std::string& verifier) {
    return crypto::toBase64Url(*crypto::fromHex(crypto::sha256Hex(crypto::view(verifier))));
}

/// An object, or nothing; the text is overwritten: it holds names, numbers and tokens.
struct Parsed : wire::ScrubbedJson {
    explicit Parsed(std::string text) : ScrubbedJson(read(text)) { base::wipe(text.data(), text.size()); }
    static json read(const std::string& text) {
        auto parsed = wire::parseJson(text, kMostAnswer);
        return parsed && parsed->is_object() ? std::move(*parsed) : json();
    }
    std::string text(const std::string& key) const {
        const auto found = value.is_object() ? value.find(key) : value.end();
        return found != value.end() && found->is_string() ? found->get<std::string>() : "";
    }
    std::chrono::seconds seconds(const char* key, std::int64_t otherwise, std::int64_t most) const {
        const auto found = value.is_object() ? value.find(key) : value.end();
        const bool fits = found != value.end() && found->is_number_integer();
        return std::chrono::seconds(
            std::clamp(fits ? found->get<std::int64_t>() : otherwise, std::int64_t{1}, most));
    }
};

/// How it failed is for the log, and only by name.
Refusal failed(base::log::Word step, int status = 0) {
    base::log::warning("provider.failed", {{"step", step}, {"status", status}});
    return Refusal::ProviderFailed;
}
Refusal failed(base::log::Word step, const base::Problem& problem) {
    base::log::warning("provider.failed", {{"step", step}, {"kind", problem.kind}});
    return Refusal::ProviderFailed;
}

}  // namespace

ProviderClient::ProviderClient(ProviderProfile profile, std::string redirectUri, const base::Clock& clock)
    : profile_(std::move(profile)), redirectUri_(std::move(redirectUri)) {
    if (profile_.idToken) keys_.emplace([this] { return fetchKeys(); }, clock);
}

Result<std::string> ProviderClient::fetchKeys() {
    auto answer = get(profile_.jwksUri, "");
    if (!answer) return tl::unexpected(answer.error());
    if (answer->status != 200) return base::fail(ProblemKind::ServerFault);
    return std::move(answer->body);
}

ProviderClient::Attempt ProviderClient::Attempt::make() {
    return {random(), random(), random()};
}

std::string ProviderClient::authorizationUrl(const Attempt& attempt, const std::string& language) const {
    const auto& at = profile_.authorizationEndpoint;
    return at + (at.find('?') == at.npos ? "?" : "&") +
           formOf({{"response_type", "code"},
                   {"client_id", profile_.clientId},
                   {"redirect_uri", redirectUri_},
                   {"scope", profile_.scope},
                   {"state", attempt.state},
                   {"nonce", attempt.nonce},
                   {"ui_locales", language},
                   {"code_challenge", challengeOf(attempt.verifier)},
                   {"code_challenge_method", "S256"}});
}

Refusal ProviderClient::refusalOf(const std::string& error) const {
    const auto known = profile_.errors.find(error);
    return known == profile_.errors.end() ? failed("authorize") : known->second;
}

Result<net::HttpResponse> ProviderClient::send(net::HttpRequest request) {
    struct Held {
        std::atomic<int>& count;
        int before = count++;
        ~Held() { --count; }
    } held{underWay_};
    if (held.before >= kMostAtOnce) return base::fail(ProblemKind::TooManyRequests);
    request.headers.emplace_back("Accept", "application/json");
    request.timeout = kTimeout;
    request.connectTimeout = kConnectTimeout;
    request.maxResponseBytes = kMostAnswer;
    // A connection of its own each time: nothing of one person's call is there for the next.
    net::HttpClient client({profile_.caFile, "tram-gateway"});
    auto response = client.send(request);
    base::wipe(request.body.data(), request.body.size());
    for (auto& [name, value] : request.headers) base::wipe(value.data(), value.size());
    return response;
}

Result<net::HttpResponse> ProviderClient::post(const std::string& url, Form form) {
    net::HttpRequest request{.method = "POST", .url = url};
    const auto& secret = profile_.clientSecret.reveal();
    if (profile_.clientAuth == Auth::Basic) {  // RFC 6749 §2.3.1: each half form-encoded first
        const auto pair = base::percentEncoded(profile_.clientId) + ":" + base::percentEncoded(secret);
        request.headers.emplace_back("Authorization", "Basic " + crypto::toBase64(crypto::view(pair)));
    } else {
        form.emplace_back("client_id", profile_.clientId);
        if (profile_.clientAuth == Auth::Post) form.emplace_back("client_secret", secret);
    }
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = formOf(form);
    return send(std::move(request));
}

Result<net::HttpResponse> ProviderClient::get(const std::string& url, const std::string& bearer) {
    net::HttpRequest request{.url = url};
    if (!bearer.empty()) request.headers.emplace_back("Authorization", "Bearer " + bearer);
    return send(std::move(request));
}

ProviderClient::Answer ProviderClient::redeem(const std::string& code, const Attempt& attempt,
                                              base::WallTime now) {
    auto answer = post(profile_.tokenEndpoint, {{"grant_type", "authorization_code"},
                                                {"code", code},
                                                {"redirect_uri", redirectUri_},
                                                {"code_verifier", attempt.verifier}});
    if (!answer) return tl::unexpected(failed("token", answer.error()));
    if (answer->status == 200) return personBehind(std::move(*answer), attempt.nonce, now);
    const Parsed refused(std::move(answer->body));
    const auto known = profile_.errors.find(refused.text("error"));
    return tl::unexpected(known == profile_.errors.end() ? failed("token", answer->status) : known->second);
}

ProviderClient::Answer ProviderClient::personBehind(net::HttpResponse tokenAnswer,
                                                    const std::optional<std::string>& nonce,
                                                    base::WallTime now) {
    const Parsed tokens(std::move(tokenAnswer.body));
    const auto access = tokens.text("access_token");
    if (access.empty()) return tl::unexpected(failed("token", tokenAnswer.status));
    auto answer = get(profile_.userinfoEndpoint, access);
    if (!answer) return tl::unexpected(failed("userinfo", answer.error()));
    const Parsed claims(std::move(answer->body));
    if (answer->status != 200) {
        const auto known = profile_.errors.find(claims.text("error"));
        return tl::unexpected(known == profile_.errors.end() ? failed("userinfo", answer->status)
                                                             : known->second);
    }
    // First of all whose word it is: userinfo must be about whom the ID token names (OpenID Connect Core
    // 5.3.2).
    const auto sub = subjectIn(claims.value, profile_);
    if (keys_ && !idTokenHolds(tokens.text("id_token"), nonce, sub, now))
        return tl::unexpected(Refusal::ProviderFailed);
    auto resident = residentFrom(claims.value, profile_, now);
    if (!resident && resident.error() == Refusal::ProviderFailed) failed("claims");
    return resident;
}

bool ProviderClient::idTokenHolds(const std::string& idToken, const std::optional<std::string>& nonce,
                                  const base::SecretText& sub, base::WallTime now) {
    oidc::Expectations expected{profile_.issuer, profile_.clientId, nonce, {}};
    for (const auto& algorithm : profile_.algorithms)
        if (const auto known = oidc::algorithmFrom(algorithm)) expected.algorithms.push_back(*known);
    const auto token = keys_->verify(idToken, expected, now);
    if (!token) {
        failed("id_token", token.error());
        return false;
    }
    const auto &said = token->subject.reveal(), &asked = sub.reveal();
    if (!asked.empty() && crypto::equalConstantTime(crypto::view(said), crypto::view(asked))) return true;
    failed("subject");
    return false;
}

tl::expected<ProviderClient::AppCode, Refusal> ProviderClient::beginApp(const std::string& place,
                                                                        const std::string& language) {
    Form form{{"scope", profile_.scope}, {"ui_locales", language}};
    if (!profile_.placeParameter.empty()) form.emplace_back(profile_.placeParameter, place);
    auto answer = post(profile_.deviceEndpoint, std::move(form));
    if (!answer) return tl::unexpected(failed("device", answer.error()));
    const Parsed device(std::move(answer->body));
    AppCode code{base::SecretText(device.text("device_code")), device.text(profile_.qrMember),
                 device.seconds("expires_in", 120, 3600), device.seconds("interval", 5, 30)};
    const bool drawable = !code.qr.empty() && code.qr.size() <= kMostQr &&
                          std::ranges::all_of(code.qr, [](char c) { return ' ' <= c && c <= '~'; });
    if (answer->status != 200 || code.deviceCode.empty() || !drawable)
        return tl::unexpected(failed("device", answer->status));
    return code;
}

ProviderClient::AppTurn ProviderClient::askApp(const base::SecretText& deviceCode, base::WallTime now) {
    auto answer =
        post(profile_.tokenEndpoint, {{"grant_type", "urn:ietf:params:oauth:grant-type:device_code"},
                                      {"device_code", deviceCode.reveal()}});
    if (!answer) {
        // RFC 8628 §3.5: a line that fails is a reason to wait longer, not to give up.
        failed("poll", answer.error());
        return Waiting{true};
    }
    if (answer->status == 200) {
        auto person = personBehind(std::move(*answer), std::nullopt, now);
        return person ? AppTurn(std::move(*person)) : AppTurn(person.error());
    }
    const Parsed refused(std::move(answer->body));
    const auto error = refused.text("error");
    if (error == "authorization_pending") return Waiting{};
    if (error == "slow_down" || answer->status >= 500) return Waiting{true};
    const auto known = profile_.errors.find(error);
    return known == profile_.errors.end() ? failed("poll", answer->status) : known->second;
}

}  // namespace tram::gateway
