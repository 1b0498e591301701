#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace tram::wire {

class Members;

/// Words that come with data: {"vi": …, "en": …}, both there.
struct Bilingual {
    std::string vi, en;
    const std::string& in(std::string_view lang) const { return lang == "en" ? en : vi; }
};

nlohmann::json toJsonValue(const Bilingual& text);
/// What is wrong in it is kept by `parent`.
Bilingual readBilingual(const nlohmann::json& value, Members& parent);

/// A Material Icons ligature by its shape.
bool isIcon(std::string_view text);

}  // namespace tram::wire
