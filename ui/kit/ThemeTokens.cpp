#include "ui/kit/ThemeTokens.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/Files.h"
#include "wire/Json.h"

namespace tram::kit {
namespace {

using nlohmann::json;
constexpr std::size_t kLimit = 256u << 10;
constexpr std::size_t kInheritance = 3;
constexpr double kMost = 10000;  // reference pixels: ten screens
constexpr double kMostTracking = 100, kMostWeight = 1000;

base::Problem bad(std::string_view key, std::string_view expected) {
    return {base::ProblemKind::BadConfig, {{"key", std::string(key)}, {"expected", std::string(expected)}}};
}

base::Result<json> objectOf(const std::string& text) {
    auto tokens = wire::parseJson(text, kLimit);
    if (tokens && tokens->is_object()) return tokens;
    return tl::unexpected(bad("", "JSON object"));
}

/// The name of the theme beside it that it is merged over; "" when it stands alone.
base::Result<std::string> parentOf(const json& tokens) {
    const auto found = tokens.find("extends");
    if (found == tokens.end()) return std::string();
    const bool plain = found->is_string() && !found->get_ref<const std::string&>().empty() &&
                       found->get_ref<const std::string&>().find_first_of("/\\.") == std::string::npos;
    if (plain) return found->get<std::string>();
    return tl::unexpected(bad("extends", "name of a theme"));
}

bool isColour(const json& value) {
    if (!value.is_string()) return false;
    const auto& text = value.get_ref<const std::string&>();
    if ((text.size() != 7 && text.size() != 9) || text[0] != '#') return false;
    return text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
}

std::uint8_t channel(const std::string& text, std::size_t at) {
    return static_cast<std::uint8_t>(std::stoi(text.substr(at, 2), nullptr, 16));
}

/// Remembers the first thing that is wrong and goes on with harmless values.
class Reader {
  public:
    Reader(const json& tokens, const ThemeTokens::Names& names) : tokens_(tokens), names_(names) {}

    base::Result<ThemeTokens> read() {
        const auto& contrast = part(tokens_, "high_contrast");
        if (!contrast.is_boolean()) wrong("high_contrast", "true or false");
        out_.highContrast = contrast == true;
        const auto& touch = part(tokens_, "touch_mm");
        out_.targetMm = number(touch, "target");
        out_.mainTargetMm = number(touch, "main_target");
        out_.slopMm = number(touch, "drag_slop");
        for (const auto key : names_.colours) out_.colours.push_back(colour(part(colours(), key), key));
        for (const auto key : names_.tiles) out_.tiles.push_back(pair(key));
        for (const auto key : names_.types) out_.types.push_back(face(key));
        for (const auto key : names_.lengths) out_.lengths.push_back(number(part(tokens_, "lengths"), key));
        if (problem_) return tl::unexpected(*problem_);
        return std::move(out_);
    }

  private:
    const json& colours() { return part(tokens_, "colours"); }

    std::array<ThemeTokens::Rgba, 2> pair(std::string_view key) {
        const auto& both = part(part(tokens_, "tiles"), key);
        if (both.is_array() && both.size() == 2) return {colour(both[0], key), colour(both[1], key)};
        wrong(key, "two colours");
        return {};
    }

    ThemeTokens::Face face(std::string_view key) {
        const auto& style = part(part(tokens_, "type"), key);
        ThemeTokens::Face face;
        face.size = number(style, "size");
        face.line = number(style, "line");
        face.weight = static_cast<int>(number(style, "weight", kMostWeight));
        if (!style.is_object() || !style.contains("tracking")) return face;
        const auto& tracking = style["tracking"];
        if (tracking.is_number() && std::abs(tracking.get<double>()) <= kMostTracking)
            face.tracking = tracking.get<double>();
        else
            wrong("tracking", "small number");
        return face;
    }

    ThemeTokens::Rgba colour(const json& value, std::string_view key) {
        if (!isColour(value)) {
            wrong(key, "#RRGGBB or #RRGGBBAA");
            return {};
        }
        const auto& text = value.get_ref<const std::string&>();
        const auto alpha = text.size() == 9 ? channel(text, 7) : std::uint8_t{255};
        return {channel(text, 1), channel(text, 3), channel(text, 5), alpha};
    }

    double number(const json& parent, std::string_view key, double most = kMost) {
        const auto& value = part(parent, key);
        if (value.is_number() && value.get<double>() > 0 && value.get<double>() <= most)
            return value.get<double>();
        wrong(key, "number above 0");
        return 1;
    }

    const json& part(const json& parent, std::string_view key) {
        static const json kNothing;
        if (parent.is_object())
            if (const auto found = parent.find(std::string(key)); found != parent.end()) return *found;
        wrong(key, "present");
        return kNothing;
    }

    void wrong(std::string_view key, std::string_view expected) {
        if (!problem_) problem_ = bad(key, expected);
    }

    const json& tokens_;
    const ThemeTokens::Names& names_;
    ThemeTokens out_;
    std::optional<base::Problem> problem_;
};

}  // namespace

base::Result<ThemeTokens> ThemeTokens::parse(std::span<const std::string> texts, const Names& names) {
    auto merged = json::object();
    for (std::size_t i = texts.size(); i-- > 0;) {
        const auto tokens = objectOf(texts[i]);
        if (!tokens) return tl::unexpected(tokens.error());
        merged.merge_patch(*tokens);
    }
    return Reader(merged, names).read();
}

base::Result<ThemeTokens> ThemeTokens::load(const std::filesystem::path& dir, std::string_view name,
                                            const Names& names) {
    std::vector<std::string> texts;
    for (std::string next(name); !next.empty();) {
        if (texts.size() > kInheritance)
            return tl::unexpected(bad("extends", "fewer themes over one another"));
        auto text = base::readFile(dir / (next + ".json"), kLimit);
        if (!text) return tl::unexpected(text.error());
        const auto tokens = objectOf(*text);
        if (!tokens) return tl::unexpected(tokens.error());
        auto parent = parentOf(*tokens);
        if (!parent) return tl::unexpected(parent.error());
        texts.push_back(std::move(*text));
        next = std::move(*parent);
    }
    return parse(texts, names);
}

}  // namespace tram::kit
