#pragma once
#include <atomic>
#include <optional>
#include <string>
#include <variant>

#include "base/Clock.h"
#include "gateway/provider/ProviderProfile.h"
#include "net/HttpClient.h"
#include "oidc/KeyRing.h"

namespace tram::gateway {

/// An identity provider, by authorization code with PKCE (RFC 6749 §4.1, RFC 7636, RFC 9700) or, where its
/// own app scans, by its device authorization (RFC 8628). Calls block for at most a few seconds; what is
/// wrong with the provider is ProviderFailed to a person, and told apart in the log only. Any thread.
class ProviderClient {
  public:
    ProviderClient(ProviderProfile profile, std::string redirectUri, const base::Clock& clock);

    const ProviderProfile& profile() const { return profile_; }

    struct Attempt {
        std::string state, nonce, verifier;
        static Attempt make();
    };
    /// Where the phone goes on, in the resident's language (OpenID Connect Core §3.1.2.1, ui_locales).
    std::string authorizationUrl(const Attempt& attempt, const std::string& language) const;
    using Answer = tl::expected<Resident, Refusal>;
    Answer redeem(const std::string& code, const Attempt& attempt, base::WallTime now);
    /// What the provider's `error` means for a person.
    Refusal refusalOf(const std::string& error) const;

    struct AppCode {
        base::SecretText deviceCode;
        std::string qr;  ///< the exact text to draw, ASCII
        std::chrono::seconds expiresIn{0}, interval{5};
    };
    /// `place`: who asks, in words, where the profile names a parameter for it.
    tl::expected<AppCode, Refusal> beginApp(const std::string& place, const std::string& language);
    struct Waiting {
        bool slower = false;
    };
    using AppTurn = std::variant<Waiting, Resident, Refusal>;
    AppTurn askApp(const base::SecretText& deviceCode, base::WallTime now);

  private:
    using Form = std::vector<std::pair<std::string, std::string>>;
    base::Result<net::HttpResponse> post(const std::string& url, Form form);
    base::Result<net::HttpResponse> get(const std::string& url, const std::string& bearer);
    base::Result<net::HttpResponse> send(net::HttpRequest request);
    base::Result<std::string> fetchKeys();
    bool idTokenHolds(const std::string& idToken, const std::optional<std::string>& nonce,
                      const base::SecretText& sub, base::WallTime now);
    Answer personBehind(net::HttpResponse tokenAnswer, const std::optional<std::string>& nonce,
                        base::WallTime now);

    ProviderProfile profile_;
    std::string redirectUri_;
    std::optional<oidc::KeyRing> keys_;  ///< of its ID tokens, when it gives any
    std::atomic<int> underWay_{0};
};

}  // namespace tram::gateway
