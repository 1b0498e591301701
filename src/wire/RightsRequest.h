#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/Result.h"
#include "base/Secret.h"

namespace tram::wire {

/// The law's rights over one's own data (Luật 91/2025/QH15).
enum class Right { See, Withdraw, Correct, Delete };
std::string_view name(Right right);  ///< "see", "withdraw", "correct", "delete"
std::optional<Right> rightFrom(std::string_view text);

/// fields of an action of kind "rights.request"; resources/api/schemas/action.rights.request.json.
struct RightsRequest {
    static constexpr std::string_view kKind = "rights.request";
    static constexpr const char* kAll = "all";
    static constexpr std::size_t kMostWords = 1000;  ///< characters as a person counts them

    std::string trackingCode;        ///< ten symbols, ungrouped
    base::SecretText receiptSecret;  ///< base64url of 16 bytes; opens words and answer on the phone page
    Right right = Right::See;
    std::string about = kAll;  ///< or the tracking code of one of their reports
    base::SecretText words;    ///< what is wrong and what is right; Correct alone has some
    base::SecretText subject;  ///< the ID token's `sub`: nobody asks without having logged in
    std::string language;      ///< "vi" or "en": in which the answer is hoped for

    bool aboutAll() const { return about == kAll; }
    base::SecretText toJson() const;
    static base::Result<RightsRequest> parse(std::string_view json);
};

}  // namespace tram::wire
