#pragma once
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tram::crypto {

using Bytes = std::vector<unsigned char>;
using ByteView = std::span<const unsigned char>;

inline ByteView view(std::string_view text) {
    return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

/// RFC 4648 §5, without padding; decoding is strict.
std::string toBase64Url(ByteView bytes);
std::optional<Bytes> fromBase64Url(std::string_view text);
/// RFC 4648 §4 with padding (DSSE wants it).
std::string toBase64(ByteView bytes);
std::optional<Bytes> fromBase64(std::string_view text);
std::string toHex(ByteView bytes);
std::optional<Bytes> fromHex(std::string_view text);

Bytes randomBytes(std::size_t count);
/// SHA-256 as lower-case hex, and streaming.
std::string sha256Hex(ByteView bytes);
inline std::string sha256Hex(std::string_view text) {
    return sha256Hex(view(text));
}
class Sha256 {
  public:
    Sha256();
    void add(ByteView bytes);
    std::string finishHex();

  private:
    alignas(64) std::array<unsigned char, 128> state_;
};
/// Keyed BLAKE2b-256 as hex: a look-up value that tells nothing without the key.
std::string keyedHashHex(ByteView key, ByteView message);
bool equalConstantTime(ByteView a, ByteView b);

}  // namespace tram::crypto
