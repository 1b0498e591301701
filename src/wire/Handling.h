#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/Result.h"
#include "wire/StaffRole.h"

namespace tram::wire {

class Members;

/// Who helped with an action, and at which desk; `handled` inside the seal (resources/api/schemas/
/// action.json). Nothing of the resident.
struct Handling {
    enum class How { Touch /* the resident's own */, Aloud /* the member of staff is the witness */ };
    struct Consent {
        std::string text;  ///< version of the words agreed to
        std::string at;    ///< RFC 3339; to the hour for actions without a name
        How how = How::Touch;
        bool operator==(const Consent&) const = default;
    };

    std::string staff;  ///< "S-…"
    StaffRole role = StaffRole::Helper;
    std::string desk;                ///< the station's name
    std::optional<Consent> consent;  ///< nothing: no personal data was worked with
    bool operator==(const Handling&) const = default;

    /// Of an action without a name (STANDARDS 14): no time in it is more exact than the hour.
    void coarsen();
    nlohmann::json toJsonValue() const;
    /// What is wrong is told by `parent`.
    static Handling read(const nlohmann::json& value, Members& parent);
};
std::string_view name(Handling::How how);  ///< "touch", "aloud"

inline constexpr std::size_t kLongestStaffId = 24;
/// "S-" and letters A to Z, digits or inner dashes.
bool isStaffId(std::string_view text);

}  // namespace tram::wire
