#pragma once
#include <string_view>

#include "base/Secret.h"

namespace tram::gateway {

/// What an identity provider says of a person. In memory only, from the provider's answer to the ID token.
struct Resident {
    base::SecretText subject;         ///< the provider's own name for them, ≤ 255 bytes
    base::SecretText name;            ///< NFC
    base::SecretText birthdate;       ///< YYYY-MM-DD
    base::SecretText personalNumber;  ///< 12 digits; "" for a foreigner
    base::SecretText phone;           ///< digits, perhaps a + before them; "" when not told
    int level = 0;                    ///< of the account: 1 or 2
    bool foreigner = false;
};

/// Why a login came to nothing: `reason` beside access_denied (resources/api/gateway.yaml).
enum class Refusal { Declined, NotGranted, LevelTooLow, UnderAge, ProviderFailed };
inline std::string_view name(Refusal refusal) {
    constexpr std::string_view kNames[] = {"declined", "not_granted", "level_too_low", "under_age",
                                           "provider_failed"};
    return kNames[static_cast<std::size_t>(refusal)];
}

}  // namespace tram::gateway
