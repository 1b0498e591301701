#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "wire/StaffRole.h"

namespace tram::wire {

/// What one may do who has signed in beside a resident. Kiosk and gateway read the same table.
enum class Permission : std::uint8_t {
    AssistWithoutFile /* look-ups, procedures, guides: no personal data */,
    OpenFile /* work with a resident's data, once they have agreed */,
    HelpWithRights /* of the law on personal data: copy, correction, deletion */,
    CaptureAnyPaper,
    CaptureIdentityPaper,
    CountAppHelp,
    SeeQueue,
    RetryQueue,
    SetAside,
    SeeReports,
    SeeLog,
    UnlockStaff,
    TestDevices,
    LeaveFullScreen
};
inline constexpr std::size_t kPermissions = 14;

/// The one table; a role's rights are nowhere else.
bool allows(StaffRole role, Permission permission);

/// What help with an action of a kind takes.
struct AssistedKind {
    std::string_view kind;
    Permission permission;
    bool needsFile;  ///< says something of a resident: only in an open file, with consent
};
/// Nothing: no such kind is done with help.
std::optional<AssistedKind> assistedKind(std::string_view kind);

}  // namespace tram::wire
