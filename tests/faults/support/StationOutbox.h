#pragma once
#include <filesystem>
#include <memory>

#include "feedback/KeepReport.h"
#include "outbox/Outbox.h"

namespace tram::test {

/// The kiosk's side put together as ui/shell/Station does it, its keys read anew; `store` is the real one, or
/// one with a planted defect. Problems as Enrolment::load and sealingKey have them.
base::Result<std::shared_ptr<outbox::Outbox>> openOutbox(const std::filesystem::path& dataDir,
                                                         std::shared_ptr<outbox::OutboxStore> store,
                                                         const base::Clock& clock);

/// A whole report under its resident's name, without pictures.
feedback::Draft sampleDraft(std::string text);
void addPicture(feedback::Draft& draft, crypto::Bytes jpeg);

/// What *Gửi* does with it now.
base::Result<feedback::KeptReport> keep(const feedback::Draft& draft,
                                        const std::shared_ptr<outbox::Outbox>& outbox,
                                        const base::Clock& clock);

}  // namespace tram::test
