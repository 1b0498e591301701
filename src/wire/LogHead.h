#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/Result.h"
#include "crypto/Keys.h"

namespace tram::wire {

/// A line of a station's log of staff (ledger/Line.h): its number and hash.
struct LogLine {
    std::int64_t n = 0;  ///< from 1
    std::string hash;    ///< 64 hex digits
    bool operator==(const LogLine&) const = default;
};

/// What a station says of the newest line of its log; POST /v1/log-heads. In a DSSE document signed by the
/// kiosk's own key (resources/api/schemas/log-head.json).
struct LogHead {
    static constexpr std::string_view kPayloadType = "application/vnd.tram.log-head+json";
    static constexpr std::size_t kMaxBytes = 4096;

    std::string kiosk;  ///< UUID
    std::string chain;  ///< 16 hex digits
    LogLine head;
    std::string at;  ///< RFC 3339, by the station's clock
    /// What stands in its log now as the line that the gateway acknowledged last, by which both know that
    /// nothing before it has changed; a hash of zeros where no such line is there any more.
    std::optional<LogLine> after;

    std::string toJson() const;
    static base::Result<LogHead> parse(std::string_view payload);
    std::string sign(const crypto::SigningKey& kiosk) const;  ///< the DSSE document
    /// Verifies before it reads what is inside. BadSignature (fact detail when it is the payload's type),
    /// Malformed, TooLarge.
    static base::Result<LogHead> open(std::string_view dsse, const crypto::VerifyKey& kiosk);
};

/// That the gateway has it; the answer to a LogHead, and GET /v1/log-heads/{chain}. In a DSSE document signed
/// by the gateway's identity key (resources/api/schemas/log-acknowledgement.json).
struct LogAcknowledgement {
    static constexpr std::string_view kPayloadType = "application/vnd.tram.log-acknowledgement+json";
    static constexpr std::size_t kMaxBytes = 4096;

    std::string kiosk, chain;
    LogLine head;
    std::string at;  ///< RFC 3339: when it came, by the gateway's clock

    std::string toJson() const;
    static base::Result<LogAcknowledgement> parse(std::string_view payload);
    std::string sign(const crypto::SigningKey& identity) const;
    /// As LogHead::open.
    static base::Result<LogAcknowledgement> open(std::string_view dsse, const crypto::VerifyKey& identity);
};

bool isLogChain(std::string_view text);  ///< 16 hex digits

}  // namespace tram::wire
