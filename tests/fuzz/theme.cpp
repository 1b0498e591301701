// A theme's files, as somebody may have edited them: the theme's own and the one it extends.
#include <cmath>
#include <string>
#include <vector>

#include "Input.h"
#include "ui/kit/ThemeTokens.h"

using tram::kit::ThemeTokens;

namespace {

constexpr std::string_view kColours[]{"ink", "surface"}, kTiles[]{"red"}, kTypes[]{"body"},
    kLengths[]{"gutter"};
constexpr ThemeTokens::Names kNames{kColours, kTiles, kTypes, kLengths};

bool sound(double length) {
    return std::isfinite(length) && length > 0 && length <= 10000;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    std::vector<std::string> texts;
    for (unsigned rest = input.choose(3); rest > 0; --rest) texts.emplace_back(input.line());
    texts.emplace_back(input.rest());
    const auto tokens = ThemeTokens::parse(texts, kNames);
    if (!tokens) {
        must(tokens.error().kind == tram::base::ProblemKind::BadConfig, "a bad theme is called so");
        return 0;
    }
    must(tokens->colours.size() == std::size(kColours) && tokens->tiles.size() == std::size(kTiles) &&
             tokens->types.size() == std::size(kTypes) && tokens->lengths.size() == std::size(kLengths),
         "what was asked for is there");
    must(sound(tokens->targetMm) && sound(tokens->mainTargetMm) && sound(tokens->slopMm) &&
             sound(tokens->lengths[0]) && sound(tokens->types[0].size) && sound(tokens->types[0].line) &&
             std::isfinite(tokens->types[0].tracking) && tokens->types[0].weight <= 1000,
         "pixels can be made of every number");
    return 0;
}
