#pragma once
#include <span>
#include <string>
#include <string_view>

namespace tram::base::crockford {

/// Douglas Crockford's base 32, made to be read over the phone: no I, L, O, U.
inline constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Stands for a typed character that is neither a symbol nor a U.
inline constexpr char kForeign = '?';

int valueOf(char symbol);  ///< 0…31; -1 when not of the alphabet
bool allValid(std::string_view symbols);
/// Forgiving: lower case, blanks and dashes of any kind, full width, O→0, I and L→1. What does not belong
/// stays as 'U' or kForeign, so that allValid() finds it. Reads at most the first 256 bytes.
std::string symbolsOf(std::string_view typed);
/// Five bits a symbol, the last one filled up with zeros.
std::string encode(std::span<const unsigned char> bytes);

}  // namespace tram::base::crockford
