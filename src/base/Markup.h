#pragma once
#include <string>
#include <string_view>

namespace tram::base {

/// Text that stands in HTML or XML as text, between tags and in quoted attributes alike (HTML §13.1.2.3,
/// XML 1.0 §2.4): nothing in it is markup.
std::string markupText(std::string_view text);

}  // namespace tram::base
