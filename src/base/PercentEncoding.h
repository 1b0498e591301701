#pragma once
#include <string>
#include <string_view>

namespace tram::base {

/// Whatever is not unreserved (RFC 3986 §2.3) as %XX, byte by byte: good in a path's segment, a query and a
/// form.
std::string percentEncoded(std::string_view text);

}  // namespace tram::base
