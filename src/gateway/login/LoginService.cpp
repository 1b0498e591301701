#include "gateway/login/LoginService.h"

#include <nlohmann/json.hpp>

#include "base/Log.h"
#include "crypto/Bytes.h"
#include "wire/Scrub.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using base::WallTime;
using nlohmann::json;

std::string hashOf(std::string_view text) {
    return crypto::sha256Hex(crypto::view(text));
}

std::int64_t seconds(WallTime time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

/// OpenID Connect Core §2 and §5.1, and ours: resources/api/schemas/id-token.json.
json claimsOf(const Resident& resident, const base::SecretText& sub) {
    json claims = {{"sub", sub.reveal()},
                   {"name", resident.name.reveal()},
                   {"birthdate", resident.birthdate.reveal()},
                   {"account_level", resident.level},
                   {"account_type", resident.foreigner ? "foreigner" : "citizen"}};
    if (!resident.personalNumber.empty()) claims["personal_number"] = resident.personalNumber.reveal();
    if (!resident.phone.empty()) claims["phone_number"] = resident.phone.reveal();
    return claims;
}

}  // namespace

void LoginService::connect(ProviderProfile profile, const std::string& publicUrl) {
    issuer_ = publicUrl;  // to the byte what enrolled kiosks were told
    const auto base = publicUrl.ends_with('/') ? publicUrl.substr(0, publicUrl.size() - 1) : publicUrl;
    provider_ = std::make_unique<ProviderClient>(std::move(profile), base + "/oidc/callback", clock_);
}

void LoginService::note(const std::string& login, std::string_view outcome) {
    if (onOutcome) onOutcome(outcome);
    if (auto kept = records_.ended(login, outcome); !kept)
        base::log::problem("logins.record_failed", kept.error());
}

Result<LoginService::Invitation> LoginService::begin(const Kiosk& kiosk, const Wish& wish, WallTime now) {
    Invitation invitation;
    invitation.expiresIn = DeviceLogins::kLife;
    invitation.interval = DeviceLogins::kInterval;
    std::optional<DeviceLogins::ProviderCode> code;
    if (profile().scan == ProviderProfile::Scan::ProviderApp) {
        if (!logins_.mayBegin(kiosk, now)) return base::fail(ProblemKind::TooManyRequests);
        auto app = provider_->beginApp(wish.place, wish.language);
        if (!app) return base::fail(ProblemKind::ServerFault, {{"detail", "provider"}});
        invitation.providerQr = app->qr;
        invitation.expiresIn = std::min(invitation.expiresIn, app->expiresIn);
        code = DeviceLogins::ProviderCode{std::move(app->deviceCode), app->interval};
    }
    auto begun = logins_.begin(kiosk, wish.nonce, now, invitation.expiresIn, std::move(code), wish.language);
    if (!begun) return tl::unexpected(begun.error());
    if (auto kept = records_.begun(begun->id, kiosk.id, now); !kept) return tl::unexpected(kept.error());
    invitation.deviceCode = std::move(begun->deviceCode);
    invitation.userCode = std::move(begun->userCode);
    invitation.linkKey = std::move(begun->linkKey);
    return invitation;
}

/// In its own app a person answers to the provider alone: it is asked when the kiosk asks us, so that a kiosk
/// that has gone away asks nobody.
void LoginService::askProvider(const Kiosk& kiosk, const std::string& deviceCode, WallTime now) {
    const auto turn = logins_.providerTurn(deviceCode, kiosk.id, now);
    if (!turn) return;
    auto answer = provider_->askApp(turn->code, now);
    if (const auto* waiting = std::get_if<ProviderClient::Waiting>(&answer))
        return logins_.later(turn->id, waiting->slower, now);
    if (const auto* refusal = std::get_if<Refusal>(&answer))
        (void)settle(turn->id, tl::unexpected(*refusal), now);
    else
        (void)settle(turn->id, std::move(std::get<Resident>(answer)), now);
}

tl::expected<void, LoginService::Gone> LoginService::settle(const std::string& login,
                                                            ProviderClient::Answer answer, WallTime now) {
    const auto outcome = answer ? std::string_view("approved") : name(answer.error());
    auto settled = logins_.settle(login, std::move(answer), now);
    if (settled) note(login, outcome);
    return settled;
}

LoginService::Session LoginService::sessionFor(const Kiosk& kiosk, const DeviceLogins::Approved& approved,
                                               WallTime now) {
    const auto sub = subjects_.of(profile().issuer, approved.resident.subject);
    wire::ScrubbedJson claims(claimsOf(approved.resident, sub));
    claims.value["iss"] = issuer();
    claims.value["aud"] = claims.value["azp"] = kiosk.id;
    claims.value["iat"] = seconds(now);
    claims.value["exp"] = seconds(now + kIdTokenLife);
    claims.value["auth_time"] = seconds(approved.at);
    claims.value["nonce"] = approved.nonce;
    const DossierOwner owner{approved.resident.subject.copy(), approved.resident.personalNumber.copy()};
    return {tokens_.issue(sub, owner, kiosk.id, now), keys_.sign(claims.value, now)};
}

