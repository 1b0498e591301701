#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "ui/kit/Theme.h"

namespace tram::kit {

/// `dir`/<name>.json merged over what it "extends".
base::Result<nlohmann::json> readTokens(const std::filesystem::path& dir, std::string_view name);

/// Fills a theme from its tokens; every token must be there.
class ThemeReader {
  public:
    ThemeReader(const nlohmann::json& tokens, Theme& theme) : tokens_(tokens), theme_(theme) {}
    std::optional<base::Problem> read();

  private:
    void readColours();
    void readPairs();
    void readTypes();
    void readLengths();
    wxColour colour(const nlohmann::json& value, std::string_view key);
    double number(const nlohmann::json& parent, std::string_view key);
    const nlohmann::json& part(const nlohmann::json& parent, std::string_view key);
    void bad(std::string_view key, std::string_view expected);

    const nlohmann::json& tokens_;
    Theme& theme_;
    std::optional<base::Problem> problem_;
};

}  // namespace tram::kit
