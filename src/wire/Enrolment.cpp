#include "wire/Enrolment.h"

#include <nlohmann/json.hpp>

#include "base/Crockford.h"
#include "wire/Envelope.h"
#include "wire/Json.h"
#include "wire/Members.h"
#include "wire/SealingKeyJson.h"

namespace tram::wire {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

constexpr std::size_t kHalf = 16, kMaxRequest = 4096, kMaxOffer = 64 * 1024, kSuccessionSignature = 64;

bool isSymbols(std::string_view text) {
    return base::crockford::allValid(text);
}
bool isSecret(std::string_view text) {
    return text.size() == kHalf && isSymbols(text);
}
bool isPrefix(std::string_view text) {
    return text.size() == 3 && isSymbols(text);
}
bool isUrl(std::string_view text) {
    return isToken(text) && (text.starts_with("https://") || text.starts_with("http://"));
}

/// What a former key signs: this one-time code and no other, for this new key and no other.
Dsse succession(const EnrolmentRequest& request) {
    return {std::string(Succession::kPayloadType),
            dumpJson({{"v", 1}, {"secret", request.secret}, {"kiosk_key", request.kioskKey}}),
            "",
            {}};
}

Succession readSuccession(const json& value, Members& parent) {
    Members members(value);
    Succession former{members.text("key", 43, isVerifyKey),
                      members.base64("sig", kSuccessionSignature, kSuccessionSignature)};
    parent.adopt(members.finish());
    return former;
}

}  // namespace

Result<EnrolmentCode> EnrolmentCode::parse(std::string_view typed) {
    const std::string symbols = base::crockford::symbolsOf(typed);
    if (symbols.size() != 2 * kHalf || !isSymbols(symbols))
        return base::fail(ProblemKind::Malformed, {{"key", "enrolment_code"}, {"expected", "32"}});
    return EnrolmentCode{symbols.substr(0, kHalf), symbols.substr(kHalf)};
}

std::string EnrolmentCode::text() const {
    std::string grouped;
    for (const char symbol : secret + fingerprint) {
        if (grouped.size() % 5 == 4) grouped += '-';
        grouped += symbol;
    }
    return grouped;
}

void EnrolmentRequest::succeed(const crypto::SigningKey& formerKey) {
    auto unsigned_ = succession(*this);
    former = Succession{
        formerKey.verifyKey().text(),
        Dsse::sign(std::move(unsigned_.payloadType), std::move(unsigned_.payload), "", formerKey).signature};
}

bool EnrolmentRequest::formerProven() const {
    const auto key = former ? crypto::VerifyKey::parse(former->formerKey) : std::nullopt;
    if (!key) return false;
    auto dsse = succession(*this);
    dsse.signature = former->signature;
    return dsse.verify(*key);
}

std::string EnrolmentRequest::toJson() const {
    json request = {{"v", 1}, {"secret", secret}, {"kiosk_key", kioskKey}};
    if (former)
        request["former"] = {{"key", former->formerKey}, {"sig", crypto::toBase64(former->signature)}};
    return dumpJson(request);
}

Result<EnrolmentRequest> EnrolmentRequest::parse(std::string_view text) {
    const auto parsed = parseJson(text, kMaxRequest);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    members.version(1);
    EnrolmentRequest request{members.text("secret", kHalf, isSecret),
                             members.text("kiosk_key", 43, isVerifyKey)};
    if (members.has("former")) request.former = readSuccession(members.object("former"), members);
    return members.finish().map([&] { return std::move(request); });
}

std::string EnrolmentAnswer::toJson() const {
    const json answer = {{"v", 1},
                         {"kiosk_id", kioskId},
                         {"prefix", prefix},
                         {"ward", wardCode},
                         {"station", stationName},
                         {"gateway_key", gatewayKey},
                         {"content_key", contentKey},
                         {"token_audience", tokenAudience},
                         {"public_url", publicUrl},
                         {"sealing_keys", toJsonValue(sealingKeys)}};
    return dumpJson(answer);
}

Result<EnrolmentAnswer> EnrolmentAnswer::parse(std::string_view text) {
    const auto parsed = parseJson(text, kMaxOffer);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    members.version(1);
    EnrolmentAnswer answer;
    answer.kioskId = members.text("kiosk_id", 36, isUuid);
    answer.prefix = members.text("prefix", 3, isPrefix);
    answer.wardCode = members.text("ward", 32, isSlug);
    answer.stationName = members.text("station", 256, isNotEmpty);
    answer.gatewayKey = members.text("gateway_key", 43, isVerifyKey);
    answer.contentKey = members.text("content_key", 43, isVerifyKey);
    answer.tokenAudience = members.text("token_audience", 256, isToken);
    answer.publicUrl = members.text("public_url", 200, isUrl);
    answer.sealingKeys = readSealingKeys(members);
    return members.finish().map([&] { return std::move(answer); });
}

}  // namespace tram::wire
