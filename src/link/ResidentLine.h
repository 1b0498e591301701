#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <variant>
#include <vector>

#include "base/Secret.h"
#include "link/GatewayClient.h"
#include "wire/Mine.h"
#include "wire/MyServices.h"

namespace tram::link {

/// How the phone scans: our link in its browser, with a code to compare, or the provider's own payload in
/// the provider's own app.
enum class ScanWay { PhoneBrowser, ProviderApp };

/// RFC 8628 §3.2, and what is ours in it.
struct DeviceCode {
    base::SecretText deviceCode;
    std::string userCode;         ///< as shown; "" when the provider's app does not need one
    std::string verificationUri;  ///< with the code in it, if the gateway gave such a one
    ScanWay scan = ScanWay::PhoneBrowser;
    std::string providerQr;  ///< ProviderApp: exactly what the QR holds
    base::Millis expiresIn{0};
    std::optional<base::Millis> interval;  ///< nothing: the gateway named none
    const std::string& qrText() const { return scan == ScanWay::ProviderApp ? providerQr : verificationUri; }
};

struct ResidentTokens {
    base::SecretText accessToken, idToken;
    base::Millis lives{0};
};
enum class DenialReason { Declined, NotGranted, LevelTooLow, UnderAge, ProviderFailed };

namespace poll {
struct Pending {
    // Our gateway says so; RFC 8628 knows no such things.
    bool opened = false;                    ///< a phone shows the code's page
    bool agreed = false;                    ///< somebody has agreed there, and is at the provider
    std::optional<base::Millis> expiresIn;  ///< with agreed: how long they have from now on
};
struct SlowDown {};
struct Expired {};  ///< or of no use any more for another reason
struct Denied {
    DenialReason reason;
};
}  // namespace poll
using PollAnswer = std::variant<poll::Pending, poll::SlowDown, poll::Expired, poll::Denied, ResidentTokens>;

/// The resident's own reports, newest first; GET /v1/me/reports. Never a text.
struct MyReports {
    struct One {
        std::string code;               ///< ten symbols
        std::string fieldId, wardCode;  ///< as in the feedback fields and the directory of wards
        wire::FeedbackState state = wire::FeedbackState::Received;
        std::string receivedAt, changedAt;  ///< RFC 3339, to the hour
    };
    std::vector<One> reports;
    std::string source, asOf;  ///< whose word it is, and of when
};

/// What the gateway makes of a survey token that it cannot see (RFC 9497), each base64url: the evaluated
/// element, the proof that it was made with `key`, and that key.
struct BlindedToken {
    std::string evaluated, proof, key;
};

/// What the kiosk says to the gateway about a resident who logs in. It has a GatewayClient of its own; calls
/// block, and from several threads they come one after the other. Problems as GatewayClient's.
class ResidentLine {
  public:
    /// `issuer`: EnrolmentAnswer::publicUrl, which the gateway's discovery document must name. Its endpoints
    /// are spoken to by their paths, over the line whose other end has shown who it is: the host in them is
    /// the one that phones reach.
    ResidentLine(std::unique_ptr<GatewayClient> client, std::string issuer);

    /// `language` ("vi", "en"): what the pages on the phone begin in.
    base::Result<DeviceCode> deviceCode(const std::string& nonce, const std::string& language = "vi");
    /// OAuth errors other than RFC 8628's are BadResponse, detail "oauth", except those that refuse this
    /// kiosk: Unauthorized, Forbidden (invalid_client, unauthorized_client).
    base::Result<PollAnswer> poll(const base::SecretText& deviceCode);
    /// RFC 7009; a code or token that is not known any more is revoked, too.
    base::Result<void> revokeCode(const base::SecretText& deviceCode);
    base::Result<void> revokeToken(const base::SecretText& accessToken);
    /// Every resident's token and pending code of this kiosk; by the fresh process after each wipe.
    base::Result<void> endSessions();
    base::Result<std::string> keySet();  ///< the JWKS as it came; oidc::KeyRing reads it
    base::Result<MyReports> myReports(const base::SecretText& accessToken);
    /// The resident's own dossiers; Problems as GatewayClient::dossier, and NotFound while the city's source
    /// has none by person.
    base::Result<wire::MyDossiers> myDossiers(const base::SecretText& accessToken);
    // What a resident has (wire/Mine.h); LineOfMine.cpp. Documents: NotFound and "source" as dossiers.
    base::Result<wire::MyServices> myServices(const base::SecretText& accessToken);
    /// Conflict: another one is kept by now.
    base::Result<wire::MyServices> keepServices(const base::SecretText& accessToken,
                                                const wire::MyServices& chosen);
    base::Result<wire::MyNotices> myNotices(const base::SecretText& accessToken);
    base::Result<void> noticesSeen(const base::SecretText& accessToken, const wire::NoticesSeen& seen);
    base::Result<wire::MyDocuments> myDocuments(const base::SecretText& accessToken);
    base::Result<wire::MyAccount> myAccount(const base::SecretText& accessToken);
    base::Result<wire::MyAppointments> myAppointments(const base::SecretText& accessToken);
    base::Result<wire::MyConsents> myConsents(const base::SecretText& accessToken);
    base::Result<wire::MyRights> myRights(const base::SecretText& accessToken);
    /// POST /v1/surveys/{id}/token. `blinded`: base64url of a group element; the same once more gets the same
    /// answer. Conflict: this resident had another one evaluated before.
    base::Result<BlindedToken> surveyToken(const std::string& survey, const base::SecretText& accessToken,
                                           const std::string& blinded);

    const std::string& issuer() const { return issuer_; }
    base::WallTime gatewayTime() const;
    /// From another thread: what is under way and all that comes later ends with Cancelled.
    void cancel() { client_->cancel(); }

  private:
    struct Endpoints {
        std::string deviceAuthorization, token, revocation, keys;  ///< paths
    };
    base::Result<Endpoints> endpoints();
    base::Result<void> revoke(const base::SecretText& what, const char* hint);
    base::Result<net::HttpResponse> get(const std::string& path);
    template <class Answer>
    base::Result<Answer> mine(const base::SecretText& accessToken, net::HttpRequest ask);
    net::HttpRequest sending(const char* method, const char* path, std::string body) const;
    base::Result<net::HttpResponse> askAs(const std::string& accessToken, net::HttpRequest ask);

    mutable std::mutex mutex_;
    std::unique_ptr<GatewayClient> client_;
    std::string issuer_;
    std::optional<Endpoints> endpoints_;
};

}  // namespace tram::link
