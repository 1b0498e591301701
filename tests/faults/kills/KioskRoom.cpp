#include "KioskRoom.h"

#include "Work.h"

namespace tram::kills {

using wire::Disclosure;

namespace {

constexpr Disclosure kDisclosures[] = {Disclosure::Named, Disclosure::NameHidden, Disclosure::Anonymous};

feedback::Draft draftOf(std::uint32_t serial) {
    auto draft = test::sampleDraft(textOf(serial));
    draft.disclosure = kDisclosures[serial / 4 % 3];
    for (std::size_t place = 0; place < picturesOf(serial); ++place) {
        const auto picture = pictureOf(serial, place);
        test::addPicture(draft, {picture.begin(), picture.end()});
    }
    return draft;
}

}  // namespace

base::Result<feedback::KeptReport> keepSerial(const std::shared_ptr<outbox::Outbox>& outbox,
                                              std::uint32_t serial, const base::Clock& clock) {
    return test::keep(draftOf(serial), outbox, clock);
}

}  // namespace tram::kills
