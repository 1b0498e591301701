#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace tram::base {

/// All take and give UTF-8; bytes that are not UTF-8 become U+FFFD.

/// Unicode NFC, the only form we store or send.
std::string toNfc(std::string_view text);

/// What a person can see of a text from outside: NFC, without control characters (line breaks stay when
/// `keepLines`), without bidirectional overrides, isolates and zero-width characters other than U+200D
/// between emoji, runs of blanks folded, ends trimmed.
std::string clean(std::string_view text, bool keepLines = false);

/// Search key: lower case, no marks, đ→d, punctuation to blanks: "Phường Xuân Hoà" → "phuong xuan hoa".
std::string fold(std::string_view text);

/// Bytes that sort as a Vietnamese dictionary does (ICU, "vi"), numbers by what they count.
std::string sortKey(std::string_view text);

/// Characters as a person counts them (grapheme clusters, UAX 29).
std::size_t characters(std::string_view text);
/// The longest beginning with at most `limit` such characters.
std::string firstCharacters(std::string_view text, std::size_t limit);

/// RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF.
bool isUtf8(std::string_view bytes);
std::u32string toUtf32(std::string_view text);
std::string toUtf8(std::u32string_view text);

}  // namespace tram::base
