#pragma once
#include <algorithm>
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

/// A link to a page of the gateway's that begins in that language. Vietnamese is what it begins in anyway:
/// the symbol stays small.
inline std::string linkIn(const std::string& language, std::string url) {
    if (language != "vi") url.insert(std::min(url.find('#'), url.size()), "?lang=" + language);
    return url;
}

}  // namespace tram::feedback
