#include "wire/VisitToken.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "base/Crockford.h"

namespace tram::wire {

namespace {

using crypto::Bytes;

constexpr std::size_t kHeadBytes = 4, kWardDigits = 5;
constexpr std::uint32_t kWardBits = 17, kMostWard = 99'999, kMostDays = (1u << 15) - 1;
constexpr std::chrono::sys_days kFirst = std::chrono::year(2020) / 1 / 1;

std::optional<std::uint32_t> numberOf(std::string_view ward) {
    std::uint32_t number = 0;
    const auto* end = ward.data() + ward.size();
    const auto [stopped, error] = std::from_chars(ward.data(), end, number);
    const bool fine = ward.size() == kWardDigits && error == std::errc() && stopped == end;
    return fine ? std::optional(number) : std::nullopt;
}

/// Five bits a symbol: 32 of them are whole bytes.
Bytes bytesOf(std::string_view symbols) {
    Bytes bytes;
    std::uint32_t held = 0;
    int bits = 0;
    for (const char symbol : symbols) {
        held = (held << 5) | static_cast<std::uint32_t>(base::crockford::valueOf(symbol));
        if ((bits += 5) < 8) continue;
        bits -= 8;
        bytes.push_back(static_cast<unsigned char>(held >> bits));
        held &= (1u << bits) - 1;
    }
    return bytes;
}

}  // namespace

bool VisitToken::holds(std::string_view ward, std::chrono::sys_days day) {
    const auto days = (day - kFirst).count();
    return numberOf(ward) && days >= 0 && days <= static_cast<std::int64_t>(kMostDays);
}

Bytes VisitToken::sealedPart() const {
    if (!holds(ward, day) || nonce.size() != kNonceBytes)
        throw std::logic_error("VisitToken: no such ward or day");
    const auto head = (static_cast<std::uint32_t>((day - kFirst).count()) << kWardBits) | *numberOf(ward);
    Bytes bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<unsigned char>(head >> shift));
    bytes.insert(bytes.end(), nonce.begin(), nonce.end());
    return bytes;
}

std::string VisitToken::text() const {
    auto bytes = sealedPart();
    if (seal.size() != kSealBytes) throw std::logic_error("VisitToken: not sealed");
    bytes.insert(bytes.end(), seal.begin(), seal.end());
    return base::crockford::encode(bytes);
}

std::optional<VisitToken> VisitToken::parse(std::string_view text) {
    const auto symbols = base::crockford::symbolsOf(text);
    if (symbols.size() != kSymbols || !base::crockford::allValid(symbols)) return std::nullopt;
    const auto bytes = bytesOf(symbols);
    std::uint32_t head = 0;
    for (std::size_t i = 0; i < kHeadBytes; ++i) head = (head << 8) | bytes[i];
    const auto number = head & ((1u << kWardBits) - 1);
    if (number > kMostWard) return std::nullopt;
    auto ward = std::to_string(number);
    ward.insert(0, kWardDigits - ward.size(), '0');
    const auto nonce = bytes.begin() + kHeadBytes, seal = nonce + kNonceBytes;
    return VisitToken{std::move(ward), kFirst + std::chrono::days(head >> kWardBits), Bytes(nonce, seal),
                      Bytes(seal, bytes.end())};
}

}  // namespace tram::wire
