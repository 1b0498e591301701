#pragma once
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/Clock.h"

namespace tram::base {

/// RFC 9562. Always held in canonical lower-case text, 36 characters.
class Uuid {
  public:
    /// Version 7: 48 bits of Unix milliseconds, the rest random.
    static Uuid v7(WallTime now);
    static std::optional<Uuid> parse(std::string_view text);  ///< any version; canonical form only
    const std::string& text() const { return text_; }
    auto operator<=>(const Uuid&) const = default;

  private:
    explicit Uuid(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace tram::base
