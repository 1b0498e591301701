#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tram::outbox {

/// Why staff put an item aside, which is then sent only when somebody asks for it again. A word, and nothing
/// that anybody typed.
enum class AsideReason : std::uint8_t {
    Withdrawn /* the resident does not want it sent */,
    SentOtherwise /* by telephone, on paper, at the counter */,
    Trial /* nobody's: made to try the station */,
    Asking /* somebody is being asked what to do with it */
};
inline constexpr std::array kAsideReasons{AsideReason::Withdrawn, AsideReason::SentOtherwise,
                                          AsideReason::Trial, AsideReason::Asking};

/// As Item::problem carries it and "tool.reason.…" words it: "aside_withdrawn", …
std::string_view name(AsideReason reason);
std::optional<AsideReason> asideReasonFrom(std::string_view problem);

}  // namespace tram::outbox
