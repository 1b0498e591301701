#include "KioskRoom.h"

#include "Work.h"
#include "device/Enrolment.h"

namespace tram::kills {

using base::Result;
using wire::Disclosure;

namespace {

constexpr Disclosure kDisclosures[] = {Disclosure::Named, Disclosure::NameHidden, Disclosure::Anonymous};

base::SecretBytes secretBytes(const std::string& text) {
    return base::SecretBytes(crypto::Bytes(text.begin(), text.end()));
}

feedback::Draft draftOf(std::uint32_t serial) {
    feedback::Draft draft;
    draft.fieldId = "thoat-nuoc";
    draft.text = base::SecretText(textOf(serial));
    draft.wardCode = "27154";
    draft.address = base::SecretText(std::string("12 Nguyễn Thiện Thuật"));
    draft.disclosure = kDisclosures[serial / 4 % 3];
    draft.name = base::SecretText(std::string("Nguyễn Thị Hoàng Yến"));
    draft.phone = base::SecretText(std::string("0903 000 000"));
    draft.consent = true;
    draft.consentVersion = "2026-11";
    for (std::size_t place = 0; place < picturesOf(serial); ++place)
        draft.pictures.push_back({std::to_string(place), secretBytes(pictureOf(serial, place)), {}});
    return draft;
}

}  // namespace

Result<std::shared_ptr<outbox::Outbox>> openOutbox(const std::filesystem::path& dataDir,
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

Result<feedback::KeptReport> keepSerial(const std::shared_ptr<outbox::Outbox>& outbox, std::uint32_t serial,
                                        const base::Clock& clock) {
    const feedback::SendingFacts facts{clock.wall(), clock.wall(), "2026-11", "vi"};
    auto job = feedback::makeKeepJob(draftOf(serial), facts, outbox);
    return feedback::keepReport(job);
}

}  // namespace tram::kills
