#include "wire/Envelope.h"

#include <nlohmann/json.hpp>

#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::wire {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

constexpr std::size_t kMinSealed = 48;  // crypto_box_seal of nothing

bool isSealingKeyId(std::string_view text) {
    return text.size() == 16 && crypto::fromHex(text).has_value();
}

}  // namespace

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
