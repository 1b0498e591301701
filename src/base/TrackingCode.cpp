#include "base/TrackingCode.h"

#include <array>

#include "base/Crockford.h"
#include "base/Random.h"

namespace tram::base {
namespace {

constexpr std::size_t kPrefix = 3, kRandom = 6;

char checkSymbol(std::string_view payload) {
    int sum = 0, factor = 2;
    for (auto symbol = payload.rbegin(); symbol != payload.rend(); ++symbol, factor = 3 - factor) {
        const int addend = factor * crockford::valueOf(*symbol);
        sum += addend / 32 + addend % 32;
    }
    return crockford::kAlphabet[static_cast<std::size_t>((32 - sum % 32) % 32)];
}

}  // namespace

std::optional<TrackingCode> TrackingCode::make(std::string_view prefix, std::string_view random) {
    if (prefix.size() != kPrefix || random.size() != kRandom || !crockford::allValid(prefix) ||
        !crockford::allValid(random))
        return std::nullopt;
    std::string payload = std::string(prefix) + std::string(random);
    payload += checkSymbol(payload);
    return TrackingCode(std::move(payload));
}

std::string TrackingCode::randomSymbols() {
    std::array<unsigned char, kRandom> bytes{};
    fillRandom(bytes);
    std::string symbols;
    for (const unsigned char b : bytes) symbols += crockford::kAlphabet[b & 31];
    return symbols;
}

std::optional<TrackingCode> TrackingCode::parse(std::string_view typed) {
    if (judge(typed) != Typed::Complete) return std::nullopt;
    return TrackingCode(crockford::symbolsOf(typed));
}

bool TrackingCode::isSymbols(std::string_view text) {
    const auto code = parse(text);
    return code && code->symbols() == text;
}

TrackingCode::Typed TrackingCode::judge(std::string_view typed) {
    const std::string symbols = crockford::symbolsOf(typed);
    if (!crockford::allValid(symbols)) return Typed::ForeignSymbol;
    if (symbols.size() < kSymbols) return Typed::Incomplete;
    if (symbols.size() > kSymbols) return Typed::TooLong;
    return checkSymbol(std::string_view(symbols).substr(0, kSymbols - 1)) == symbols.back()
               ? Typed::Complete
               : Typed::WrongCheck;
}

std::string TrackingCode::group(std::string_view typed) {
    std::string grouped;
    std::size_t count = 0;
    for (const char s : crockford::symbolsOf(typed)) {
        if (s == crockford::kForeign) continue;
        if (count > 0 && count % 3 == 0 && count < kSymbols) grouped += '-';
        grouped += s;
        ++count;
    }
    return grouped;
}

}  // namespace tram::base
