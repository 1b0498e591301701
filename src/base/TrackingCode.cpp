#include "base/TrackingCode.h"

#include <array>

#include "base/Random.h"
#include "base/VietnameseText.h"

namespace tram::base {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // Crockford: no I, L, O, U
constexpr std::size_t kPrefix = 3, kRandom = 6;

int valueOf(char symbol) {
    const auto place = kAlphabet.find(symbol);
    return place == kAlphabet.npos ? -1 : static_cast<int>(place);
}

bool isDashOrBlank(char32_t c) {
    return c == '-' || c == '_' || c == '.' || c == ' ' || c == '\t' || c == 0xA0 || c == 0xAD ||
           (c >= 0x2000 && c <= 0x2015) || c == 0x202F || c == 0x2212 || c == 0x3000 || c == 0xFE58 || c == 0xFE63;
}

/// One typed character as a symbol of the alphabet; 'U' and '?' stand for what does not belong.
char canonical(char32_t c) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full width, as some keyboards send
    if (c >= 'a' && c <= 'z') c -= 'a' - 'A';
    if (c == 'O') return '0';
    if (c == 'I' || c == 'L') return '1';
    if (c == 'U') return 'U';
    return c < 0x80 && valueOf(static_cast<char>(c)) >= 0 ? static_cast<char>(c) : '?';
}

std::string symbolsOf(std::string_view typed) {
    std::string symbols;
    for (const char32_t c : toUtf32(typed.substr(0, 256)))
        if (!isDashOrBlank(c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c)) symbols += canonical(c);
    return symbols;
}

char checkSymbol(std::string_view payload) {
    int sum = 0, factor = 2;
    for (auto symbol = payload.rbegin(); symbol != payload.rend(); ++symbol, factor = 3 - factor) {
        const int addend = factor * valueOf(*symbol);
        sum += addend / 32 + addend % 32;
    }
    return kAlphabet[static_cast<std::size_t>((32 - sum % 32) % 32)];
}

bool allValid(std::string_view symbols) {
    for (const char s : symbols)
        if (valueOf(s) < 0) return false;
    return true;
}

}  // namespace

std::optional<TrackingCode> TrackingCode::make(std::string_view prefix, std::string_view random) {
    if (prefix.size() != kPrefix || random.size() != kRandom || !allValid(prefix) || !allValid(random))
        return std::nullopt;
    std::string payload = std::string(prefix) + std::string(random);
    payload += checkSymbol(payload);
    return TrackingCode(std::move(payload));
}

std::string TrackingCode::randomSymbols() {
    std::array<unsigned char, kRandom> bytes{};
    fillRandom(bytes);
    std::string symbols;
    for (const unsigned char b : bytes) symbols += kAlphabet[b & 31];
    return symbols;
}

std::optional<TrackingCode> TrackingCode::parse(std::string_view typed) {
    if (judge(typed) != Typed::Complete) return std::nullopt;
    return TrackingCode(symbolsOf(typed));
}

TrackingCode::Typed TrackingCode::judge(std::string_view typed) {
    const std::string symbols = symbolsOf(typed);
    if (!allValid(symbols)) return Typed::ForeignSymbol;
    if (symbols.size() < kSymbols) return Typed::Incomplete;
    if (symbols.size() > kSymbols) return Typed::TooLong;
    return checkSymbol(std::string_view(symbols).substr(0, kSymbols - 1)) == symbols.back() ? Typed::Complete
                                                                                            : Typed::WrongCheck;
}

std::string TrackingCode::group(std::string_view typed) {
    std::string grouped;
    std::size_t count = 0;
    for (const char s : symbolsOf(typed)) {
        if (s == '?') continue;
        if (count > 0 && count % 3 == 0 && count < kSymbols) grouped += '-';
        grouped += s;
        ++count;
    }
    return grouped;
}

}  // namespace tram::base
