#include "gateway/source/SourceLine.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "wire/Json.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;

namespace {

constexpr base::Millis kConnectTimeout{2000};

}  // namespace

std::string quoted(const std::string& text) {
    const auto whole = wire::dumpJson(text);
    return whole.substr(1, whole.size() - 2);
}

void replaceAll(std::string& text, std::string_view place, const std::string& value) {
    for (auto at = text.find(place); at != text.npos; at = text.find(place, at + value.size()))
        text.replace(at, place.size(), value);
}

Result<net::HttpResponse> SourceLine::ask(net::HttpRequest request) {
    request.timeout = access_.timeout;
    request.connectTimeout = std::min(kConnectTimeout, base::Millis(access_.timeout));
    request.maxResponseBytes = kMostAnswer;
    request.headers.emplace_back("Accept", "application/json");
    for (const auto& [name, value] : access_.headers) request.headers.emplace_back(name, value.reveal());
    std::unique_ptr<net::HttpClient> client;
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) client = std::move(idle_.back()), idle_.pop_back();
    }
    if (!client)
        client = std::make_unique<net::HttpClient>(net::HttpClient::Options{access_.caFile, "tram-gateway"});
    auto answer = client->send(request);
    for (auto& [name, value] : request.headers) base::wipe(value.data(), value.size());
    base::wipe(request.body.data(), request.body.size());
    if (!answer) return answer;  // and whatever its connection has come to goes with it
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(client));
    return answer;
}

Result<net::HttpResponse> SourceLine::post(const std::string& url, std::string body,
                                           const std::string& idempotencyKey) {
    net::HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.headers.emplace_back("Content-Type", "application/json");
    if (!idempotencyKey.empty()) request.headers.emplace_back("Idempotency-Key", idempotencyKey);
    request.body = std::move(body);
    return ask(std::move(request));
}

Result<std::optional<base::SecretText>> SourceLine::ofOwner(const DossierOwner& owner) {
    const bool byNumber = access_.ownerBody.find("{personal_number}") != std::string::npos;
    if (byNumber && owner.personalNumber.empty()) return std::nullopt;
    auto body = access_.ownerBody;
    replaceAll(body, "{personal_number}", quoted(owner.personalNumber.reveal()));
    replaceAll(body, "{subject}", quoted(owner.subject.reveal()));
    auto answer = post(access_.byOwner, std::move(body));
    if (!answer) return tl::unexpected(answer.error());
    if (access_.missingStatus.contains(answer->status)) return std::nullopt;
    if (answer->status != 200) return base::fail(ProblemKind::ServerFault);
    return std::optional<base::SecretText>(std::move(answer->body));
}

Result<nlohmann::json> parsedAnswer(const base::SecretText& answer) {
    auto read = wire::parseJson(answer.reveal(), SourceLine::kMostAnswer);
    if (!read) return base::fail(ProblemKind::BadResponse, {{"detail", "json"}});
    return read;
}

}  // namespace tram::gateway
