#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tram::base {

/// What can go wrong, named where it is noticed. ui/shell/ProblemText and the tool word it for people.
enum class ProblemKind {
    // the line
    NoNetwork,
    Timeout,
    UntrustedCertificate,
    NotTheGateway /* e.g. a captive portal's HTML */,
    BadResponse,
    // what the gateway said
    Unauthorized,
    Forbidden,
    NotFound,
    Conflict,
    TooLarge,
    Unprocessable,
    TooManyRequests,
    ServerFault,
    // this machine
    DiskFull,
    StoreReadOnly,
    StoreDamaged,
    StoreBusy,
    StoreTooNew,
    FileMissing,
    FileUnreadable,
    KeyMissing,
    KeyExposed /* a secret file others may read */,
    NotEnrolled,
    BadConfig,
    ClockWrong,
    // what arrived
    Malformed,
    BadSignature,
    BadSeal,
    Expired,
    RolledBack,
    UnknownKey,
    OutOfRange,
    // pictures
    PictureEmpty,
    PictureTooLarge,
    PictureUnreadable,
    TooManyPictures,
    HelperFailed,
    // pages
    PageMissing /* none in the picture, or none that stands out from what it lies on */,
    SeveralPages /* or cards, in one picture */,
    IdentityPaper /* and whoever captures may not capture those */,
    // the camera
    CameraMissing /* unplugged, or never there */,
    CameraBusy /* another program has it */,
    CameraBlack /* it works, and sees nothing: a lid, a dead sensor */,
    CameraFrozen /* the same picture again and again */,
    CameraUnfit /* no form of picture that we can read */,
    CameraFailed /* tram-camera crashed or hung, and starting it anew did not help */,
    // paper
    PrinterPaperOut,
    PrinterJam /* or paper left in its way */,
    PrinterOpen /* a cover, a tray */,
    PrinterOffline /* unplugged, switched off */,
    PrinterMissing /* no queue of that name */,
    PrinterInkOut /* toner, ribbon */,
    PrinterStopped /* and we cannot tell why; or it takes no jobs */,
    PrintingAway /* the print server (CUPS) does not answer */,
    Cancelled,
    Internal
};

/// Stable machine name ("no_network"), used in logs, the queue listing and translation keys.
std::string_view name(ProblemKind kind);

/// A named kind and its facts; never a sentence and never personal data.
/// Fact keys are per kind: "key", "line", "expected", "status", "path", "retry_after_s", "detail".
struct Problem {
    ProblemKind kind = ProblemKind::Internal;
    std::vector<std::pair<std::string, std::string>> facts;

    std::string_view fact(std::string_view key) const;  ///< "" when absent
};

}  // namespace tram::base
