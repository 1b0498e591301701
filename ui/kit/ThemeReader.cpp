#include "ui/kit/ThemeReader.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/Files.h"

namespace tram::kit {
namespace {

using nlohmann::json;
constexpr std::size_t kLimit = 256u << 10;
constexpr int kInheritance = 3;

base::Result<json> readOne(const std::filesystem::path& file) {
    auto text = base::readFile(file, kLimit);
    if (!text) return tl::unexpected(text.error());
    auto tokens = json::parse(*text, nullptr, false);
    if (tokens.is_object()) return tokens;
    return base::fail(base::ProblemKind::BadConfig, {{"path", file.string()}, {"expected", "JSON object"}});
}

base::Result<json> readMerged(const std::filesystem::path& dir, const std::string& name, int depth) {
    auto tokens = readOne(dir / (name + ".json"));
    if (!tokens || !tokens->contains("extends")) return tokens;
    const auto& parent = (*tokens)["extends"];
    if (!parent.is_string() || depth == 0)
        return base::fail(base::ProblemKind::BadConfig,
                          {{"key", "extends"}, {"expected", "name of a theme"}});
    auto merged = readMerged(dir, parent.get<std::string>(), depth - 1);
    if (merged) merged->merge_patch(*tokens);
    return merged;
}

bool isColour(const json& value) {
    if (!value.is_string()) return false;
    const auto& text = value.get_ref<const std::string&>();
    if ((text.size() != 7 && text.size() != 9) || text[0] != '#') return false;
    return text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
}

unsigned char channel(const std::string& text, std::size_t at) {
    return static_cast<unsigned char>(std::stoi(text.substr(at, 2), nullptr, 16));
}

}  // namespace

base::Result<json> readTokens(const std::filesystem::path& dir, std::string_view name) {
    return readMerged(dir, std::string(name), kInheritance);
}

std::optional<base::Problem> ThemeReader::read() {
    const auto& contrast = part(tokens_, "high_contrast");
    if (!contrast.is_boolean()) bad("high_contrast", "true or false");
    theme_.highContrast_ = contrast.is_boolean() && contrast.get<bool>();
    const auto& touch = part(tokens_, "touch_mm");
    theme_.targetMm_ = number(touch, "target");
    theme_.mainTargetMm_ = number(touch, "main_target");
    theme_.slopMm_ = number(touch, "drag_slop");
    readColours();
    readPairs();
    readTypes();
    readLengths();
    return problem_;
}

void ThemeReader::readColours() {
    const auto& colours = part(tokens_, "colours");
    for (std::size_t i = 0; i < theme_.colours_.size(); ++i) {
        const auto key = colourName(static_cast<Colour>(i));
        theme_.colours_[i] = colour(part(colours, key), key);
    }
}

void ThemeReader::readPairs() {
    const auto& tiles = part(tokens_, "tiles");
    for (std::size_t i = 0; i < theme_.pairs_.size(); ++i) {
        const auto key = pairName(static_cast<TilePair>(i));
        const auto& pair = part(tiles, key);
        if (!pair.is_array() || pair.size() != 2) return bad(key, "two colours");
        theme_.pairs_[i] = {colour(pair[0], key), colour(pair[1], key)};
    }
}

void ThemeReader::readTypes() {
    const auto& types = part(tokens_, "type");
    const double scale = theme_.factor() * theme_.scale_.textPercent / 100.0;
    for (std::size_t i = 0; i < theme_.types_.size(); ++i) {
        const auto& style = part(types, typeName(static_cast<Type>(i)));
        auto& out = theme_.types_[i];
        out.size = number(style, "size") * scale;
        out.lineHeight = static_cast<int>(std::ceil(out.size * number(style, "line")));
        out.weight = static_cast<int>(number(style, "weight"));
        out.tracking = style.is_object() ? style.value("tracking", 0.0) * scale : 0;
    }
}

void ThemeReader::readLengths() {
    const auto& lengths = part(tokens_, "lengths");
    for (std::size_t i = 0; i < theme_.lengths_.size(); ++i)
        theme_.lengths_[i] = number(lengths, lengthName(static_cast<Length>(i)));
}

wxColour ThemeReader::colour(const json& value, std::string_view key) {
    if (!isColour(value)) {
        bad(key, "#RRGGBB or #RRGGBBAA");
        return {};
    }
    const auto& text = value.get_ref<const std::string&>();
    return wxColour(channel(text, 1), channel(text, 3), channel(text, 5),
                    text.size() == 9 ? channel(text, 7) : 255);
}

double ThemeReader::number(const json& parent, std::string_view key) {
    const auto& value = part(parent, key);
    if (value.is_number() && value.get<double>() > 0) return value.get<double>();
    bad(key, "number above 0");
    return 1;
}

const json& ThemeReader::part(const json& parent, std::string_view key) {
    static const json kNothing;
    if (parent.is_object())
        if (const auto found = parent.find(std::string(key)); found != parent.end()) return *found;
    bad(key, "present");
    return kNothing;
}

void ThemeReader::bad(std::string_view key, std::string_view expected) {
    if (problem_) return;
    problem_ = base::Problem{base::ProblemKind::BadConfig,
                             {{"key", std::string(key)}, {"expected", std::string(expected)}}};
}

}  // namespace tram::kit
