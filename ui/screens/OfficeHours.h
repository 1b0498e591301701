#pragma once
#include "ui/screens/EntryWords.h"

namespace tram::screens {

/// The counter of a ward, as the city's content has it.
inline constexpr const char *kAgencies = "agency", *kDeskType = "hanh-chinh-cong";

/// When an office's counter is open.
struct OfficeHours {
    std::string words;           ///< one line; "" where nobody has said
    std::optional<OpenNow> now;  ///< also that it is closed today
};
OfficeHours officeHours(const Host& host, const std::string& office);

}  // namespace tram::screens
