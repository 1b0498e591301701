// Who is at the other end: health, and the proof without which a connection is used for nothing else.
#include "wire/GatewayProof.h"

#include <nlohmann/json.hpp>

#include "crypto/Bytes.h"
#include "link/Answers.h"
#include "link/GatewayClient.h"

namespace tram::link {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

namespace {

constexpr base::Millis kHealthTimeout{2500}, kHealthConnect{2000};
constexpr std::size_t kChallengeBytes = 16, kProofAnswer = 64u << 10;
/// Twice: a kept connection may end between proof and use, but nobody ends every one of them by chance.
constexpr int kConnections = 2;

bool proves(const json& body, const std::string& challenge, const crypto::VerifyKey& key) {
    const auto proof = crypto::fromBase64Url(textOf(body, "proof"));
    const std::string text = wire::gatewayProofText(challenge, textOf(body, "epoch"));
    return proof && key.verify(crypto::view(text), *proof);
}

Result<GatewayClient::Health> readHealth(const json& body) {
    GatewayClient::Health health{textOf(body, "epoch"), {}};
    if (textOf(body, "status") != "ok" || health.epoch.empty() || health.epoch.size() > 128 ||
        !base::fromRfc3339(textOf(body, "time"), health.serverTime)) {
        return base::fail(ProblemKind::NotTheGateway, {{"detail", "shape"}});
    }
    return health;
}

bool noConnection(const Result<net::HttpResponse>& response) {
    return !response && response.error().kind == ProblemKind::NoNetwork &&
           response.error().fact("detail") == "no_connection";
}

}  // namespace

void GatewayClient::expectGateway(crypto::VerifyKey key) {
    gatewayKey_ = std::move(key);
    http_->dropConnections();  // nobody has shown anything on these
}

Result<GatewayClient::Health> GatewayClient::health() {
    auto health = provenHealth();
    // Stranger or broken line: what comes next begins with a challenge again.
    if (!health && gatewayKey_) http_->dropConnections();
    return health;
}

Result<GatewayClient::Health> GatewayClient::provenHealth() {
    const std::string challenge = crypto::toBase64Url(crypto::randomBytes(kChallengeBytes));
    auto ask = request("GET", gatewayKey_ ? "/healthz?challenge=" + challenge : "/healthz");
    ask.timeout = kHealthTimeout;
    ask.connectTimeout = kHealthConnect;
    ask.maxResponseBytes = kProofAnswer;
    const auto response = exchange(ask);
    if (!response) return tl::unexpected(response.error());
    if (auto fine = expectJson(*response); !fine) return tl::unexpected(fine.error());
    const json body = bodyOf(*response);
    if (gatewayKey_ && !proves(body, challenge, *gatewayKey_))
        return base::fail(ProblemKind::NotTheGateway, {{"detail", "proof"}});
    return readHealth(body);
}

/// What is ours goes over a connection whose other end has shown who it is, or not at all.
Result<net::HttpResponse> GatewayClient::confide(net::HttpRequest& request) {
    request.keptConnectionOnly = gatewayKey_.has_value();
    for (int connection = 0; connection < kConnections; ++connection) {
        auto response = exchange(request);
        if (!noConnection(response)) return response;
        if (const auto proven = health(); !proven) return tl::unexpected(notSent(proven.error()));
    }
    return exchange(request);
}

}  // namespace tram::link
