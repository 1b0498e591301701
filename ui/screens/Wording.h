#pragma once
#include <string>
#include <string_view>

#include "base/Clock.h"
#include "catalogue/ValueWords.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// Times as people here read them, in the city's own time zone: "09:41", "09:41, 21/11/2026", "21/11/2026".
std::string clockTime(base::WallTime time);
std::string dayTime(base::WallTime time);
std::string dayTime(const std::string& rfc3339);  ///< "" when it is none
using catalogue::day;

/// What is left of a wait: "1:42".
std::string minutes(int seconds);

/// 2000 → "2.000" in Vietnamese, "2,000" in English.
std::string number(std::size_t value, std::string_view language);

/// "**112** (thiên tai), **113** (công an), …"
std::string emergencyNumbers(const Services& services, std::string_view language);
/// This station's ward as published: "Phường Bàn Cờ".
std::string wardName(const Services& services, const std::string& code);

}  // namespace tram::screens
