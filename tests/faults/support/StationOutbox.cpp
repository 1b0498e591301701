#include "StationOutbox.h"

#include "device/Enrolment.h"

namespace tram::test {

namespace {
constexpr auto kConsent = "2026-11";
}

base::Result<std::shared_ptr<outbox::Outbox>> openOutbox(const std::filesystem::path& dataDir,
                                                         std::shared_ptr<outbox::OutboxStore> store,
                                                         const base::Clock& clock) {
    auto enrolment = device::Enrolment::load(dataDir);
    if (!enrolment) return tl::unexpected(enrolment.error());
    auto sealing = enrolment->sealingKey(clock.wall());
    if (!sealing) return tl::unexpected(sealing.error());
    auto codeHashKey = enrolment->codeHashKey();
    return std::make_shared<outbox::Outbox>(
        std::move(store),
        outbox::Outbox::Keys{enrolment->answer.kioskId, enrolment->answer.prefix, std::move(enrolment->key),
                             std::move(*sealing), std::move(codeHashKey)},
        clock);
}

feedback::Draft sampleDraft(std::string text) {
    feedback::Draft draft;
    draft.fieldId = "thoat-nuoc";
    draft.text = base::SecretText(std::move(text));
    draft.wardCode = "27154";
    draft.address = base::SecretText(std::string("12 Nguyễn Thiện Thuật"));
    draft.disclosure = wire::Disclosure::Named;
    draft.name = base::SecretText(std::string("Nguyễn Thị Hoàng Yến"));
    draft.phone = base::SecretText(std::string("0903 000 000"));
    draft.consent = true;
    draft.consentVersion = kConsent;
    return draft;
}

void addPicture(feedback::Draft& draft, crypto::Bytes jpeg) {
    draft.pictures.push_back({std::to_string(draft.pictures.size()), base::SecretBytes(std::move(jpeg)), {}});
}

base::Result<feedback::KeptReport> keep(const feedback::Draft& draft,
                                        const std::shared_ptr<outbox::Outbox>& outbox,
                                        const base::Clock& clock) {
    const feedback::SendingFacts facts{clock.wall(), clock.wall(), kConsent, "vi"};
    auto job = feedback::makeKeepJob(draft, facts, outbox);
    return feedback::keepReport(job);
}

}  // namespace tram::test
