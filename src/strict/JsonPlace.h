#pragma once
#include <string>
#include <string_view>

namespace tram::strict {

/// Lines and characters of a text, from 1.
struct JsonPlace {
    int line = 1, character = 1;
};

/// Where in a JSON text a place such as "sections[1].questions[0].id" begins (of what is missing, where its
/// nearest holder does; `character`: the end of its name). Of "": where the text stops being JSON, or has a
/// member twice, or is too deep. The beginning when there is no such place.
JsonPlace placeOf(std::string_view json, const std::string& at);

}  // namespace tram::strict
