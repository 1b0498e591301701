#include "PretendKiosk.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "crypto/Stream.h"
#include "oidc/ClientAssertion.h"

namespace tram::test {
namespace {

using nlohmann::json;

std::string now() {
    return base::toRfc3339(base::SystemClock().wall());
}

wire::FeedbackReport someReport(const std::string& prefix) {
    wire::FeedbackReport report;
    report.trackingCode = freshCode(prefix);
    report.receiptSecret = base::SecretText(freshSecret());
    report.fieldId = "thoat-nuoc";
    report.text = base::SecretText(std::string("Nắp cống bị vỡ. ") + kCanary);
    report.wardCode = "27154";
    report.address = base::SecretText(std::string("12 Nguyễn Thiện Thuật ") + kCanary);
    report.disclosure = wire::Disclosure::Named;
    report.name = base::SecretText(kCanary);
    report.phone = base::SecretText("0903 000 000");
    report.consentVersion = "2026-11";
    report.consentAt = now();
    report.language = "vi";
    return report;
}

}  // namespace

std::string freshCode(const std::string& prefix) {
    return base::TrackingCode::make(prefix, base::TrackingCode::randomSymbols())->symbols();
}

std::string freshSecret() {
    return crypto::toBase64Url(crypto::randomBytes(16));
}

PretendKiosk::PretendKiosk(LiveCity& ours) : PretendKiosk(ours, ours.enrolmentCode(), nullptr) {}

PretendKiosk::PretendKiosk(LiveCity& ours, const std::string& typed, const crypto::SigningKey* former)
    : city(ours) {
    const auto code = wire::EnrolmentCode::parse(typed);
    REQUIRE(code);
    wire::EnrolmentRequest request{code->secret, key.verifyKey().text()};
    if (former) request.succeed(*former);
    const auto reply = city.send(
        {.method = "POST", .path = "/v1/kiosks", .type = "application/json", .body = request.toJson()});
    REQUIRE(reply.status == 201);
    const auto dsse = wire::Dsse::parse(reply.body);
    REQUIRE(dsse);
    CHECK(dsse->payloadType == wire::EnrolmentAnswer::kPayloadType);
    auto answer = wire::EnrolmentAnswer::parse(dsse->payload);
    REQUIRE(answer);
    const auto gatewayKey = crypto::VerifyKey::parse(answer->gatewayKey);
    REQUIRE(gatewayKey);
    CHECK(gatewayKey->fingerprint() == code->fingerprint);
    CHECK(dsse->verify(*gatewayKey));
    place = std::move(*answer);
    token = askToken(assertion());
}

std::string PretendKiosk::assertion() const {
    return oidc::ClientAssertion::make(place.kioskId, place.tokenAudience, base::SystemClock().wall(), key);
}

std::string PretendKiosk::askToken(const std::string& jwt, int expected) {
    const auto reply = city.send(
        {.method = "POST",
         .path = "/oauth/token",
         .type = "application/x-www-form-urlencoded",
         .body = "grant_type=client_credentials&client_assertion_type="
                 "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=" +
                 jwt});
    CHECK(reply.status == expected);
    return reply.status == 200 ? json::parse(reply.body).at("access_token").get<std::string>()
                               : std::string();
}

PretendKiosk::Sent PretendKiosk::report(const Change& change) {
    const auto id = base::Uuid::v7(base::SystemClock().wall());
    auto report = someReport(place.prefix);
    wire::ActionBody body{.id = id,
                          .kind = std::string(wire::FeedbackReport::kKind),
                          .kioskId = place.kioskId,
                          .createdAt = now()};
    if (change) change(body, report);
    if (body.fieldsJson.empty())
        body.fieldsJson = report.toJson();  // a test may set them itself, even to nonsense
    return {id, report.trackingCode, report.receiptSecret.reveal(), envelopeOf(id, body.toJson().reveal())};
}

std::string PretendKiosk::envelopeOf(const base::Uuid& id, const std::string& body) const {
    const auto to = crypto::SealingKey::parse(place.sealingKeys.front().key);
    return wire::Envelope::make(id, place.kioskId, body, *to, key);
}

Reply PretendKiosk::post(const std::vector<std::string>& envelopes) {
    std::string body = "{\"actions\":[";
    for (std::size_t at = 0; at < envelopes.size(); ++at) body += (at ? "," : "") + envelopes[at];
    return city.send({.method = "POST",
                      .path = "/v1/actions",
                      .headers = auth(),
                      .type = "application/json",
                      .body = body + "]}"});
}

std::string PretendKiosk::verdict(const std::string& envelope) {
    const auto reply = post({envelope});
    if (reply.status != 200) return "HTTP " + std::to_string(reply.status);
    const auto answer = wire::BatchAnswer::parse(reply.body);
    if (!answer || answer->results.size() != 1) return "no single result";
    const auto& result = answer->results.front();
    return std::string(name(result.verdict)) + (result.reason.empty() ? "" : " " + result.reason);
}

Reply PretendKiosk::put(const std::string& sha256, const std::string& bytes, const std::string& range) {
    Ask ask{.method = "PUT",
            .path = "/v1/attachments/" + sha256,
            .headers = auth(),
            .type = "application/octet-stream",
            .body = bytes};
    if (!range.empty()) ask.headers.emplace("Content-Range", range);
    return city.send(ask);
}

Reply PretendKiosk::head(const std::string& sha256) {
    return city.send({.method = "HEAD", .path = "/v1/attachments/" + sha256, .headers = auth()});
}

Reply PretendKiosk::follow(const std::string& code, const std::string& secret) {
    Ask ask{.path = "/v1/feedback/" + code};
    if (!secret.empty()) ask.headers.emplace("Receipt-Secret", secret);
    return city.send(ask);
}

Attachment attachmentFor(const base::Uuid& id, const std::string& plain) {
    Attachment attachment;
    auto key = crypto::encryptStream(crypto::view(plain), crypto::view(id.text()),
                                     [&](crypto::ByteView piece) -> base::Result<void> {
                                         attachment.bytes.append(piece.begin(), piece.end());
                                         return {};
                                     });
    REQUIRE(key);
    attachment.ref = {crypto::sha256Hex(crypto::view(attachment.bytes)), attachment.bytes.size(),
                      std::move(*key), "image/jpeg"};
    return attachment;
}

}  // namespace tram::test
