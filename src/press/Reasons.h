#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/Problem.h"

namespace tram::press {

/// What a printer says about itself (`printer-state-reasons`, RFC 8011, 5.4.12), as a trouble of ours.
struct Trouble {
    base::ProblemKind kind = base::ProblemKind::PrinterStopped;
    /// It stops what is being printed. Otherwise it may: a second tray is empty, a page is on its way while
    /// the line to the printer is being made. Only when nothing comes of the page for a while is it the
    /// reason.
    bool certain = true;
    bool operator==(const Trouble&) const = default;
};

/// Of one keyword; nothing for what needs nobody (`none`, `toner-low`) and what we do not know.
std::optional<Trouble> troubleOf(std::string_view reason);
/// The one that somebody has to see to first: a cover that is open hides the jam behind it.
std::optional<Trouble> troubleOf(std::span<const std::string> reasons);

}  // namespace tram::press
