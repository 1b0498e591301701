#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "crypto/PinKeys.h"
#include "wire/StaffRole.h"

namespace tram::wire {

inline constexpr std::size_t kMaxStaffLine = 512;  ///< of a name or a unit, in bytes
bool isStaffName(std::string_view text);           ///< 1 to 100 characters

/// Somebody who may sign in at the stations of a ward.
struct StaffMember {
    std::string id;          ///< "S-…" (isStaffId): all that logs and actions carry of them
    std::string name, unit;  ///< as shown; unit: khu phố or counter, may be ""
    StaffRole role = StaffRole::Helper;
    std::string badge;       ///< BadgeCode::hashOf: whose badge one is; tells nothing of its secret
    crypto::Bytes salt;      ///< PinKeys::kSaltBytes
    crypto::Bytes verifier;  ///< PinKeys::verifierHash
};

/// The staff of one ward, for a station that has no line: in a DSSE document signed by the role of staff
/// (trust::Role::Staff), short-lived. Who was revoked is not in it, and its version is higher.
struct StaffList {
    static constexpr std::string_view kPayloadType = "application/vnd.tram.staff-list+json";
    static constexpr std::size_t kMaxBytes = 700 * 1024,  ///< base64 of it stays within trust::kMaxDocument
        kMostMembers = 1000;

    std::int64_t version = 0;
    std::string ward;  ///< five digits
    base::WallTime signedAt, expires;
    crypto::PinKeys::Cost cost;
    std::vector<StaffMember> members;  ///< each id and each badge once

    /// Malformed with fact key; TooLarge. To be parsed once its signature holds.
    static base::Result<StaffList> parse(std::string_view json);
    std::string toJson() const;
    const StaffMember* byBadge(const std::string& hash) const;
};

/// What a badge's QR says: "TRAMBADGE1:" and 128 random bits in Crockford's base 32. By itself it opens
/// nothing.
struct BadgeCode {
    static base::SecretText write(const base::SecretBytes& secret);  ///< PinKeys::kBadgeBytes
    /// Nothing for any other text, other bits after the last byte among them: one badge has one text.
    static std::optional<base::SecretBytes> read(std::string_view text);
    static std::string hashOf(const base::SecretBytes& secret);  ///< SHA-256, hex
};

}  // namespace tram::wire
