#include "wire/Enrolment.h"

#include <nlohmann/json.hpp>

#include "base/Crockford.h"
#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::wire {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

constexpr std::size_t kHalf = 16, kMaxRequest = 4096, kMaxAnswer = 64 * 1024, kMaxSealingKeys = 16;

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

json toJsonValue(const SealingKeyInfo& info) {
    return {{"key", info.key}, {"not_before", info.notBefore}, {"not_after", info.notAfter}};
}

SealingKeyInfo readSealingKey(const json& value, Members& parent) {
    Members members(value);
    SealingKeyInfo info{members.text("key", 43, isSealingKey), members.text("not_before", 40, isRfc3339),
                        members.text("not_after", 40, isRfc3339)};
    parent.adopt(members.finish());
    return info;
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

std::string EnrolmentRequest::toJson() const {
    return dumpJson({{"v", 1}, {"secret", secret}, {"kiosk_key", kioskKey}});
}

Result<EnrolmentRequest> EnrolmentRequest::parse(std::string_view text) {
    const auto parsed = parseJson(text, kMaxRequest);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    members.version(1);
    EnrolmentRequest request{members.text("secret", kHalf, isSecret),
                             members.text("kiosk_key", 43, isVerifyKey)};
    return members.finish().map([&] { return std::move(request); });
}

std::string EnrolmentAnswer::toJson() const {
    json answer = {{"v", 1},
                   {"kiosk_id", kioskId},
                   {"prefix", prefix},
                   {"ward", wardCode},
                   {"station", stationName},
                   {"gateway_key", gatewayKey},
                   {"content_key", contentKey},
                   {"token_audience", tokenAudience},
                   {"public_url", publicUrl},
                   {"sealing_keys", json::array()}};
    for (const auto& info : sealingKeys) answer["sealing_keys"].push_back(toJsonValue(info));
    return dumpJson(answer);
}

Result<EnrolmentAnswer> EnrolmentAnswer::parse(std::string_view text) {
    const auto parsed = parseJson(text, kMaxAnswer);
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
    for (const json& item : members.array("sealing_keys", 1, kMaxSealingKeys))
        answer.sealingKeys.push_back(readSealingKey(item, members));
    return members.finish().map([&] { return std::move(answer); });
}

}  // namespace tram::wire
