#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"

namespace tram::kit {

/// What a theme's files say, read without wx and held to limits: a file that somebody has edited is hostile
/// until then. Every list is in the order of the names that were asked for.
struct ThemeTokens {
    struct Names {
        std::span<const std::string_view> colours, tiles, types, lengths;
    };
    struct Rgba {
        std::uint8_t red = 0, green = 0, blue = 0, alpha = 255;
    };
    struct Face {
        double size = 1, line = 1, tracking = 0;  ///< reference pixels; lines of `size` times `line`
        int weight = 400;
    };

    bool highContrast = false;
    double targetMm = 1, mainTargetMm = 1, slopMm = 1;
    std::vector<Rgba> colours;
    std::vector<std::array<Rgba, 2>> tiles;  ///< ground and icon
    std::vector<Face> types;
    std::vector<double> lengths;  ///< reference pixels

    /// `dir`/<name>.json merged over what it "extends". BadConfig with "key" and "expected" when a token is
    /// missing or not of its kind.
    static base::Result<ThemeTokens> load(const std::filesystem::path& dir, std::string_view name,
                                          const Names& names);
    /// `texts`: the theme's own first, then what it extends.
    static base::Result<ThemeTokens> parse(std::span<const std::string> texts, const Names& names);
};

}  // namespace tram::kit
