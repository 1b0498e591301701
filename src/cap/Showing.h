#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "cap/AlertBook.h"

namespace tram::cap {

/// Where a kiosk stands. What is not known shuts nothing out: rather an alert too many.
struct Here {
    std::string ward;  ///< its code; "": not known
    std::optional<Point> place;
};

/// What a kiosk shows of one notice.
struct Shown {
    const Info* info = nullptr;  ///< in the notice's own
    bool covers = false;         ///< an emergency, in whichever language that is said: it covers the page
    bool drill = false;
};

/// Whether what is told here concerns that place: an area's wards, polygons and circles together; an area
/// that has none of these is the whole city, as is an info without areas.
bool concerns(const Info& info, const Here& here);

/// Nothing where it does not concern that place, is not yet in force, or has run out. Of several infos the
/// one in `language` ("vi", "en"), else one in Vietnamese, else in English (which an info without a language
/// is, §3.2.2), else the first; among equals the most severe.
std::optional<Shown> show(const Notice& notice, const Here& here, std::string_view language,
                          base::WallTime now);

}  // namespace tram::cap
