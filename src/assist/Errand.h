#pragma once
#include <cstdint>
#include <string_view>

#include "wire/Roles.h"

namespace tram::assist {

/// What a resident comes for.
enum class Errand : std::uint8_t {
    LookUp /* places, procedures, alerts, a dossier's state by its code */,
    Guide,
    TakeNumber,
    Survey,
    Rating,
    Fault,
    Feedback,
    Appointment,
    Watch /* messages about a dossier: a phone number */,
    Rights,
    Account /* what VNeID tells of who has logged in */,
    Papers
};
inline constexpr std::size_t kErrands = 12;

/// Works with a resident's data: only in an open file, with consent. What is sent is looked up in the table
/// that the gateway judges by, too.
bool needsFile(Errand errand);
wire::Permission permissionFor(Errand errand);

}  // namespace tram::assist
