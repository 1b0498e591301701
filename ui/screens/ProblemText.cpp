#include "ui/screens/ProblemText.h"

#include <algorithm>
#include <charconv>

#include "ui/screens/Parts.h"

namespace tram::screens {

using base::Problem;
using base::ProblemKind;
using namespace kit;

namespace {

struct Family {
    const char* key;
    const char* icon;
};

Family familyOf(ProblemKind kind) {
    switch (kind) {
        case ProblemKind::NoNetwork:
            return {"offline", "wifi_off"};
        case ProblemKind::Timeout:
            return {"slow", "hourglass_empty"};
        case ProblemKind::NotTheGateway:
        case ProblemKind::UntrustedCertificate:
            return {"stranger", "gpp_bad"};
        case ProblemKind::ServerFault:
        case ProblemKind::BadResponse:
            return {"server", "cloud_off"};
        case ProblemKind::Unauthorized:
        case ProblemKind::Forbidden:
            return {"refused", "lock"};
        case ProblemKind::TooManyRequests:
            return {"busy", "timer"};
        case ProblemKind::DiskFull:
            return {"disk", "sd_card_alert"};
        case ProblemKind::StoreReadOnly:
        case ProblemKind::StoreDamaged:
        case ProblemKind::StoreBusy:
        case ProblemKind::StoreTooNew:
            return {"store", "sd_card_alert"};
        case ProblemKind::NotEnrolled:
        case ProblemKind::KeyMissing:
        case ProblemKind::KeyExposed:
        case ProblemKind::FileMissing:
        case ProblemKind::BadConfig:
        case ProblemKind::Expired:
            return {"setup", "settings"};
        case ProblemKind::CameraMissing:
            return {"camera_missing", "videocam_off"};
        case ProblemKind::CameraBusy:
            return {"camera_busy", "videocam_off"};
        case ProblemKind::CameraBlack:
            return {"camera_black", "visibility_off"};
        case ProblemKind::CameraFrozen:
            return {"camera_frozen", "pause_circle"};
        case ProblemKind::CameraUnfit:
            return {"camera_unfit", "videocam_off"};
        case ProblemKind::CameraFailed:
            return {"camera_failed", "videocam_off"};
        case ProblemKind::PrinterPaperOut:
            return {"printer_paper_out", "print"};
        case ProblemKind::PrinterJam:
            return {"printer_jam", "print"};
        case ProblemKind::PrinterOpen:
            return {"printer_open", "print"};
        case ProblemKind::PrinterOffline:
            return {"printer_offline", "print"};
        case ProblemKind::PrinterMissing:
            return {"printer_missing", "print"};
        case ProblemKind::PrinterInkOut:
            return {"printer_ink_out", "print"};
        case ProblemKind::PrinterStopped:
            return {"printer_stopped", "print"};
        case ProblemKind::PrintingAway:
            return {"printing_away", "print"};
        case ProblemKind::PageMissing:
            return {"page_missing", "find_in_page"};
        case ProblemKind::SeveralPages:
            return {"several_pages", "filter_none"};
        case ProblemKind::IdentityPaper:
            return {"identity_paper", "badge"};
        default:
            return {"internal", "error_outline"};
    }
}

int minutesToWait(const Problem& problem) {
    const auto fact = problem.fact("retry_after_s");
    int seconds = 60;
    std::from_chars(fact.data(), fact.data() + fact.size(), seconds);
    return std::clamp((seconds + 59) / 60, 1, 24 * 60);
}

std::vector<std::string> stepsFor(const Host& host, const Problem& problem, std::string_view family,
                                  const char* withoutCamera) {
    if (family == "busy")
        return {host.tr("problem.busy.now", {{"minutes", std::to_string(minutesToWait(problem))}}),
                host.tr("problem.now.desk")};
    if (family == "camera_black") return {host.tr("problem.camera_black.now"), host.tr(withoutCamera)};
    if (family.starts_with("camera_")) return {host.tr(withoutCamera), host.tr("problem.camera.now.staff")};
    if (family == "offline") return {host.tr("problem.offline.now.wait"), host.tr("problem.now.desk")};
    if (family == "gateway") return {host.tr("problem.gateway.now"), host.tr("problem.now.desk")};
    if (family == "refused" || family == "setup" || family == "disk" || family == "store")
        return {host.tr("problem.now.callstaff"), host.tr("problem.now.desk")};
    return {host.tr("problem.now.retry"), host.tr("problem.now.desk")};
}

bool needsStaff(ProblemKind kind) {
    const std::string_view family = familyOf(kind).key;
    return family == "refused" || family == "setup" || family == "disk" || family == "store" ||
           family.starts_with("camera_");
}

}  // namespace

ProblemText problemText(const Host& host, const Problem& problem, const char* withoutCamera) {
    Family family = familyOf(problem.kind);
    const std::string title = std::string("problem.") + family.key;
    // What cannot be reached is the gateway; that there is no network the agent knows, and the chip says.
    const bool online = host.link() != device::AgentState::Link::Offline;
    if (problem.kind == ProblemKind::NoNetwork && online) family = {"gateway", "cloud_off"};
    const std::string key = std::string("problem.") + family.key;
    return {family.icon, host.tr(title + ".title"), host.tr(key + ".what"),
            stepsFor(host, problem, family.key, withoutCamera), needsStaff(problem.kind)};
}

ProblemText printText(const Host& host, const device::PrintState& state) {
    const Family family = familyOf(state.trouble.value_or(ProblemKind::PrinterStopped));
    const std::string key = std::string("problem.") + family.key;
    return {.icon = family.icon,
            .title = host.tr(key + ".title"),
            .what = host.tr(key + ".what"),
            .now = {host.tr("problem.now.callstaff"), host.tr("problem.printer.now.screen")},
            .staff = true,
            .kept = host.tr(state.over() ? "problem.printer.kept.failed" : "problem.printer.kept.waiting")};
}

std::string pictureProblemText(const Host& host, const Problem& problem, int maxPictures) {
    switch (problem.kind) {
        case ProblemKind::PictureEmpty:
            return host.tr("picture.problem.empty");
        case ProblemKind::PictureTooLarge:
            return host.tr("picture.problem.large");
        case ProblemKind::TooManyPictures:
            return host.tr("picture.problem.many", {{"max", std::to_string(maxPictures)}});
        case ProblemKind::HelperFailed:
            return host.tr("picture.problem.helper");
        default:
            return host.tr("picture.problem.unreadable");
    }
}

ViewRef problemView(const Host& host, const ProblemText& text, ViewRef more, ViewRef code) {
    return outcomeBody(host, {.icon = text.icon,
                              .mood = text.mood,
                              .title = text.title,
                              .what = text.what,
                              .ways = {whatToDo(host, text.now), std::move(more)},
                              .code = std::move(code),
                              .kept = text.kept});
}

}  // namespace tram::screens
