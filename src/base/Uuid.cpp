#include "base/Uuid.h"

#include <array>

#include "base/Random.h"

namespace tram::base {
namespace {

constexpr std::size_t kTextLength = 36;

bool isDashPlace(std::size_t i) {
    return i == 8 || i == 13 || i == 18 || i == 23;
}
bool isLowerHex(char c) {
    return ('0' <= c && c <= '9') || ('a' <= c && c <= 'f');
}

std::string format(const std::array<unsigned char, 16>& bytes) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(kTextLength);
    for (const unsigned char b : bytes) {
        if (isDashPlace(text.size())) text += '-';
        text += kDigits[b >> 4];
        text += kDigits[b & 15];
    }
    return text;
}

}  // namespace

Uuid Uuid::v7(WallTime now) {
    std::array<unsigned char, 16> bytes{};
    fillRandom(bytes);
    const auto millis = static_cast<std::uint64_t>(now.time_since_epoch().count());
    for (int i = 0; i < 6; ++i) bytes[i] = static_cast<unsigned char>(millis >> (40 - 8 * i));
    bytes[6] = static_cast<unsigned char>(0x70 | (bytes[6] & 0x0f));
    bytes[8] = static_cast<unsigned char>(0x80 | (bytes[8] & 0x3f));
    return Uuid(format(bytes));
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
    if (text.size() != kTextLength) return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (isDashPlace(i) ? text[i] != '-' : !isLowerHex(text[i])) return std::nullopt;
    return Uuid(std::string(text));
}

}  // namespace tram::base
