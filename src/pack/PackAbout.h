#pragma once
#include <string>

namespace tram::pack {

struct PackAbout {
    std::string name;    ///< "places": which pack it is, a slug
    std::string source;  ///< whom the city has it from, shown on every page
    std::string asOf;    ///< RFC 3339: how old what it tells is
    bool operator==(const PackAbout&) const = default;
};

}  // namespace tram::pack
