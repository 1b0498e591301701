#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "crypto/Keys.h"
#include "net/HttpClient.h"
#include "wire/Action.h"
#include "wire/Appointment.h"
#include "wire/Campaign.h"
#include "wire/DossierStatus.h"
#include "wire/Enrolment.h"
#include "wire/FeedbackReport.h"
#include "wire/Rating.h"
#include "wire/StaffSignIn.h"
#include "wire/Turn.h"
#include "wire/WardReport.h"
#include "wire/Watch.h"

namespace tram::link {

struct KioskIdentity {
    std::string kioskId, tokenAudience;
    crypto::SigningKey key;
    std::optional<crypto::VerifyKey> gatewayKey{};  ///< see GatewayClient::expectGateway
};

/// The kiosk's typed, authenticated line to the gateway (resources/api/gateway.yaml). One thread at a time.
/// HTTP statuses become Problems: 401 Unauthorized, 403 Forbidden, 404 NotFound, 409 Conflict, 413 TooLarge,
/// 422 Unprocessable, 429 TooManyRequests (fact retry_after_s), 5xx ServerFault (likewise), other 4xx
/// BadResponse. What went wrong before the request itself was sent (sign-in, the gateway's proof) has the
/// fact sent=no. An answer that is not the JSON asked for is NotTheGateway (a captive portal).
class GatewayClient {
  public:
    GatewayClient(std::string baseUrl, std::shared_ptr<net::HttpClient> http, const base::Clock& clock,
                  std::optional<KioskIdentity> identity);

    /// From now on nothing is said to anybody who has not shown that he holds this key: each connection
    /// begins with a challenge (wire/GatewayProof.h). Whoever cannot answer it is NotTheGateway, fact detail
    /// "proof".
    void expectGateway(crypto::VerifyKey key);

    /// No authentication: enrolment and health. `former`: this kiosk's key until now, if it has one, so that
    /// what it kept under it may come over the new enrolment's line.
    base::Result<wire::EnrolmentAnswer> enrol(const wire::EnrolmentCode& code, const crypto::VerifyKey& kiosk,
                                              const crypto::SigningKey* former = nullptr);
    struct Health {
        std::string epoch;
        base::WallTime serverTime;
    };
    base::Result<Health> health();

    /// How many bytes of it the gateway has; `complete` when whole.
    struct UploadState {
        std::size_t offset = 0;
        bool complete = false;
    };
    base::Result<UploadState> attachmentState(const std::string& sha256);
    /// Sends the file from `offset` on (Content-Range). Conflict with fact "offset" when the gateway has
    /// another.
    base::Result<UploadState> putAttachment(const std::string& sha256, const std::filesystem::path& file,
                                            std::size_t size, std::size_t offset);
    /// `envelopes`: exact stored bytes of each; sent as {"actions":[…]} without re-serialising them.
    base::Result<wire::BatchAnswer> postActions(const std::vector<std::string>& envelopes);

    /// `receiptSecret` empty: the public part only. Followed by anybody; sent with the kiosk's token when
    /// there is one, so that budgets for misses are the kiosk's own.
    base::Result<wire::FeedbackStatus> feedback(const std::string& code,
                                                const base::SecretText& receiptSecret);

    /// Where a dossier stands; `code` as wire::DossierPatterns reads it. Asked with the kiosk's token like
    /// feedback(). The source behind the gateway does not answer: ServerFault, fact detail = "source".
    /// `slipSecret`: what its slip carries beside the code, by which it may be rated; "" for none.
    base::Result<wire::DossierStatus> dossier(const std::string& code,
                                              const base::SecretText& slipSecret = base::SecretText());
    /// How an office is rated, by its name or a ward's five digits; NotFound while nothing is told of it.
    base::Result<wire::OfficeRating> officeRating(const std::string& office);

    /// What an office's queue offers; NotFound where it offers none. The source does not answer: as
    /// dossier().
    base::Result<wire::TurnBoard> turns(const std::string& office);
    /// A number; the same request again gives the same again. Conflict: the id is another's.
    base::Result<wire::TurnAnswer> takeTurn(const std::string& office, const wire::TurnRequest& request);
    /// How a number that was given stands now; NotFound: none, or an old one.
    base::Result<wire::TurnTicket> turn(const std::string& id);
    /// Where a request for an appointment stands, by its tracking code; asked like feedback().
    base::Result<wire::AppointmentStatus> appointment(const std::string& code);
    /// Its owner is told by a message when something happens to it.
    base::Result<wire::WatchAnswer> watchDossier(const std::string& code, const wire::WatchRequest& request);

