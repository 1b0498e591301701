#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "wire/Roles.h"

namespace tram::screens {

/// What stands at the side of staff's pages, from top to bottom.
enum class StaffSection : std::uint8_t { Help, Queue, Campaign, Papers, Reports, Log, Devices };
inline constexpr std::size_t kStaffSections = 7;

struct StaffSectionLook {
    StaffSection section;
    std::string_view name;  ///< "help": of its button "section.help" and its words "staff.section.help"
    const char* icon;
    wire::Permission permission;  ///< whoever lacks it does not see the section
};
const StaffSectionLook& lookOf(StaffSection section);
/// Every section there is, in order.
std::vector<StaffSection> allStaffSections();
/// Those of `there` that the role may open, in the table's order.
std::vector<StaffSection> sectionsFor(wire::StaffRole role, const std::vector<StaffSection>& there);

}  // namespace tram::screens
