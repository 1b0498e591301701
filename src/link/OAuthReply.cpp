#include "link/OAuthReply.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/TrackingCode.h"
#include "link/Answers.h"
#include "wire/Members.h"

namespace tram::link {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

namespace {

constexpr std::size_t kMaxCode = 512, kMaxQr = 512, kMaxIdToken = 8192, kMaxReports = 100;
constexpr std::int64_t kLongestToken = 15 * 60;  // the gateway promises no longer one

constexpr std::pair<std::string_view, DenialReason> kReasons[] = {
    {"not_granted", DenialReason::NotGranted},
    {"level_too_low", DenialReason::LevelTooLow},
    {"under_age", DenialReason::UnderAge},
    {"provider_failed", DenialReason::ProviderFailed}};

bool isPrintable(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return ' ' <= c && c <= '~'; });
}
bool isOAuthLink(std::string_view text) {
    return wire::isToken(text) && (text.starts_with("https://") || text.starts_with("http://"));
}
bool isCode(std::string_view text) {
    const auto code = base::TrackingCode::parse(text);
    return code && code->symbols() == text;
}
bool isState(std::string_view text) {
    return wire::feedbackStateFrom(text).has_value();
}

Result<void> finished(const wire::Members& members) {
    auto fine = members.finishLeniently();
    if (fine) return fine;
    return base::fail(ProblemKind::BadResponse,
                      {{"detail", "shape"}, {"key", std::string(fine.error().fact("key"))}});
}

void readScan(wire::Members& members, DeviceCode& code) {
    const auto scan = members.optionalText("scan", 32);
    if (scan == "provider_app") {
        code.scan = ScanWay::ProviderApp;
        code.providerQr = members.text("provider_qr", kMaxQr, isPrintable);
        code.userCode.clear();  // there is nothing to compare it with
        if (code.providerQr.empty()) members.refuse("provider_qr");
    } else if (!scan.empty() && scan != "phone_browser") {
        members.refuse("scan");
    }
}

MyReports::One readReport(const json& item, wire::Members& list) {
    wire::Members members(item);
    MyReports::One one;
    one.code = members.text("code", base::TrackingCode::kSymbols, isCode);
    one.fieldId = members.text("field", 64, wire::isSlug);
    one.wardCode = members.text("ward", 32, wire::isSlug);
    one.state = wire::feedbackStateFrom(members.text("state", 16, isState)).value_or(one.state);
    one.receivedAt = members.text("received_at", 40, wire::isRfc3339);
    one.changedAt = members.text("changed_at", 40, wire::isRfc3339);
    list.adopt(members.finishLeniently());
    return one;
}

Result<PollAnswer> readPending(const json& body) {
    poll::Pending pending{body.value("opened", json()) == true, body.value("agreed", json()) == true, {}};
    if (!pending.agreed || !body.contains("expires_in")) return pending;
    wire::Members members(body);
    pending.expiresIn = std::chrono::seconds(members.integer("expires_in", 1, 86400));
    return finished(members).map([&] { return PollAnswer(pending); });
}

}  // namespace

Result<DeviceCode> readDeviceCode(const json& body) {
    wire::Members members(body);
    DeviceCode code;
    code.deviceCode = members.secret("device_code", kMaxCode, wire::isToken);
    code.userCode = members.text("user_code", 32, wire::isToken);
    // RFC 8628 §3.2: with the code in it is optional; then the person types the code.
    const char* link =
        members.has("verification_uri_complete") ? "verification_uri_complete" : "verification_uri";
    code.verificationUri = members.text(link, kMaxQr, isOAuthLink);
    code.expiresIn = std::chrono::seconds(members.integer("expires_in", 1, 86400));
    if (members.has("interval")) code.interval = std::chrono::seconds(members.integer("interval", 0, 3600));
    readScan(members, code);
    return finished(members).map([&] { return std::move(code); });
}

Result<ResidentTokens> readTokens(const json& body) {
    wire::Members members(body);
    ResidentTokens tokens;
    tokens.accessToken = members.secret("access_token", 4096, isBearer);
    tokens.idToken = members.secret("id_token", kMaxIdToken, wire::isToken);
    const auto seconds = members.has("expires_in") ? members.integer("expires_in", 1, INT32_MAX) : 60;
    tokens.lives = std::chrono::seconds(std::min(seconds, kLongestToken));
    return finished(members).map([&] { return std::move(tokens); });
}

Result<PollAnswer> readPollError(const json& body) {
    const auto error = textOf(body, "error");
    if (error == "authorization_pending") return readPending(body);
    if (error == "slow_down") return poll::SlowDown{};
    // invalid_grant: used, revoked, or forgotten by a gateway that has begun anew (RFC 6749 §5.2).
    if (error == "expired_token" || error == "invalid_grant") return poll::Expired{};
    if (error != "access_denied") return base::fail(ProblemKind::BadResponse, {{"detail", "oauth"}});
    const auto reason = textOf(body, "reason");
    for (const auto& [text, value] : kReasons)
        if (text == reason) return poll::Denied{value};
    return poll::Denied{DenialReason::Declined};  // RFC 8628 has no other
}

Result<MyReports> readMyReports(const json& body) {
    wire::Members members(body);
    MyReports mine;
    mine.source = members.text("source", 256);
    mine.asOf = members.text("as_of", 40, wire::isRfc3339);
    for (const json& item : members.array("reports", 0, kMaxReports))
        mine.reports.push_back(readReport(item, members));
    return finished(members).map([&] { return std::move(mine); });
}

Result<BlindedToken> readBlindedToken(const json& body) {
    wire::Members members(body);
    BlindedToken token{members.text("evaluated", 43, wire::isToken), members.text("proof", 86, wire::isToken),
                       members.text("key", 43, wire::isToken)};
    return finished(members).map([&] { return std::move(token); });
}

std::string endpointPath(const std::string& url) {
    const auto host = url.find("://");
    const auto path = host == url.npos ? host : url.find('/', host + 3);
    const bool plain = isOAuthLink(url) && url.size() <= 512 && url.find_first_of("?#") == url.npos;
    return plain && path != url.npos ? url.substr(path) : std::string();
}

}  // namespace tram::link