    /// Signed content by role name ("feedback-fields"): the DSSE bytes, or nothing when `etag` still fits.
    struct Content {
        std::string bytes, etag;
    };
    base::Result<std::optional<Content>> content(const std::string& role, const std::string& etag);

    /// What GET /v1/sealing-keys says (wire/SealingStatement.h), unverified, or nothing when `etag` still
    /// fits. Needs no enrolment.
    base::Result<std::optional<Content>> sealingKeys(const std::string& etag);

    /// The emergency alerts in force (cap/Bulletin.h), signed and unverified, or nothing when `etag` still
    /// fits. NotFound while the city has no key for them.
    base::Result<std::optional<Content>> alerts(const std::string& etag);

    /// Who may sign in at this kiosk's ward (wire/StaffList.h), as alerts().
    base::Result<std::optional<Content>> staff(const std::string& etag);
    /// By a code and its PIN. Unauthorized: no such code here, or another PIN; TooManyRequests; Forbidden:
    /// locked after too many; NotEnrolled: it is this kiosk that the gateway does not know.
    base::Result<wire::StaffSignedIn> signInStaff(const wire::StaffSignIn& typed);

    /// This kiosk's own ward's, of now. StoreTooNew: a later gateway's, which means something else by it.
    base::Result<wire::Campaigns> campaigns();
    /// What was done at the stations of its ward; days as "2026-12-01", both of them within. StoreTooNew as
    /// above.
    base::Result<wire::WardReport> wardReport(wire::WardReport::By by, const std::string& from,
                                              const std::string& to);

    base::Result<void> callOfficer(const std::string& reason);  ///< reason: "help", from a fixed list
    struct Heartbeat {
        std::string version;
        std::size_t waiting = 0, needsAttention = 0;
        std::size_t freeDiskBytes = 0;
        std::size_t damagedStores = 0;  ///< suspected, or put aside and not yet taken away by a person
        int contentVersion = 0;         ///< of what the city published and this kiosk shows; 0: nothing yet
        std::string contentSignedAt = {};  ///< RFC 3339; "": nothing yet
    };
    base::Result<void> heartbeat(const Heartbeat& beat);

    /// wire::LogHead::sign(), the answer a wire::LogAcknowledgement, unverified. Conflict: it does not follow
    /// from what the gateway has, or not from its newest.
    base::Result<std::string> postLogHead(std::string dsse);
    /// Up to where the gateway has acknowledged that chain, unverified; NotFound when it knows nothing of it.
    base::Result<std::string> logAcknowledgement(const std::string& chain);

    /// Wall clock corrected by the last Date header (a kiosk's clock may be off).
    base::WallTime gatewayTime() const;
    void cancel() { http_->cancel(); }

  private:
    friend class ResidentLine;  // the same line: its proof, its clock, its assertions
    friend class PhoneUploads;
    friend class PackLine;
    net::HttpRequest request(std::string method, const std::string& path) const;
    base::Result<net::HttpResponse> exchange(const net::HttpRequest& request);
    base::Result<net::HttpResponse> confide(net::HttpRequest& request);
    base::Result<Health> provenHealth();
    base::Result<std::string> token(bool fresh);
    /// A form and the kiosk's assertion beside it (RFC 7523), at an OAuth endpoint; `form` is overwritten.
    base::Result<net::HttpResponse> postAsClient(const std::string& path, std::string form);
    base::Result<net::HttpResponse> authorized(net::HttpRequest request);
    base::Result<std::string> documentOf(net::HttpRequest request);
    base::Result<net::HttpResponse> asAnybody(net::HttpRequest& ask);
    void learnTime(const net::HttpResponse& response);

    std::string baseUrl_;
    std::shared_ptr<net::HttpClient> http_;
    const base::Clock& clock_;
    std::optional<KioskIdentity> identity_;
    std::optional<crypto::VerifyKey> gatewayKey_;
    std::string token_;
    base::BootTime tokenUntil_;
    base::Millis clockOffset_{0};
};

}  // namespace tram::link
