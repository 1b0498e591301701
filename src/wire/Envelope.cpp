#include "wire/Envelope.h"

#include <nlohmann/json.hpp>

#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::wire {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

constexpr std::size_t kMaxDsse = 2u << 20;
constexpr std::size_t kSignature = 64;
constexpr std::size_t kMinSealed = 48;  // crypto_box_seal of nothing

/// DSSE protocol.md: PAE = "DSSEv1" SP LEN(type) SP type SP LEN(body) SP body.
std::string preAuthentication(std::string_view type, std::string_view body) {
    std::string pae = "DSSEv1 ";
    pae.append(std::to_string(type.size())).append(" ").append(type).append(" ");
    pae.append(std::to_string(body.size())).append(" ").append(body);
    return pae;
}

bool isSealingKeyId(std::string_view text) {
    return text.size() == 16 && crypto::fromHex(text).has_value();
}
bool isKeyId(std::string_view text) {
    return text.empty() || isToken(text);
}

Result<void> readSignature(const json& signature, Dsse& out) {
    Members members(signature);
    out.keyId = members.text("keyid", 128, isKeyId);
    out.signature = members.base64("sig", kSignature, kSignature);
    return members.finish();
}

}  // namespace

Dsse Dsse::sign(std::string payloadType, std::string payload, std::string keyId,
                const crypto::SigningKey& key) {
    auto signature = key.sign(crypto::view(preAuthentication(payloadType, payload)));
    return {std::move(payloadType), std::move(payload), std::move(keyId), std::move(signature)};
}

Result<Dsse> Dsse::parse(std::string_view text) {
    const auto value = parseJson(text, kMaxDsse);
    if (!value) return tl::unexpected(value.error());
    Members members(*value);
    Dsse dsse;
    dsse.payloadType = members.text("payloadType", 128, isToken);
    const auto payload = members.base64("payload", 0, kMaxDsse);
    dsse.payload.assign(payload.begin(), payload.end());
    const json& signatures = members.array("signatures", 1, 1);
    if (!signatures.empty()) members.adopt(readSignature(signatures.front(), dsse));
    return members.finish().map([&] { return std::move(dsse); });
}

bool Dsse::verify(const crypto::VerifyKey& key) const {
    return key.verify(crypto::view(preAuthentication(payloadType, payload)), signature);
}

std::string Dsse::toJson() const {
    const json entry = {{"keyid", keyId}, {"sig", crypto::toBase64(this->signature)}};
    return dumpJson({{"payloadType", payloadType},
                     {"payload", crypto::toBase64(crypto::view(payload))},
                     {"signatures", json::array({entry})}});
}

std::string Envelope::make(const base::Uuid& id, std::string_view kioskId, std::string_view body,
                           const crypto::SealingKey& to, const crypto::SigningKey& from) {
    const json payload = {{"v", 1},
                          {"id", id.text()},
                          {"kiosk", kioskId},
                          {"sealing_key", to.id()},
                          {"sealed", crypto::toBase64(to.seal(crypto::view(body)))}};
    return Dsse::sign(std::string(kPayloadType), dumpJson(payload), std::string(kioskId), from).toJson();
}

Result<Envelope> Envelope::parse(std::string_view bytes) {
    if (bytes.size() > kMaxBytes)
        return base::fail(ProblemKind::TooLarge, {{"expected", std::to_string(kMaxBytes)}});
    auto dsse = Dsse::parse(bytes);
    if (!dsse) return tl::unexpected(dsse.error());
    if (dsse->payloadType != kPayloadType)
        return base::fail(ProblemKind::Malformed, {{"key", "payloadType"}});
    const auto payload = parseJson(dsse->payload, kMaxBytes);
    if (!payload) return tl::unexpected(payload.error());
    Members members(*payload);
    members.version(1);
    Envelope envelope{.id = members.uuid("id"),
                      .kioskId = members.text("kiosk", 36, isUuid),
                      .sealingKeyId = members.text("sealing_key", 16, isSealingKeyId),
                      .sealed = members.base64("sealed", kMinSealed, kMaxBytes),
                      .dsse = std::move(*dsse)};
    // DSSE leaves the key id unsigned; unchecked, it could be changed on the way and make a replay look like
    // a conflict.
    if (envelope.dsse.keyId != envelope.kioskId) members.refuse("keyid");
    return members.finish().map([&] { return std::move(envelope); });
}

}  // namespace tram::wire
