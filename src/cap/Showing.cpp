#include "cap/Showing.h"

#include <algorithm>
#include <tuple>

#include "cap/Shapes.h"

namespace tram::cap {

namespace {

/// RFC 4647 §3.3.1, both ways: whoever asks for "vi" can read "vi-VN", and the other way round.
bool isAlike(std::string_view one, std::string_view other) {
    const auto common = std::min(one.size(), other.size());
    const auto ends = [&](std::string_view tag) { return tag.size() == common || tag[common] == '-'; };
    const auto same = [](char a, char b) {
        const auto lower = [](char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c + 32) : c; };
        return lower(a) == lower(b);
    };
    return common > 0 && ends(one) && ends(other) &&
           std::ranges::equal(one.substr(0, common), other.substr(0, common), same);
}

int rank(const Info& info, std::string_view language) {
    if (isAlike(info.language, language)) return 0;
    if (isAlike(info.language, "vi")) return 1;
    return isAlike(info.language, "en") ? 2 : 3;
}

bool concerns(const Area& area, const Here& here) {
    const bool shapes = !area.polygons.empty() || !area.circles.empty();
    if (area.wards.empty() && !shapes) return true;
    if (!area.wards.empty() && here.ward.empty()) return true;
    if (std::ranges::find(area.wards, here.ward) != area.wards.end()) return true;
    if (!here.place) return area.wards.empty();
    const auto holds = [&](const auto& shape) { return contains(shape, *here.place); };
    return std::ranges::any_of(area.polygons, holds) || std::ranges::any_of(area.circles, holds);
}

}  // namespace

bool concerns(const Info& info, const Here& here) {
    return info.areas.empty() ||
           std::ranges::any_of(info.areas, [&](const Area& area) { return concerns(area, here); });
}

std::optional<Shown> show(const Notice& notice, const Here& here, std::string_view language,
                          base::WallTime now) {
    Shown shown{nullptr, false, notice.drill};
    const auto order = [&](const Info& info) { return std::tuple(rank(info, language), info.severity); };
    for (const auto& info : notice.infos) {
        if (now < info.effective || info.expires <= now || !concerns(info, here)) continue;
        shown.covers = shown.covers || info.isEmergency();
        if (!shown.info || order(info) < order(*shown.info)) shown.info = &info;
    }
    if (!shown.info) return {};
    return shown;
}

}  // namespace tram::cap
