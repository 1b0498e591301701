#include "wire/SealingStatement.h"

#include <nlohmann/json.hpp>

#include "wire/Envelope.h"
#include "wire/Json.h"
#include "wire/SealingKeyJson.h"

namespace tram::wire {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

// JSON numbers are exact up to here (RFC 8259 §6).
constexpr std::int64_t kMaxVersion = std::int64_t{1} << 53;

SealingKeyInfo readSealingKey(const json& value, Members& parent) {
    Members members(value);
    SealingKeyInfo info{members.text("key", 43, isSealingKey), members.text("not_before", 40, isRfc3339),
                        members.text("not_after", 40, isRfc3339)};
    parent.adopt(members.finish());
    return info;
}

}  // namespace

json toJsonValue(const std::vector<SealingKeyInfo>& keys) {
    auto list = json::array();
    for (const auto& info : keys)
        list.push_back({{"key", info.key}, {"not_before", info.notBefore}, {"not_after", info.notAfter}});
    return list;
}

std::vector<SealingKeyInfo> readSealingKeys(Members& parent) {
    std::vector<SealingKeyInfo> keys;
    for (const json& item : parent.array("sealing_keys", 1, kMaxSealingKeys))
        keys.push_back(readSealingKey(item, parent));
    return keys;
}

std::string SealingStatement::toJson() const {
    return dumpJson(
        {{"v", 1}, {"version", version}, {"issued_at", issuedAt}, {"sealing_keys", toJsonValue(keys)}});
}

Result<SealingStatement> SealingStatement::parse(std::string_view payload) {
    const auto parsed = parseJson(payload, kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    members.version(1);
    SealingStatement statement;
    statement.version = members.integer("version", 1, kMaxVersion);
    statement.issuedAt = members.text("issued_at", 40, isRfc3339);
    statement.keys = readSealingKeys(members);
    return members.finish().map([&] { return std::move(statement); });
}

std::string SealingStatement::sign(const crypto::SigningKey& identity) const {
    const auto keyId = identity.verifyKey().fingerprint();
    return Dsse::sign(std::string(kPayloadType), toJson(), keyId, identity).toJson();
}

Result<SealingStatement> SealingStatement::open(std::string_view text, const crypto::VerifyKey& identity) {
    if (text.size() > kMaxBytes) return base::fail(ProblemKind::TooLarge);
    const auto dsse = Dsse::parse(text);
    if (!dsse) return tl::unexpected(dsse.error());
    if (dsse->payloadType != kPayloadType)
        return base::fail(ProblemKind::BadSignature, {{"detail", "payload type"}});
    if (!dsse->verify(identity)) return base::fail(ProblemKind::BadSignature);
    return parse(dsse->payload);
}

}  // namespace tram::wire
