#pragma once
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/Result.h"
#include "base/Secret.h"
#include "base/TrackingCode.h"
#include "identity/CitizenCard.h"
#include "wire/DossierCode.h"
#include "wire/VisitToken.h"

namespace tram::identity {

/// A dossier's code as wire/DossierCode.h reads it: "H29.25-260310-0420".
struct DossierCode {
    std::string text;
    base::SecretText slipSecret = {};  ///< what its slip's QR carries beside the code; mostly nothing
};
/// A ticket for one visit, by which the visit is rated: read, and not yet believed (wire/VisitToken.h).
struct VisitTicket {
    wire::VisitToken token;
};
/// A number of an office's queue, by the link to its page.
struct TurnNumber {
    std::string id;  ///< a UUID
};
/// A report of ours, as its code alone or as the receipt's link, which brings the secret along.
struct ReportCode {
    base::TrackingCode code;
    base::SecretText receiptSecret;  ///< base64url of 16 bytes; empty when only the code was there
};
/// Of somebody who signs in beside residents (wire/StaffList.h): well formed, and not looked up yet.
struct StaffBadge {
    base::SecretText text;
};
/// Recognised, so that the page can say which card to show instead; nothing of it is kept.
struct HealthInsuranceCard {};
/// Laid out as a citizen card is, but its fields are not what they can be or do not agree with each other
/// (CitizenCard::read): misread, damaged, or made up. Nothing of it is kept.
struct DoubtfulCard {};
/// Anything else; nothing of it is kept either.
struct UnknownText {};

using Scanned = std::variant<UnknownText, CitizenCard, DossierCode, ReportCode, HealthInsuranceCard,
                             DoubtfulCard, VisitTicket, TurnNumber, StaffBadge>;
/// "unknown", "citizen_card", "dossier_code", "report_code", "health_insurance_card",
/// "citizen_card_doubtful", "visit_ticket", "turn_number", "staff_badge".
std::string_view kindName(const Scanned& scanned);

/// What a station takes for a code; from its configuration.
class ScanRules {
  public:
    struct Settings {
        std::vector<std::string> dossierPatterns = wire::DossierPatterns::usual();
        /// Host names whose https links may carry a dossier code; exact, no wildcards.
        std::vector<std::string> governmentHosts;
        std::string phoneBaseUrl;  ///< EnrolmentAnswer::publicUrl; "" = no links of ours are known
    };
    /// BadConfig (facts key, value's index as "line") for a pattern that is no regular expression.
    static base::Result<ScanRules> make(Settings settings);

    const wire::DossierPatterns& dossiers() const { return dossiers_; }
    bool isGovernmentHost(std::string_view host) const;
    const std::string& phoneBaseUrl() const { return phoneBaseUrl_; }

  private:
    wire::DossierPatterns dossiers_;
    std::vector<std::string> hosts_;
    std::string phoneBaseUrl_;
};

/// What a scanned text is: from a camera, a hand scanner, or typed by hand. The text is foreign: at most
/// CitizenCard::kMaxBytes are looked at (more is unknown), no link is ever opened. `now`: CitizenCard::read.
Scanned readScanned(std::string_view text, const ScanRules& rules, base::WallTime now);

}  // namespace tram::identity
