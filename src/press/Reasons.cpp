#include "press/Reasons.h"

#include <algorithm>

namespace tram::press {

using base::ProblemKind;

namespace {

struct Row {
    std::string_view reason;
    ProblemKind kind;
};

/// In the order in which they count.
constexpr Row kRows[] = {
    {"cover-open", ProblemKind::PrinterOpen},
    {"door-open", ProblemKind::PrinterOpen},
    {"interlock-open", ProblemKind::PrinterOpen},
    {"input-tray-missing", ProblemKind::PrinterOpen},
    {"output-tray-missing", ProblemKind::PrinterOpen},
    {"media-jam", ProblemKind::PrinterJam},
    {"output-area-full", ProblemKind::PrinterJam},
    {"media-empty", ProblemKind::PrinterPaperOut},
    {"media-needed", ProblemKind::PrinterPaperOut},
    {"marker-supply-empty", ProblemKind::PrinterInkOut},
    {"marker-supply-missing", ProblemKind::PrinterInkOut},
    {"toner-empty", ProblemKind::PrinterInkOut},
    {"developer-empty", ProblemKind::PrinterInkOut},
    {"offline", ProblemKind::PrinterOffline},
    {"shutdown", ProblemKind::PrinterOffline},
    {"timed-out", ProblemKind::PrinterOffline},
    {"connecting-to-device", ProblemKind::PrinterOffline},
    {"fuser-over-temp", ProblemKind::PrinterStopped},
    {"fuser-under-temp", ProblemKind::PrinterStopped},
    {"interpreter-resource-unavailable", ProblemKind::PrinterStopped},
    {"marker-waste-full", ProblemKind::PrinterStopped},
    {"opc-life-over", ProblemKind::PrinterStopped},
    {"other", ProblemKind::PrinterStopped},
    {"paused", ProblemKind::PrinterStopped},
    {"spool-area-full", ProblemKind::PrinterStopped},
};

struct Read {
    std::size_t row;
    bool certain;
};

/// A keyword without a suffix is an error. CUPS's own backends say `-warning` and `-report` of an empty tray
/// and an open door, too.
std::optional<Read> read(std::string_view reason) {
    bool certain = true;
    for (const std::string_view suffix : {"-error", "-warning", "-report"})
        if (reason.ends_with(suffix)) {
            certain = suffix == "-error";
            reason.remove_suffix(suffix.size());
            break;
        }
    const auto found = std::ranges::find(kRows, reason, &Row::reason);
    if (found == std::end(kRows)) return std::nullopt;
    if (reason == "connecting-to-device" || reason == "fuser-under-temp" || reason == "paused")
        certain = false;
    return Read{static_cast<std::size_t>(found - std::begin(kRows)), certain};
}

}  // namespace

std::optional<Trouble> troubleOf(std::string_view reason) {
    const auto found = read(reason);
    if (!found) return std::nullopt;
    return Trouble{kRows[found->row].kind, found->certain};
}

std::optional<Trouble> troubleOf(std::span<const std::string> reasons) {
    std::optional<Read> first;
    for (const auto& reason : reasons) {
        const auto found = read(reason);
        if (!found) continue;
        const bool before = !first || (found->certain && !first->certain) ||
                            (found->certain == first->certain && found->row < first->row);
        if (before) first = found;
    }
    if (!first) return std::nullopt;
    return Trouble{kRows[first->row].kind, first->certain};
}

}  // namespace tram::press
