#include "catalogue/Freshness.h"

#include <nlohmann/json.hpp>

namespace tram::catalogue {

std::string today(base::WallTime now) {
    return base::toRfc3339(now).substr(0, 10);
}

std::string dateIn(std::string_view fields, const std::string& field) {
    const auto entry = nlohmann::json::parse(fields, nullptr, false);
    const auto found = entry.find(field);
    return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool isOver(const Kind& kind, std::string_view fields, base::WallTime now) {
    if (kind.until.empty()) return false;
    const auto until = dateIn(fields, kind.until);
    return !until.empty() && until < today(now);
}

bool isTooOld(const Kind& kind, const std::string& asOf, base::WallTime now) {
    if (kind.freshDays == 0) return false;
    base::WallTime time;
    return !base::fromRfc3339(asOf, time) || time > now + kMostAhead ||
           time + std::chrono::days(kind.freshDays) < now;
}

}  // namespace tram::catalogue
