#include "ui/kit/Theme.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "ui/kit/ThemeTokens.h"

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

wxColour colourOf(const ThemeTokens::Rgba& c) {
    return {c.red, c.green, c.blue, c.alpha};
}

template <class E, class Name>
std::vector<std::string_view> namesOf(Name name) {
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < static_cast<std::size_t>(E::Count); ++i)
        names.push_back(name(static_cast<E>(i)));
    return names;
}

base::Result<ThemeTokens> tokensOf(const std::filesystem::path& dir, std::string_view name) {
    const auto colours = namesOf<Colour>(colourName), tiles = namesOf<TilePair>(pairName),
               types = namesOf<Type>(typeName), lengths = namesOf<Length>(lengthName);
    return ThemeTokens::load(dir, name, {colours, tiles, types, lengths});
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
    const auto tokens = tokensOf(dir, name);
    if (!tokens) return tl::unexpected(tokens.error());
    theme.take(*tokens);
    return theme;
}

/// Headings are large already: on a screen that lies they grow half as fast, so that the text below them is
/// in sight.
double Theme::percent(Type type) const {
    const double asked = scale_.textPercent;
    return type == Type::Display && !portrait() ? (100 + asked) / 2 : asked;
}

void Theme::take(const ThemeTokens& tokens) {
    highContrast_ = tokens.highContrast;
    targetMm_ = tokens.targetMm;
    mainTargetMm_ = tokens.mainTargetMm;
    slopMm_ = tokens.slopMm;
    std::ranges::transform(tokens.colours, colours_.begin(), colourOf);
    std::ranges::transform(tokens.tiles, pairs_.begin(),
                           [](const auto& both) { return ColourPair{colourOf(both[0]), colourOf(both[1])}; });
    std::ranges::transform(tokens.types, types_.begin(), [&](const auto& face) {
        const auto type = static_cast<Type>(&face - tokens.types.data());
        const double scale = factor() * percent(type) / 100.0;
        TypeStyle style;
        style.size = face.size * scale;
        style.lineHeight = static_cast<int>(std::ceil(style.size * face.line));
        style.weight = face.weight;
        style.tracking = face.tracking * scale;
        return style;
    });
    std::ranges::copy(tokens.lengths, lengths_.begin());
}

}  // namespace tram::kit
