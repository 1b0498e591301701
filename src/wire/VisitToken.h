#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/Bytes.h"

namespace tram::wire {

/// What a ticket for one visit carries, and by which the visit can be rated once: the ward's office, the day,
/// six random bytes, and ten by which the gateway knows its own (gateway/rating/VisitTokens). A kiosk reads
/// office and day, and believes neither: the gateway judges. 32 symbols of Crockford's base 32.
struct VisitToken {
    static constexpr std::size_t kSymbols = 32, kNonceBytes = 6, kSealBytes = 10;

    std::string ward;  ///< five digits
    std::chrono::sys_days day{};
    crypto::Bytes nonce, seal;

    /// Whether there is one for these: five digits; 2020 to 2109.
    static bool holds(std::string_view ward, std::chrono::sys_days day);
    std::string text() const;
    crypto::Bytes sealedPart() const;  ///< what the seal is of
    /// As base::crockford reads: small letters, dashes and look-alikes are forgiven.
    static std::optional<VisitToken> parse(std::string_view text);
};

}  // namespace tram::wire
