#pragma once
#include <memory>

#include "feedback/KeepReport.h"
#include "outbox/Outbox.h"

namespace tram::kills {

/// The kiosk's side put together as ui/shell/Station does it; `store` is the real one, or one with a planted
/// defect.
base::Result<std::shared_ptr<outbox::Outbox>> openOutbox(const std::filesystem::path& dataDir,
                                                         std::shared_ptr<outbox::OutboxStore> store,
                                                         const base::Clock& clock);

/// What *Gửi* does with report number `serial`.
base::Result<feedback::KeptReport> keepSerial(const std::shared_ptr<outbox::Outbox>& outbox,
                                              std::uint32_t serial, const base::Clock& clock);

}  // namespace tram::kills
