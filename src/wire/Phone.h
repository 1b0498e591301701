#pragma once
#include <string>
#include <string_view>

namespace tram::wire {

/// Vietnamese numbers: 0 or +84, then 9 or 10 digits; blanks, dots and dashes ignored.
bool plausiblePhone(std::string_view text);
/// The same number without blanks, dots and dashes, as it is sent.
std::string phoneDigits(std::string_view text);
/// As phoneDigits writes a plausible one.
bool isPhoneDigits(std::string_view text);
/// One of them however it is written: a phone with 0 for +84, an address in small letters.
std::string addressKey(std::string_view text);
/// One @, a dot in the domain, no blanks, at most 254 bytes (RFC 5321).
bool plausibleEmail(std::string_view text);

}  // namespace tram::wire
