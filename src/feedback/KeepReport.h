#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "feedback/Draft.h"
#include "outbox/Outbox.h"

namespace tram::feedback {

/// Everything *Gửi* needs, copied from the draft, so that it can be done in the background and the draft
/// stays whole until it has succeeded.
struct KeepJob {
    std::shared_ptr<outbox::Outbox> outbox;
    wire::FeedbackReport report;  ///< but for tracking code and receipt secret
    std::vector<base::SecretBytes> pictures;
    std::string createdAt;
    base::SecretBytes papers = {};  ///< a PDF, or empty
};

struct KeptReport {
    base::TrackingCode code;
    base::SecretText receiptSecret;
    outbox::Outbox::Kept kept;
};

/// Who, when and in which language a draft is sent; STANDARDS 14 for anonymous ones.
struct SendingFacts {
    base::WallTime now, consentAt;
    std::string consentVersion, language;
    base::SecretText reporterSubject = {};  ///< of who has logged in
};

KeepJob makeKeepJob(const Draft& draft, const SendingFacts& facts, std::shared_ptr<outbox::Outbox> outbox);
base::SecretText freshReceiptSecret();
/// Gives an action, made for each code that is tried, a fresh code and keeps it; blocks. Anything that is
/// followed by a code and a receipt.
base::Result<KeptReport> keepUnderFreshCode(
    outbox::Outbox& outbox, const base::SecretText& receiptSecret,
    const std::function<outbox::NewAction(const base::TrackingCode& code)>& make);
/// What a receipt's QR holds: …/t/CODE#secret
std::string receiptUrl(std::string_view base, const KeptReport& report);

/// Gives the report a fresh code and keeps it; blocks.
base::Result<KeptReport> keepReport(KeepJob& job);

}  // namespace tram::feedback
