#pragma once
#include <cstdint>

#include "base/Result.h"
#include "base/Secret.h"
#include "crypto/Bytes.h"

namespace tram::crypto {

/// What a PIN and a badge make together (STANDARDS 20): Argon2id (RFC 9106) over the PIN, its salt keyed by
/// the badge's secret. Who has the disk of a station has salt and verifier but no badge, and 128 random bits
/// stand before the first guess of a PIN.
struct PinKeys {
    static constexpr std::size_t kBytes = 32, kSaltBytes = 16, kBadgeBytes = 16;
    /// Passes and KiB of memory. One derivation takes 0.3 to 0.7 s on a kiosk: `bench_pin` prints it.
    struct Cost {
        std::uint64_t passes = 3, kib = 128 * 1024;
        bool operator==(const Cost&) const = default;
    };
    /// What a file may ask of a machine: no more than half a GiB and ten passes.
    static bool isSane(Cost cost);

    base::SecretBytes verifier;   ///< kBytes; its hash stands in the staff list
    base::SecretBytes draftSeed;  ///< kBytes; nowhere

    /// `salt`: kSaltBytes. `badge`: kBadgeBytes, or empty for a code and PIN at the gateway.
    /// OutOfRange for other sizes and a cost that is not sane; Internal (detail memory) when there is not so
    /// much.
    static base::Result<PinKeys> derive(const base::SecretText& pin, const base::SecretBytes& badge,
                                        ByteView salt, Cost cost);
    /// What a list may carry of a verifier, and whether these keys are those it was made from (constant
    /// time).
    Bytes verifierHash() const;
    bool fits(ByteView hash) const;
};

/// Four to eight digits that are neither all the same nor a run (1234, 8765).
bool isFairPin(std::string_view pin);

}  // namespace tram::crypto
