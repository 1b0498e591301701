#include "feedback/KeepReport.h"

#include <fmt/format.h>

#include "crypto/Bytes.h"
#include "wire/Pdf.h"

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

outbox::NewAction actionOf(KeepJob& job, const base::TrackingCode& code) {
    job.report.trackingCode = code.symbols();
    outbox::NewAction action;
    action.kind = wire::FeedbackReport::kKind;
    action.createdAt = job.createdAt;
    action.fieldsJson = job.report.toJson();
    for (const auto& picture : job.pictures) action.attachments.push_back({"image/jpeg", &picture});
    if (!job.papers.empty()) action.attachments.push_back({std::string(wire::kPdfMediaType), &job.papers});
    return action;
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
    if (!draft.papers.empty()) job.papers = draft.papers.copy();
    return job;
}

base::SecretText freshReceiptSecret() {
    return base::SecretText(crypto::toBase64Url(crypto::randomBytes(kReceiptSecretBytes)));
}

Result<KeptReport> keepUnderFreshCode(
    outbox::Outbox& outbox, const base::SecretText& receiptSecret,
    const std::function<outbox::NewAction(const base::TrackingCode& code)>& make) {
    for (int attempt = 1;; ++attempt) {
        const auto code = outbox.freshCode();
        if (!code) return tl::unexpected(code.error());
        auto action = make(*code);
        action.trackingCode = code->symbols();
        const auto kept = outbox.keep(action);
        if (kept) return KeptReport{*code, receiptSecret.copy(), *kept};
        // Conflict: another window of this kiosk took the same code between the look and the write.
        if (kept.error().kind != base::ProblemKind::Conflict || attempt == kAttempts)
            return tl::unexpected(kept.error());
    }
}

std::string receiptUrl(std::string_view base, const KeptReport& report) {
    while (base.ends_with('/')) base.remove_suffix(1);
    return fmt::format("{}/t/{}#{}", base, report.code.symbols(), report.receiptSecret.reveal());
}

Result<KeptReport> keepReport(KeepJob& job) {
    job.report.receiptSecret = freshReceiptSecret();
    return keepUnderFreshCode(*job.outbox, job.report.receiptSecret,
                              [&](const base::TrackingCode& code) { return actionOf(job, code); });
}

}  // namespace tram::feedback
