#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/Clock.h"

namespace tram::gateway {

/// How a source writes a time: "rfc3339", "unix_s", "unix_ms", or a picture of YYYY, MM, DD, HH, mm, ss and
/// the characters between them ("DD/MM/YYYY HH:mm"). A picture without hours means midnight; without a zone
/// the city's is meant.
class DateShape {
  public:
    /// Nothing for a picture without year, month and day, or with one of them twice.
    static std::optional<DateShape> make(std::string_view picture);
    std::optional<base::WallTime> read(std::string_view text) const;

  private:
    std::string picture_;
};

}  // namespace tram::gateway
