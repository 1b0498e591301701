#include "ui/kit/Theme.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "ui/kit/ThemeReader.h"

namespace tram::kit {
namespace {

constexpr double kReferencePxPerMm = 2.7;
constexpr double kReferenceViewingMm = 500;
constexpr double kReferenceShortSide = 1080;
constexpr double kInterCapitalHeight = 0.727;  // of the em, from Inter's OS/2 table

double linear(unsigned char channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(const wxColour& c) {
    return 0.2126 * linear(c.Red()) + 0.7152 * linear(c.Green()) + 0.0722 * linear(c.Blue());
}

}  // namespace

double contrast(const wxColour& a, const wxColour& b) {
    const double one = luminance(a), other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

double Theme::factor() const {
    return scale_.pxPerMm / kReferencePxPerMm * (scale_.viewingMm / kReferenceViewingMm);
}

int Theme::px(double reference) const {
    if (reference <= 0) return 0;
    return std::max(1, static_cast<int>(std::lround(reference * factor())));
}

int Theme::mm(double millimetres) const {
    return static_cast<int>(std::ceil(millimetres * scale_.pxPerMm));
}

double Theme::capitalHeightMm(Type t) const {
    const double millimetres = type(t).size * kInterCapitalHeight / scale_.pxPerMm;
    return millimetres * kReferenceViewingMm / scale_.viewingMm;
}

base::Result<Theme> Theme::load(const std::filesystem::path& dir, std::string_view name, Scale scale,
                                wxSize screen) {
    Theme theme;
    theme.name_ = name;
    theme.screen_ = screen;
    theme.scale_ = scale;
    if (theme.scale_.pxPerMm <= 0)
        theme.scale_.pxPerMm = std::min(screen.x, screen.y) / kReferenceShortSide * kReferencePxPerMm;
    auto tokens = readTokens(dir, name);
    if (!tokens) return tl::unexpected(tokens.error());
    ThemeReader reader(*tokens, theme);
    if (auto problem = reader.read()) return tl::unexpected(*problem);
    return theme;
}

}  // namespace tram::kit
