#pragma once
#include <optional>
#include <string_view>

namespace tram::wire {

/// Who stands beside a resident: a volunteer of a community digital team, an officer of the ward, and who
/// answers for both.
enum class StaffRole { Helper, Officer, Supervisor };
std::string_view name(StaffRole role);  ///< "helper", "officer", "supervisor"
std::optional<StaffRole> staffRoleFrom(std::string_view text);

}  // namespace tram::wire
