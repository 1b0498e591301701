#pragma once
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <variant>

#include "base/Clock.h"
#include "gateway/identity/DeviceLogins.h"
#include "gateway/identity/IssuerKeys.h"
#include "gateway/identity/LoginRecords.h"
#include "gateway/identity/ResidentTokens.h"
#include "gateway/identity/Subjects.h"
#include "gateway/provider/ProviderClient.h"

namespace tram::gateway {

/// A resident's login from the kiosk's question over the phone and the provider to the kiosk's token. Any
/// thread; what asks the provider blocks for some seconds.
class LoginService {
  public:
    using Gone = DeviceLogins::Gone;
    static constexpr std::chrono::seconds kIdTokenLife{300};

    LoginService(LoginRecords& records, const Subjects& subjects, const base::Clock& clock)
        : records_(records), subjects_(subjects), clock_(clock) {}
    /// Once, before anybody asks. `publicUrl`: our issuer, and where phones find us.
    void connect(ProviderProfile profile, const std::string& publicUrl);
    bool connected() const { return provider_ != nullptr; }
    const std::string& issuer() const { return issuer_; }
    const ProviderProfile& profile() const { return provider_->profile(); }
    IssuerKeys& issuerKeys() { return keys_; }

    // The kiosk's side.
    struct Invitation {
        std::string deviceCode, userCode, linkKey, providerQr;
        std::chrono::seconds expiresIn{0}, interval{0};
    };
    struct Wish {
        std::string nonce, language;
        std::string place;  ///< station and ward in words, for a provider that tells who asks
    };
    /// TooManyRequests; ServerFault when the provider's own code could not be had.
    base::Result<Invitation> begin(const Kiosk& kiosk, const Wish& wish, base::WallTime now);
    struct Session {
        std::string accessToken, idToken;
    };
    using Pending = DeviceLogins::Pending;
    enum class Wait { SlowDown, Expired, Unknown };
    using Turn = std::variant<Pending, Wait, Refusal, Session>;
    Turn poll(const Kiosk& kiosk, const std::string& deviceCode, base::WallTime now);
    void revoke(const Kiosk& kiosk, const std::string& token, bool isDeviceCode);
    void endAll(const Kiosk& kiosk);
    std::optional<ResidentTokens::Holder> holderOf(std::string_view token, base::WallTime now) {
        return tokens_.find(token, now);
    }

    // The phone's side; a phone is the hash of its cookie.
    tl::expected<DeviceLogins::Seen, Gone> look(const std::string& userCode, const std::string& phone,
                                                base::WallTime now);
    void shown(const std::string& userCode, const std::string& phone, base::WallTime now) {
        logins_.shown(userCode, phone, now);
    }
    tl::expected<DeviceLogins::Outlook, Gone> outlook(const std::string& userCode, const std::string& phone,
                                                      base::WallTime now) const {
        return logins_.outlook(userCode, phone, now);
    }
    bool scanned(const std::string& userCode, std::string_view linkKey) const {
        return logins_.scanned(userCode, linkKey);
    }
    std::string languageOf(const std::string& userCode) const { return logins_.languageOf(userCode); }
    /// The provider's address for this phone.
    tl::expected<std::string, Gone> agree(const std::string& userCode, const std::string& phone,
                                          const std::string& language, base::WallTime now);
    tl::expected<void, Gone> decline(const std::string& userCode, const std::string& phone,
                                     base::WallTime now);
    struct Returned {
        struct Approved {
            std::string userCode;  ///< for outlook()
        };
        std::variant<Approved, Refusal, Gone> how;
        std::string language;  ///< as the phone had it
    };
    /// What came back from the provider with the phone: `code`, or `error`; `issuer` by RFC 9207, or "".
    struct Answered {
        std::string state, code, error, issuer;
    };
    /// A state works once, for the phone that has it.
    Returned returned(const Answered& said, const std::string& phone, base::WallTime now);

    /// Told of each login that ended: metrics.
    std::function<void(std::string_view outcome)> onOutcome;

  private:
    struct Errand {
        ProviderClient::Attempt attempt;
        std::string login, userCode, phone, language;
        base::WallTime since;
    };
    void askProvider(const Kiosk& kiosk, const std::string& deviceCode, base::WallTime now);
    tl::expected<void, Gone> settle(const std::string& login, ProviderClient::Answer answer,
                                    base::WallTime now);
    Session sessionFor(const Kiosk& kiosk, const DeviceLogins::Approved& approved, base::WallTime now);
    std::optional<Errand> takeErrand(const std::string& state, const std::string& phone, base::WallTime now);
    ProviderClient::Answer answerTo(const Answered& said, const ProviderClient::Attempt& attempt,
                                    base::WallTime now);
    void note(const std::string& login, std::string_view outcome);

    LoginRecords& records_;
    const Subjects& subjects_;
    const base::Clock& clock_;
    std::unique_ptr<ProviderClient> provider_;
    std::string issuer_;
    DeviceLogins logins_;
    ResidentTokens tokens_;
    IssuerKeys keys_;
    std::mutex mutex_;
    std::map<std::string, Errand> errands_;  ///< by the hash of their state
};

}  // namespace tram::gateway
