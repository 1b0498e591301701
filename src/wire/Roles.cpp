#include "wire/Roles.h"

#include <algorithm>
#include <array>

#include "wire/Appointment.h"
#include "wire/FeedbackReport.h"
#include "wire/GuideTally.h"
#include "wire/Rating.h"
#include "wire/RightsRequest.h"
#include "wire/SurveyAnswer.h"

namespace tram::wire {

namespace {

constexpr std::array<std::string_view, 3> kRoleNames = {"helper", "officer", "supervisor"};

struct RightsRow {
    Permission permission;
    bool helper, officer, supervisor;
};
constexpr RightsRow kRowOf[] = {
    {Permission::AssistWithoutFile, true, true, true},
    {Permission::OpenFile, true, true, true},
    {Permission::HelpWithRights, false, true, true},
    {Permission::CaptureAnyPaper, true, true, true},
    {Permission::CaptureIdentityPaper, false, true, true},
    {Permission::CountAppHelp, true, true, true},
    {Permission::SeeQueue, true, true, true},
    {Permission::RetryQueue, true, true, true},
    {Permission::SetAside, false, true, true},
    {Permission::SeeReports, true, true, true},
    {Permission::SeeLog, false, false, true},
    {Permission::UnlockStaff, false, false, true},
    {Permission::TestDevices, true, true, true},
    {Permission::LeaveFullScreen, false, true, true},
};
static_assert(std::size(kRowOf) == kPermissions);

constexpr AssistedKind kAssistedKinds[] = {
    {FeedbackReport::kKind, Permission::OpenFile, true},
    {AppointmentRequest::kKind, Permission::OpenFile, true},
    {RightsRequest::kKind, Permission::HelpWithRights, true},
    {SurveyAnswer::kKind, Permission::AssistWithoutFile, false},
    {Rating::kKind, Permission::AssistWithoutFile, false},
    {KioskFault::kKind, Permission::AssistWithoutFile, false},
    {GuideTally::kKind, Permission::CountAppHelp, false},
};

}  // namespace

std::string_view name(StaffRole role) {
    return kRoleNames[static_cast<std::size_t>(role)];
}

std::optional<StaffRole> staffRoleFrom(std::string_view text) {
    const auto* found = std::ranges::find(kRoleNames, text);
    if (found == kRoleNames.end()) return std::nullopt;
    return static_cast<StaffRole>(found - kRoleNames.begin());
}

bool allows(StaffRole role, Permission permission) {
    const auto* row = std::ranges::find(kRowOf, permission, &RightsRow::permission);
    if (row == std::end(kRowOf)) return false;
    switch (role) {
        case StaffRole::Helper:
            return row->helper;
        case StaffRole::Officer:
            return row->officer;
        case StaffRole::Supervisor:
            return row->supervisor;
    }
    return false;
}

std::optional<AssistedKind> assistedKind(std::string_view kind) {
    const auto* found = std::ranges::find(kAssistedKinds, kind, &AssistedKind::kind);
    if (found == std::end(kAssistedKinds)) return std::nullopt;
    return *found;
}

}  // namespace tram::wire
