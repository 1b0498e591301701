#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/Result.h"

namespace tram::base {

/// The words shown to people, from a compiled gettext catalogue (resources/locale/<lang>.po → <lang>.mo).
/// Keys are symbolic ("receipt.saved_at"); no sentence stands in the code. GNU gettext manual, "MO Files".
class Words {
  public:
    using Values = std::map<std::string, std::string>;
    /// `dir`/<lang>.mo
    static Result<Words> load(const std::filesystem::path& dir, std::string_view lang);

    /// The text for `key`; the key itself when unknown (a test keeps that from happening).
    std::string text(std::string_view key) const;
    /// The same with `{name}` places filled in. Values are inserted as they are, never interpreted.
    std::string text(std::string_view key, const Values& values) const;
    static std::string fill(std::string_view pattern, const Values& values);
    bool has(std::string_view key) const;
    /// Every key that begins with `prefix`, and its text with its places as they stand.
    Values under(std::string_view prefix) const;
    const std::string& language() const { return language_; }

  private:
    std::string language_;
    std::unordered_map<std::string, std::string> texts_;
};

}  // namespace tram::base
