#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"
#include "crypto/Keys.h"
#include "wire/Enrolment.h"

namespace tram::wire {

/// What GET /v1/sealing-keys gives: the keys that reports may be sealed to from now on, in a DSSE document
/// signed by the gateway's identity key, which every kiosk has pinned since its enrolment.
struct SealingStatement {
    static constexpr std::string_view kPayloadType = "application/vnd.tram.sealing-keys+json";
    static constexpr std::size_t kMaxBytes = 64 * 1024;

    std::int64_t version = 0;          ///< goes up with each change; a kiosk never takes a lower one
    std::string issuedAt;              ///< RFC 3339, by the gateway's clock
    std::vector<SealingKeyInfo> keys;  ///< newest first

    std::string toJson() const;
    static base::Result<SealingStatement> parse(std::string_view payload);
    std::string sign(const crypto::SigningKey& identity) const;  ///< the DSSE document
    /// Verifies before it reads what is inside. BadSignature (fact detail when it is the payload's type),
    /// Malformed, TooLarge.
    static base::Result<SealingStatement> open(std::string_view dsse, const crypto::VerifyKey& identity);
};

}  // namespace tram::wire