LoginService::Turn LoginService::poll(const Kiosk& kiosk, const std::string& deviceCode, WallTime now) {
    askProvider(kiosk, deviceCode, now);
    auto turn = logins_.poll(deviceCode, kiosk.id, now);
    if (const auto* pending = std::get_if<Pending>(&turn)) return *pending;
    if (std::holds_alternative<DeviceLogins::SlowDown>(turn)) return Wait::SlowDown;
    if (std::holds_alternative<DeviceLogins::Expired>(turn)) return Wait::Expired;
    if (std::holds_alternative<DeviceLogins::Unknown>(turn)) return Wait::Unknown;
    if (const auto* refusal = std::get_if<Refusal>(&turn)) return *refusal;
    return sessionFor(kiosk, std::get<DeviceLogins::Approved>(turn), now);
}

void LoginService::revoke(const Kiosk& kiosk, const std::string& token, bool isDeviceCode) {
    // RFC 7009 §2.1: a hint may be wrong.
    if (isDeviceCode) logins_.cancel(token, kiosk.id);
    tokens_.revoke(token, kiosk.id);
    if (!isDeviceCode) logins_.cancel(token, kiosk.id);
}

void LoginService::endAll(const Kiosk& kiosk) {
    logins_.cancelAll(kiosk.id);
    tokens_.endAll(kiosk.id);
}

tl::expected<DeviceLogins::Seen, LoginService::Gone> LoginService::look(const std::string& userCode,
                                                                        const std::string& phone,
                                                                        WallTime now) {
    // Where the provider's app scans there is nothing for a browser to agree to.
    if (profile().scan != ProviderProfile::Scan::PhoneBrowser) return tl::unexpected(Gone::Unknown);
    return logins_.look(userCode, phone, now);
}

tl::expected<std::string, LoginService::Gone> LoginService::agree(const std::string& userCode,
                                                                  const std::string& phone,
                                                                  const std::string& language, WallTime now) {
    if (profile().scan != ProviderProfile::Scan::PhoneBrowser) return tl::unexpected(Gone::Unknown);
    auto login = logins_.agree(userCode, phone, now);
    if (!login) return tl::unexpected(login.error());
    auto attempt = ProviderClient::Attempt::make();
    auto url = provider_->authorizationUrl(attempt, language);
    const auto state = hashOf(attempt.state);
    const std::lock_guard lock(mutex_);
    std::erase_if(errands_, [&](const auto& entry) {
        return now - entry.second.since >= DeviceLogins::kRemembered || now < entry.second.since ||
               entry.second.login == *login;  // who agrees once more goes the way once more
    });
    errands_.emplace(state, Errand{std::move(attempt), std::move(*login), userCode, phone, language, now});
    return url;
}

tl::expected<void, LoginService::Gone> LoginService::decline(const std::string& userCode,
                                                             const std::string& phone, WallTime now) {
    const auto login = logins_.decline(userCode, phone, now);
    if (!login) return tl::unexpected(login.error());
    note(*login, name(Refusal::Declined));
    return {};
}

std::optional<LoginService::Errand> LoginService::takeErrand(const std::string& state,
                                                             const std::string& phone, WallTime now) {
    const std::lock_guard lock(mutex_);
    const auto found = errands_.find(hashOf(state));
    // Another phone's return must not use it up: its owner may still be under way (RFC 9700 §4.7).
    if (found == errands_.end() || found->second.phone != phone) return std::nullopt;
    auto errand = std::move(found->second);
    errands_.erase(found);
    if (now - errand.since >= DeviceLogins::kRemembered) return std::nullopt;
    return errand;
}

ProviderClient::Answer LoginService::answerTo(const Answered& said, const ProviderClient::Attempt& attempt,
                                              WallTime now) {
    // RFC 9207: an answer that says it is another provider's is none of ours.
    const bool foreign = !said.issuer.empty() && said.issuer != profile().issuer;
    if (foreign || (said.error.empty() && said.code.empty())) return tl::unexpected(Refusal::ProviderFailed);
    if (!said.error.empty()) return tl::unexpected(provider_->refusalOf(said.error));
    return provider_->redeem(said.code, attempt, now);
}

LoginService::Returned LoginService::returned(const Answered& said, const std::string& phone, WallTime now) {
    const auto errand = takeErrand(said.state, phone, now);
    if (!errand) return {Gone::Unknown, "vi"};
    // Cancelled or too late: the provider is not even asked who it was.
    if (const auto open = logins_.stillOpen(errand->login, now); !open)
        return {open.error(), errand->language};
    auto answer = answerTo(said, errand->attempt, now);
    const auto refusal = answer ? std::optional<Refusal>() : answer.error();
    if (const auto settled = settle(errand->login, std::move(answer), now); !settled)
        return {settled.error(), errand->language};
    if (refusal) return {*refusal, errand->language};
    return {Returned::Approved{errand->userCode}, errand->language};
}

}  // namespace tram::gateway
