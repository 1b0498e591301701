#include "oidc/Claims.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace tram::oidc {

using nlohmann::json;

std::optional<std::string> textOf(const json& object, const char* key, std::size_t longest) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string()) return std::nullopt;
    auto text = found->get<std::string>();
    if (text.empty() || text.size() > longest) return std::nullopt;
    return text;
}

std::optional<base::WallTime> timeOf(const json& object, const char* key) {
    constexpr std::int64_t kEndOfYear9999 = 253'402'300'799;
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_integer()) return std::nullopt;
    const auto value = found->get<std::int64_t>();
    if (value < 0 || value > kEndOfYear9999) return std::nullopt;
    return base::WallTime(std::chrono::seconds{value});
}

bool isFor(const json& claims, const std::string& audience) {
    const auto aud = claims.find("aud");
    if (aud == claims.end()) return false;
    if (aud->is_array()) return std::ranges::any_of(*aud, [&](const json& one) { return one == audience; });
    return *aud == audience;
}

}  // namespace tram::oidc
