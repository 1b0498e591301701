#pragma once
#include <memory>

#include "StationOutbox.h"

namespace tram::kills {

/// What *Gửi* does with report number `serial`.
base::Result<feedback::KeptReport> keepSerial(const std::shared_ptr<outbox::Outbox>& outbox,
                                              std::uint32_t serial, const base::Clock& clock);

}  // namespace tram::kills
