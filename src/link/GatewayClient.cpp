#include "link/GatewayClient.h"

#include "base/PercentEncoding.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "link/Answers.h"
#include "link/Uploads.h"
#include "wire/Envelope.h"
#include "wire/LogHead.h"
#include "wire/Members.h"
#include "wire/SealingStatement.h"

namespace tram::link {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

namespace {

constexpr std::size_t kSmallAnswer = 64u << 10;
constexpr base::Millis kPatience{
    10'000};  // somebody stands and waits; the gateway gives up on its source before

bool isWord(std::string_view text, std::string_view alsoAllowed, std::size_t longest) {
    return !text.empty() && text.size() <= longest && std::ranges::all_of(text, [&](unsigned char c) {
        return std::isalnum(c) || alsoAllowed.find(static_cast<char>(c)) != std::string_view::npos;
    });
}

void postJson(net::HttpRequest& request, std::string body) {
    request.headers.emplace_back("Content-Type", "application/json");
    request.timeout = timeoutFor(body.size());
    request.body = std::move(body);
}

/// Not known to the gateway, or revoked there.
bool isUnauthorized(const Result<net::HttpResponse>& response) {
    if (response) return response->status == 401;
    const auto kind = response.error().kind;
    return kind == ProblemKind::Unauthorized || kind == ProblemKind::Forbidden;
}

/// The fingerprint in the code a person typed vouches for the key; the key vouches for the rest.
Result<wire::EnrolmentAnswer> verifiedAnswer(const std::string& body, const wire::EnrolmentCode& code) {
    const auto dsse = wire::Dsse::parse(body);
    if (!dsse) return tl::unexpected(badShape(dsse.error()));
    if (dsse->payloadType != wire::EnrolmentAnswer::kPayloadType) return base::fail(ProblemKind::BadResponse);
    auto answer = wire::EnrolmentAnswer::parse(dsse->payload);
    if (!answer) return tl::unexpected(badShape(answer.error()));
    const auto key = crypto::VerifyKey::parse(answer->gatewayKey);
    if (!key || key->fingerprint() != code.fingerprint || !dsse->verify(*key)) {
        return base::fail(ProblemKind::BadSignature);
    }
    return answer;
}

}  // namespace

GatewayClient::GatewayClient(std::string baseUrl, std::shared_ptr<net::HttpClient> http,
                             const base::Clock& clock, std::optional<KioskIdentity> identity)
    : baseUrl_(std::move(baseUrl)), http_(std::move(http)), clock_(clock), identity_(std::move(identity)) {
    while (baseUrl_.ends_with('/')) baseUrl_.pop_back();
    if (identity_) gatewayKey_ = identity_->gatewayKey;
}

net::HttpRequest GatewayClient::request(std::string method, const std::string& path) const {
    net::HttpRequest request;
    request.method = std::move(method);
    request.url = baseUrl_ + path;
    request.headers.emplace_back("Accept", "application/json, application/problem+json");
    return request;
}

Result<wire::EnrolmentAnswer> GatewayClient::enrol(const wire::EnrolmentCode& code,
                                                   const crypto::VerifyKey& kiosk,
                                                   const crypto::SigningKey* former) {
    auto ask = request("POST", "/v1/kiosks");
    ask.maxResponseBytes = kSmallAnswer;
    wire::EnrolmentRequest body{code.secret, kiosk.text()};
    if (former) body.succeed(*former);
    postJson(ask, body.toJson());
    const auto response = exchange(ask);
    if (!response) return tl::unexpected(response.error());
    if (auto fine = expectJson(*response); !fine) return tl::unexpected(fine.error());
    return verifiedAnswer(response->body, code);
}

Result<GatewayClient::UploadState> GatewayClient::attachmentState(const std::string& sha256) {
    auto response = authorized(request("HEAD", "/v1/attachments/" + sha256));
    if (!response) return tl::unexpected(response.error());
    if (response->status == 404) return UploadState{};
    return uploadState(*response);
}

Result<GatewayClient::UploadState> GatewayClient::putAttachment(const std::string& sha256,
                                                                const std::filesystem::path& file,
                                                                std::size_t size, std::size_t offset) {
    if (offset >= size) return base::fail(ProblemKind::OutOfRange);
    auto put = request("PUT", "/v1/attachments/" + sha256);
    put.headers.emplace_back("Content-Type", "application/octet-stream");
    put.headers.emplace_back("Content-Range", contentRange(offset, size));
    put.bodyFile = file;
    put.fileOffset = offset;
    put.timeout = timeoutFor(size - offset);
    put.maxResponseBytes = kSmallAnswer;
    auto response = authorized(std::move(put));
    if (!response) return tl::unexpected(response.error());
    return uploadState(*response);
}

Result<wire::BatchAnswer> GatewayClient::postActions(const std::vector<std::string>& envelopes) {
    std::string body = R"({"actions":[)";
    for (const std::string& envelope : envelopes)
        body.append(&envelope == &envelopes.front() ? "" : ",").append(envelope);
    auto post = request("POST", "/v1/actions");
    postJson(post, body + "]}");
    const auto response = authorized(std::move(post));
    if (!response) return tl::unexpected(response.error());
    if (auto fine = expectJson(*response); !fine) return tl::unexpected(fine.error());
    auto answer = wire::BatchAnswer::parse(response->body);
    if (!answer) return tl::unexpected(badShape(answer.error()));
    return answer;
}

/// What everybody may ask: as this kiosk, whose budget for misses is its own. One that is refused still may.
Result<net::HttpResponse> GatewayClient::asAnybody(net::HttpRequest& ask) {
    auto response = identity_ ? authorized(ask) : confide(ask);
    if (identity_ && isUnauthorized(response)) response = confide(ask);
    return response;
}

Result<wire::FeedbackStatus> GatewayClient::feedback(const std::string& code,
                                                     const base::SecretText& receiptSecret) {
    if (!isWord(code, "", 10)) return base::fail(ProblemKind::OutOfRange);
    auto ask = request("GET", "/v1/feedback/" + code);
    if (!receiptSecret.empty()) ask.headers.emplace_back("Receipt-Secret", receiptSecret.reveal());
    auto response = asAnybody(ask);
    if (!receiptSecret.empty())
        base::wipe(ask.headers.back().second.data(), ask.headers.back().second.size());
    if (!response) return tl::unexpected(response.error());
    const base::SecretText body(std::move(response->body));
    if (auto fine = expectJson(*response); !fine) return tl::unexpected(fine.error());
    auto status = wire::FeedbackStatus::parse(body.reveal());
    if (!status) return tl::unexpected(badShape(status.error()));
    // Whoever stands between may have mixed up two answers: nobody is shown another's report.
    if (status->trackingCode != code) return base::fail(ProblemKind::BadResponse, {{"key", "tracking_code"}});
    return status;
}

namespace {

/// What stands in a path as it is, and climbs nowhere (RFC 3986 §5.2.4).
bool isPathWord(const std::string& text) {
    const bool climbs = text.find_first_not_of('.') == text.npos;
    return !climbs && isWord(text, ".-_", wire::DossierStatus::kLongestCode);
}

/// The message in it; what the gateway's own source kept from it is told apart.
template <class Message>
Result<Message> readAs(const Result<net::HttpResponse>& response) {
    if (!response) return tl::unexpected(response.error());
    if (auto fine = expectJson(*response); !fine) return tl::unexpected(sourceFault(*response, fine.error()));
    auto message = Message::parse(response->body);
    if (!message) return tl::unexpected(badShape(message.error()));
    return message;
}

tl::unexpected<base::Problem> mixedUp(const char* key) {
    return base::fail(ProblemKind::BadResponse, {{"key", key}});
}

}  // namespace

Result<wire::OfficeRating> GatewayClient::officeRating(const std::string& office) {
    auto ask = request("GET", "/v1/ratings/" + base::percentEncoded(office));
    ask.timeout = kPatience;
    ask.maxResponseBytes = kSmallAnswer;
    return readAs<wire::OfficeRating>(asAnybody(ask));
}

Result<wire::TurnBoard> GatewayClient::turns(const std::string& office) {
    if (!isPathWord(office)) return base::fail(ProblemKind::OutOfRange);
    auto ask = request("GET", "/v1/offices/" + office + "/turns");
    ask.timeout = kPatience;
    ask.maxResponseBytes = kSmallAnswer * 4;
    auto board = readAs<wire::TurnBoard>(authorized(std::move(ask)));
    if (board && board->office != office) return mixedUp("office");
    return board;
}

Result<wire::TurnAnswer> GatewayClient::takeTurn(const std::string& office, const wire::TurnRequest& wish) {
    if (!isPathWord(office)) return base::fail(ProblemKind::OutOfRange);
    auto post = request("POST", "/v1/offices/" + office + "/turns");
    postJson(post, wish.toJson());
    post.timeout = kPatience;
    post.maxResponseBytes = kSmallAnswer;
    auto answer = readAs<wire::TurnAnswer>(authorized(std::move(post)));
    if (answer && answer->ticket && answer->ticket->id != wish.id.text()) return mixedUp("id");
    return answer;
}

Result<wire::TurnTicket> GatewayClient::turn(const std::string& id) {
    if (!wire::isUuid(id)) return base::fail(ProblemKind::OutOfRange);
    auto ask = request("GET", "/v1/turns/" + id);
    ask.timeout = kPatience;
    ask.maxResponseBytes = kSmallAnswer;
    auto answer = readAs<wire::TurnAnswer>(authorized(std::move(ask)));
    if (!answer) return tl::unexpected(answer.error());
    if (!answer->ticket || answer->ticket->id != id) return mixedUp("id");
    return std::move(*answer->ticket);
}

Result<wire::AppointmentStatus> GatewayClient::appointment(const std::string& code) {
    if (!isWord(code, "", 10)) return base::fail(ProblemKind::OutOfRange);
    auto ask = request("GET", "/v1/appointments/" + code);
    ask.maxResponseBytes = kSmallAnswer;
    auto status = readAs<wire::AppointmentStatus>(asAnybody(ask));
    if (status && status->trackingCode != code) return mixedUp("tracking_code");
    return status;
}

Result<wire::WatchAnswer> GatewayClient::watchDossier(const std::string& code,
                                                      const wire::WatchRequest& wish) {
    if (!isPathWord(code)) return base::fail(ProblemKind::OutOfRange);
    auto post = request("POST", "/v1/dossiers/" + code + "/watch");
    postJson(post, wish.toJson().reveal());
    post.timeout = kPatience;
    post.maxResponseBytes = kSmallAnswer;
    return readAs<wire::WatchAnswer>(authorized(std::move(post)));
}

Result<wire::DossierStatus> GatewayClient::dossier(const std::string& code,
                                                   const base::SecretText& slipSecret) {
    if (!isPathWord(code)) return base::fail(ProblemKind::OutOfRange);
    auto ask = request("GET", "/v1/dossiers/" + code);
    ask.timeout = kPatience;
    ask.maxResponseBytes = kSmallAnswer * 4;
    if (!slipSecret.empty()) ask.headers.emplace_back("Slip-Secret", slipSecret.reveal());
    const auto response = asAnybody(ask);
    if (!slipSecret.empty()) base::wipe(ask.headers.back().second.data(), ask.headers.back().second.size());
    auto status = readAs<wire::DossierStatus>(response);
    if (status && status->code != code) return mixedUp("code");
    return status;
}

namespace {

/// Nothing when what `etag` names still stands (RFC 9110 §15.4.5).
Result<std::optional<GatewayClient::Content>> newerThan(const std::string& etag,
                                                        Result<net::HttpResponse> response) {
    if (!response) return tl::unexpected(response.error());
    if (response->status == 304 && !etag.empty()) return std::nullopt;
    if (auto fine = expectJson(*response); !fine) return tl::unexpected(fine.error());
    return GatewayClient::Content{std::move(response->body), response->header("etag")};
}

}  // namespace

Result<std::optional<GatewayClient::Content>> GatewayClient::content(const std::string& role,
                                                                     const std::string& etag) {
    if (!isWord(role, "-", 64)) return base::fail(ProblemKind::OutOfRange);
    auto ask = request("GET", "/v1/content/" + role + ".json");
    if (!etag.empty()) ask.headers.emplace_back("If-None-Match", etag);
    return newerThan(etag, authorized(std::move(ask)));
}

Result<std::optional<GatewayClient::Content>> GatewayClient::sealingKeys(const std::string& etag) {
    auto ask = request("GET", "/v1/sealing-keys");
    ask.maxResponseBytes = 2 * wire::SealingStatement::kMaxBytes;
    if (!etag.empty()) ask.headers.emplace_back("If-None-Match", etag);
    return newerThan(etag, confide(ask));
}

Result<std::optional<GatewayClient::Content>> GatewayClient::alerts(const std::string& etag) {
    auto ask = request("GET", "/v1/alerts");
    ask.maxResponseBytes = 1u << 20;
    if (!etag.empty()) ask.headers.emplace_back("If-None-Match", etag);
    return newerThan(etag, confide(ask));
}

Result<std::optional<GatewayClient::Content>> GatewayClient::staff(const std::string& etag) {
    auto ask = request("GET", "/v1/staff");
    ask.maxResponseBytes = 1u << 20;
    if (!etag.empty()) ask.headers.emplace_back("If-None-Match", etag);
    return newerThan(etag, authorized(std::move(ask)));
}

Result<wire::StaffSignedIn> GatewayClient::signInStaff(const wire::StaffSignIn& typed) {
    auto post = request("POST", "/v1/staff/sign-in");
    postJson(post, typed.toJson().reveal());
    const auto response = authorized(std::move(post));
    if (!response) {
        const bool unknown = response.error().kind == ProblemKind::Unauthorized;
        return unknown ? base::fail(ProblemKind::NotEnrolled) : tl::unexpected(response.error());
    }
    if (auto fine = expectJson(*response); !fine) {
        auto problem = fine.error();
        if (problem.kind == ProblemKind::Unauthorized) problem.kind = ProblemKind::NotEnrolled;
        if (problem.kind == ProblemKind::Unprocessable) problem.kind = ProblemKind::Unauthorized;
        return tl::unexpected(std::move(problem));
    }
    return wire::StaffSignedIn::parse(response->body).map_error(badShape);
}

Result<void> GatewayClient::callOfficer(const std::string& reason) {
    auto post = request("POST", "/v1/calls");
    postJson(post, json{{"reason", reason}}.dump());
    const auto response = authorized(std::move(post));
    if (!response) return tl::unexpected(response.error());
    return expectSuccess(*response);
}

Result<void> GatewayClient::heartbeat(const Heartbeat& beat) {
    auto post = request("POST", "/v1/heartbeats");
    json body = {{"version", beat.version},
                 {"waiting", beat.waiting},
                 {"needs_attention", beat.needsAttention},
                 {"free_disk_bytes", beat.freeDiskBytes},
                 {"damaged_stores", beat.damagedStores},
                 {"content_version", beat.contentVersion}};
    if (!beat.contentSignedAt.empty()) body["content_signed_at"] = beat.contentSignedAt;
    postJson(post, body.dump());
    const auto response = authorized(std::move(post));
    if (!response) return tl::unexpected(response.error());
    return expectSuccess(*response);
}

Result<std::string> GatewayClient::documentOf(net::HttpRequest ask) {
    ask.maxResponseBytes = kSmallAnswer;
    auto response = authorized(std::move(ask));
    if (!response) return tl::unexpected(response.error());
    if (auto fine = expectJson(*response); !fine) return tl::unexpected(fine.error());
    return std::move(response->body);
}

Result<std::string> GatewayClient::postLogHead(std::string dsse) {
    auto post = request("POST", "/v1/log-heads");
    postJson(post, std::move(dsse));
    return documentOf(std::move(post));
}

Result<std::string> GatewayClient::logAcknowledgement(const std::string& chain) {
    if (!wire::isLogChain(chain)) return base::fail(ProblemKind::OutOfRange);
    return documentOf(request("GET", "/v1/log-heads/" + chain));
}

}  // namespace tram::link
