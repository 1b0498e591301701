#pragma once
#include <functional>
#include <string>

#include "LiveCity.h"
#include "base/Clock.h"
#include "base/TrackingCode.h"
#include "crypto/Keys.h"
#include "wire/Action.h"
#include "wire/Enrolment.h"
#include "wire/Envelope.h"
#include "wire/FeedbackReport.h"

namespace tram::test {

/// What no log, metric or public answer may ever hold.
inline constexpr const char* kCanary = "CANARY-Nguyễn-Thị-Hoàng-Yến";

/// A kiosk made of the shared formats alone, so that it can also do what no real kiosk does.
class PretendKiosk {
  public:
    explicit PretendKiosk(LiveCity& city);  ///< enrols, and asks for a token
    /// The same with this code; `former`: shows that it has the key of an earlier enrolment.
    PretendKiosk(LiveCity& city, const std::string& code, const crypto::SigningKey* former);

    struct Sent {
        base::Uuid id;
        std::string code, secret, envelope;
    };
    using Change = std::function<void(wire::ActionBody&, wire::FeedbackReport&)>;
    Sent report(const Change& change = {});
    std::string envelopeOf(const base::Uuid& id, const std::string& body) const;

    HeaderList auth() const { return {{"Authorization", "Bearer " + token}}; }
    Reply post(const std::vector<std::string>& envelopes);
    /// The verdict of a batch of one, or "HTTP <status>".
    std::string verdict(const std::string& envelope);
    Reply put(const std::string& sha256, const std::string& bytes, const std::string& range = "");
    Reply head(const std::string& sha256);
    Reply follow(const std::string& code, const std::string& secret = "");
    std::string askToken(const std::string& assertion, int expected = 200);
    std::string assertion() const;

    LiveCity& city;
    crypto::SigningKey key = crypto::SigningKey::generate();
    wire::EnrolmentAnswer place;
    std::string token;
};

std::string freshCode(const std::string& prefix);
std::string freshSecret();
/// Encrypts `plain` for an envelope, as the kiosk does.
struct Attachment {
    wire::AttachmentRef ref;
    std::string bytes;
};
Attachment attachmentFor(const base::Uuid& id, const std::string& plain);

}  // namespace tram::test
