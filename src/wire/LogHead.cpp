#include "wire/LogHead.h"

#include <nlohmann/json.hpp>

#include "wire/Dsse.h"
#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::wire {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

// JSON numbers are exact up to here (RFC 8259 §6).
constexpr std::int64_t kMostLines = std::int64_t{1} << 53;
constexpr std::size_t kLogChainDigits = 16, kLogHashDigits = 64, kLogTime = 40;

LogLine readLogLine(Members& members) {
    return {members.integer("n", 1, kMostLines), members.text("hash", kLogHashDigits, isSha256Hex)};
}

json logLineValue(const LogLine& line) {
    return {{"n", line.n}, {"hash", line.hash}};
}

Result<std::string> openLogDsse(std::string_view text, std::string_view type, const crypto::VerifyKey& key) {
    if (text.size() > LogHead::kMaxBytes) return base::fail(ProblemKind::TooLarge);
    auto dsse = Dsse::parse(text);
    if (!dsse) return tl::unexpected(dsse.error());
    if (dsse->payloadType != type) return base::fail(ProblemKind::BadSignature, {{"detail", "payload type"}});
    if (!dsse->verify(key)) return base::fail(ProblemKind::BadSignature);
    return std::move(dsse->payload);
}

}  // namespace

bool isLogChain(std::string_view text) {
    return text.size() == kLogChainDigits && text.find_first_not_of("0123456789abcdef") == text.npos;
}

std::string LogHead::toJson() const {
    auto value = logLineValue(head);
    value.update({{"v", 1}, {"kiosk", kiosk}, {"chain", chain}, {"at", at}});
    if (after) value["after"] = logLineValue(*after);
    return dumpJson(value);
}

Result<LogHead> LogHead::parse(std::string_view payload) {
    const auto parsed = parseJson(payload, kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    members.version(1);
    LogHead read;
    read.kiosk = members.uuid("kiosk").text();
    read.chain = members.text("chain", kLogChainDigits, isLogChain);
    read.head = readLogLine(members);
    read.at = members.text("at", kLogTime, isRfc3339);
    if (members.has("after")) {
        Members after(members.object("after"));
        read.after = readLogLine(after);
        members.adopt(after.finish());
    }
    return members.finish().map([&] { return std::move(read); });
}

std::string LogHead::sign(const crypto::SigningKey& key) const {
    return Dsse::sign(std::string(kPayloadType), toJson(), key.verifyKey().fingerprint(), key).toJson();
}

Result<LogHead> LogHead::open(std::string_view dsse, const crypto::VerifyKey& key) {
    return openLogDsse(dsse, kPayloadType, key).and_then([](const std::string& payload) {
        return parse(payload);
    });
}

std::string LogAcknowledgement::toJson() const {
    auto value = logLineValue(head);
    value.update({{"v", 1}, {"kiosk", kiosk}, {"chain", chain}, {"at", at}});
    return dumpJson(value);
}

Result<LogAcknowledgement> LogAcknowledgement::parse(std::string_view payload) {
    const auto parsed = parseJson(payload, kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    members.version(1);
    LogAcknowledgement read;
    read.kiosk = members.uuid("kiosk").text();
    read.chain = members.text("chain", kLogChainDigits, isLogChain);
    read.head = readLogLine(members);
    read.at = members.text("at", kLogTime, isRfc3339);
    return members.finish().map([&] { return std::move(read); });
}

std::string LogAcknowledgement::sign(const crypto::SigningKey& key) const {
    return Dsse::sign(std::string(kPayloadType), toJson(), key.verifyKey().fingerprint(), key).toJson();
}

Result<LogAcknowledgement> LogAcknowledgement::open(std::string_view dsse, const crypto::VerifyKey& key) {
    return openLogDsse(dsse, kPayloadType, key).and_then([](const std::string& payload) {
        return parse(payload);
    });
}

}  // namespace tram::wire
