#include "outbox/Aside.h"

#include <algorithm>

namespace tram::outbox {

std::string_view name(AsideReason reason) {
    switch (reason) {
        case AsideReason::Withdrawn:
            return "aside_withdrawn";
        case AsideReason::SentOtherwise:
            return "aside_sent_otherwise";
        case AsideReason::Trial:
            return "aside_trial";
        case AsideReason::Asking:
            break;
    }
    return "aside_asking";
}

std::optional<AsideReason> asideReasonFrom(std::string_view problem) {
    const auto* found =
        std::ranges::find_if(kAsideReasons, [&](AsideReason one) { return name(one) == problem; });
    if (found == kAsideReasons.end()) return std::nullopt;
    return *found;
}

}  // namespace tram::outbox
