#include "base/Crockford.h"

#include <algorithm>

#include "base/VietnameseText.h"

namespace tram::base::crockford {
namespace {

/// Full width, as some keyboards send it, to ASCII.
char32_t narrow(char32_t c) {
    return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
}

bool isDashOrBlank(char32_t c) {
    return c == '-' || c == '_' || c == '.' || c == ' ' || c == '\t' || c == 0xA0 || c == 0xAD ||
           (c >= 0x2000 && c <= 0x2015) || c == 0x202F || c == 0x2212 || c == 0x3000 || c == 0xFE58 ||
           c == 0xFE63;
}

char canonical(char32_t c) {
    if (c >= 'a' && c <= 'z') c -= 'a' - 'A';
    if (c == 'O') return '0';
    if (c == 'I' || c == 'L') return '1';
    if (c == 'U') return 'U';
    return c < 0x80 && valueOf(static_cast<char>(c)) >= 0 ? static_cast<char>(c) : kForeign;
}

}  // namespace

int valueOf(char symbol) {
    const auto place = kAlphabet.find(symbol);
    return place == kAlphabet.npos ? -1 : static_cast<int>(place);
}

bool allValid(std::string_view symbols) {
    return std::ranges::all_of(symbols, [](char s) { return valueOf(s) >= 0; });
}

std::string symbolsOf(std::string_view typed) {
    std::string symbols;
    for (const char32_t raw : toUtf32(typed.substr(0, 256)))
        if (const char32_t c = narrow(raw); !isDashOrBlank(c)) symbols += canonical(c);
    return symbols;
}

std::string encode(std::span<const unsigned char> bytes) {
    std::string text;
    unsigned pending = 0;
    int bits = 0;
    for (const unsigned char b : bytes) {
        pending = pending << 8 | b;
        for (bits += 8; bits >= 5; bits -= 5) text += kAlphabet[pending >> (bits - 5) & 31];
        pending &= (1u << bits) - 1;
    }
    if (bits > 0) text += kAlphabet[pending << (5 - bits) & 31];
    return text;
}

}  // namespace tram::base::crockford
