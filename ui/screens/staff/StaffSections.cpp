#include "ui/screens/staff/StaffSections.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace tram::screens {

namespace {

using wire::Permission;

constexpr std::array<StaffSectionLook, kStaffSections> kSections{{
    {StaffSection::Help, "help", "person_add", Permission::AssistWithoutFile},
    {StaffSection::Queue, "queue", "outbox", Permission::SeeQueue},
    {StaffSection::Campaign, "campaign", "install_mobile", Permission::CountAppHelp},
    {StaffSection::Papers, "papers", "document_scanner", Permission::CaptureAnyPaper},
    {StaffSection::Reports, "reports", "assessment", Permission::SeeReports},
    {StaffSection::Log, "log", "history", Permission::SeeLog},
    {StaffSection::Devices, "devices", "settings", Permission::TestDevices},
}};

}  // namespace

const StaffSectionLook& lookOf(StaffSection section) {
    return kSections[static_cast<std::size_t>(section)];
}

std::vector<StaffSection> allStaffSections() {
    std::vector<StaffSection> all;
    std::ranges::transform(kSections, std::back_inserter(all), &StaffSectionLook::section);
    return all;
}

std::vector<StaffSection> sectionsFor(wire::StaffRole role, const std::vector<StaffSection>& there) {
    auto all = allStaffSections();
    std::erase_if(all, [&](StaffSection one) {
        return std::ranges::find(there, one) == there.end() || !wire::allows(role, lookOf(one).permission);
    });
    return all;
}

}  // namespace tram::screens
