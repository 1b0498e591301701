#include "wire/Bilingual.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "wire/Members.h"

namespace tram::wire {

using nlohmann::json;

constexpr std::size_t kMaxLabel = 1024;

json toJsonValue(const Bilingual& text) {
    return {{"vi", text.vi}, {"en", text.en}};
}

Bilingual readBilingual(const json& value, Members& parent) {
    Members members(value);
    Bilingual text{members.text("vi", kMaxLabel, isNotEmpty), members.text("en", kMaxLabel, isNotEmpty)};
    parent.adopt(members.finish());
    return text;
}

bool isIcon(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '_';
    });
}

}  // namespace tram::wire
