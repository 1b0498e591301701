#pragma once
#include <string>
#include <string_view>

#include "base/Result.h"
#include "crypto/Keys.h"

namespace tram::wire {

/// What GET /v1/content/pin.json gives: the root (src/trust) that a kiosk without one begins with, in a DSSE
/// document signed by the gateway's identity key, which every kiosk has pinned since its enrolment. Its
/// payload is the signed root document itself, text as published. From then on only the chain counts.
struct PinnedRoot {
    static constexpr std::string_view kPayloadType = "application/vnd.tram.pinned-root";
    static constexpr std::size_t kMaxBytes = 2u << 20;

    static std::string sign(std::string rootDocument, const crypto::SigningKey& identity);
    /// The root document; whether it holds is not looked at. BadSignature (fact detail when it is the
    /// payload's type), Malformed, TooLarge.
    static base::Result<std::string> open(std::string_view dsse, const crypto::VerifyKey& identity);
};

}  // namespace tram::wire
