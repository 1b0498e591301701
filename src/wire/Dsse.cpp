#include "wire/Dsse.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::wire {
namespace {

using base::Result;
using nlohmann::json;

constexpr std::size_t kMaxDsse = 2u << 20;
constexpr std::size_t kSignature = 64;

/// DSSE protocol.md: PAE = "DSSEv1" SP LEN(type) SP type SP LEN(body) SP body.
std::string preAuthentication(std::string_view type, std::string_view body) {
    std::string pae = "DSSEv1 ";
    pae.append(std::to_string(type.size())).append(" ").append(type).append(" ");
    pae.append(std::to_string(body.size())).append(" ").append(body);
    return pae;
}

bool isKeyId(std::string_view text) {
    return text.empty() || isToken(text);
}

Cosigned::Signature readSignature(const json& value, Members& parent) {
    Members members(value);
    Cosigned::Signature signature{members.text("keyid", 128, isKeyId),
                                  members.base64("sig", kSignature, kSignature)};
    parent.adopt(members.finish());
    return signature;
}

json asJson(const std::string& keyId, const crypto::Bytes& signature) {
    return {{"keyid", keyId}, {"sig", crypto::toBase64(signature)}};
}

std::string asJson(const std::string& type, const std::string& payload, const json& signatures) {
    return dumpJson({{"payloadType", type},
                     {"payload", crypto::toBase64(crypto::view(payload))},
                     {"signatures", signatures}});
}

}  // namespace

Dsse Dsse::sign(std::string payloadType, std::string payload, std::string keyId,
                const crypto::SigningKey& key) {
    auto signature = key.sign(crypto::view(preAuthentication(payloadType, payload)));
    return {std::move(payloadType), std::move(payload), std::move(keyId), std::move(signature)};
}

Result<Dsse> Dsse::parse(std::string_view text) {
    auto document = Cosigned::parse(text);
    if (!document) return tl::unexpected(document.error());
    if (document->signatures.size() != 1)
        return base::fail(base::ProblemKind::Malformed, {{"key", "signatures"}});
    auto& only = document->signatures.front();
    return Dsse{std::move(document->payloadType), std::move(document->payload), std::move(only.keyId),
                std::move(only.bytes)};
}

bool Dsse::verify(const crypto::VerifyKey& key) const {
    return key.verify(crypto::view(preAuthentication(payloadType, payload)), signature);
}

std::string Dsse::toJson() const {
    return asJson(payloadType, payload, json::array({asJson(keyId, signature)}));
}

Result<Cosigned> Cosigned::parse(std::string_view text) {
    const auto value = parseJson(text, kMaxDsse);
    if (!value) return tl::unexpected(value.error());
    Members members(*value);
    Cosigned document;
    document.payloadType = members.text("payloadType", 128, isToken);
    const auto payload = members.base64("payload", 0, kMaxDsse);
    document.payload.assign(payload.begin(), payload.end());
    for (const auto& item : members.array("signatures", 0, kMaxSignatures))
        document.signatures.push_back(readSignature(item, members));
    return members.finish().map([&] { return std::move(document); });
}

void Cosigned::sign(const crypto::SigningKey& key) {
    const auto id = key.verifyKey().fingerprint();
    std::erase_if(signatures, [&](const Signature& one) { return one.keyId == id; });
    signatures.push_back({id, key.sign(crypto::view(preAuthentication(payloadType, payload)))});
}

std::string Cosigned::toJson() const {
    auto entries = json::array();
    for (const auto& one : signatures) entries.push_back(asJson(one.keyId, one.bytes));
    return asJson(payloadType, payload, entries);
}

std::size_t Cosigned::signers(const std::vector<crypto::VerifyKey>& keys) const {
    const auto signedBytes = preAuthentication(payloadType, payload);
    std::set<crypto::Bytes> distinct;
    for (const auto& key : keys)
        if (std::ranges::any_of(signatures, [&](const Signature& one) {
                return key.verify(crypto::view(signedBytes), one.bytes);
            }))
            distinct.insert(key.bytes());
    return distinct.size();
}

}  // namespace tram::wire
