#include "feedback/KeepReport.h"

#include "crypto/Bytes.h"

namespace tram::feedback {

using base::Result;
using wire::Disclosure;

namespace {

constexpr std::size_t kReceiptSecretBytes = 16;
constexpr int kAttempts = 3;

void addPerson(wire::FeedbackReport& report, const Draft& draft, const SendingFacts& facts) {
    report.name = draft.name.copy();
    report.phone = base::SecretText(phoneDigits(draft.phone.reveal()));
    report.email = draft.email.copy();
    report.reporterSubject = facts.reporterSubject.copy();
}

Result<KeptReport> keepUnder(const base::TrackingCode& code, KeepJob& job) {
    job.report.trackingCode = code.symbols();
    outbox::NewAction action;
    action.kind = wire::FeedbackReport::kKind;
    action.createdAt = job.createdAt;
    action.fieldsJson = job.report.toJson();
    action.trackingCode = code.symbols();
    for (const auto& picture : job.pictures) action.attachments.push_back({"image/jpeg", &picture});
    return job.outbox->keep(action).map([&](const outbox::Outbox::Kept& kept) {
        return KeptReport{code, job.report.receiptSecret.copy(), kept};
    });
}

}  // namespace

KeepJob makeKeepJob(const Draft& draft, const SendingFacts& facts, std::shared_ptr<outbox::Outbox> outbox) {
    KeepJob job{std::move(outbox), {}, {}, ""};
    auto& report = job.report;
    report.fieldId = draft.fieldId;
    report.text = draft.text.copy();
    report.wardCode = draft.wardCode;
    report.address = draft.address.copy();
    report.landmark = draft.landmark.copy();
    report.disclosure = draft.disclosure.value();
    report.consentVersion = facts.consentVersion;
    report.language = facts.language;
    const bool anonymous = report.disclosure == Disclosure::Anonymous;
    if (!anonymous) addPerson(report, draft, facts);
    const auto told = [&](base::WallTime time) { return anonymous ? base::coarseToHour(time) : time; };
    report.consentAt = base::toRfc3339(told(facts.consentAt));
    job.createdAt = base::toRfc3339(told(facts.now));
    for (const auto& picture : draft.pictures) job.pictures.push_back(picture.jpeg.copy());
    return job;
}

Result<KeptReport> keepReport(KeepJob& job) {
    job.report.receiptSecret =
        base::SecretText(crypto::toBase64Url(crypto::randomBytes(kReceiptSecretBytes)));
    for (int attempt = 1;; ++attempt) {
        const auto code = job.outbox->freshCode();
        if (!code) return tl::unexpected(code.error());
        auto kept = keepUnder(*code, job);
        // Conflict: another window of this kiosk took the same code between the look and the write.
        if (kept || kept.error().kind != base::ProblemKind::Conflict || attempt == kAttempts) return kept;
    }
}

}  // namespace tram::feedback
