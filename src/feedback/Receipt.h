#pragma once
#include <optional>
#include <string>

#include "base/Clock.h"
#include "base/TrackingCode.h"
#include "wire/FeedbackReport.h"

namespace tram::feedback {

/// The three truths of a receipt, never confused: kept here → at the gateway → taken by 1022.
struct Receipt {
    base::TrackingCode code;
    std::string phoneUrl;  ///< …/t/CODE#secret, for the QR
    base::WallTime keptAt;
    std::optional<base::WallTime> gatewayAt;
    std::optional<wire::FeedbackStatus> status;  ///< what 1022 has said since, opened with the secret
    std::string stuck;                           ///< problem name when it waits for staff ("" otherwise)
};

}  // namespace tram::feedback
