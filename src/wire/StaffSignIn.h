#pragma once
#include <string>
#include <string_view>

#include "base/Result.h"
#include "base/Secret.h"
#include "wire/StaffRole.h"

namespace tram::wire {

/// Signing in without a badge; POST /v1/staff/sign-in.
struct StaffSignIn {
    static constexpr std::size_t kMaxBytes = 256, kCodeDigits = 6, kMostPinDigits = 8;
    base::SecretText code, pin;

    /// Strict. Malformed with fact key.
    static base::Result<StaffSignIn> parse(std::string_view json);
    base::SecretText toJson() const;
};

/// Who it was.
struct StaffSignedIn {
    static constexpr std::size_t kMaxBytes = 4096;
    std::string id;          ///< "S-…"
    std::string name, unit;  ///< as shown
    StaffRole role = StaffRole::Helper;
    bool operator==(const StaffSignedIn&) const = default;

    /// Malformed with fact key; members that a later version added are passed over.
    static base::Result<StaffSignedIn> parse(std::string_view json);
    std::string toJson() const;
};

}  // namespace tram::wire
