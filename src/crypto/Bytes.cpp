#include "crypto/Bytes.h"

#include <sodium.h>

#include <new>
#include <stdexcept>

#include "crypto/Sodium.h"

namespace tram::crypto {
namespace {

std::string encode(ByteView bytes, int variant) {
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    text.pop_back();  // sodium's closing NUL
    return text;
}

/// Only the one text that encode() gives is taken: sodium lets stray trailing bits by.
std::optional<Bytes> decode(std::string_view text, int variant) {
    Bytes bytes(text.size() / 4 * 3 + 3);
    std::size_t length = 0;
    const char* end = nullptr;
    if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, &end,
                          variant) != 0 ||
        end != text.data() + text.size())
        return std::nullopt;
    bytes.resize(length);
    if (encode(bytes, variant) != text) return std::nullopt;
    return bytes;
}

int hexDigit(char c) {
    if ('0' <= c && c <= '9') return c - '0';
    if ('a' <= c && c <= 'f') return c - 'a' + 10;
    return -1;
}

crypto_hash_sha256_state* shaState(std::array<unsigned char, 128>& bytes) {
    return std::launder(reinterpret_cast<crypto_hash_sha256_state*>(bytes.data()));
}

}  // namespace

std::string toBase64Url(ByteView bytes) {
    return encode(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}
std::optional<Bytes> fromBase64Url(std::string_view text) {
    return decode(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}
std::string toBase64(ByteView bytes) {
    return encode(bytes, sodium_base64_VARIANT_ORIGINAL);
}
std::optional<Bytes> fromBase64(std::string_view text) {
    return decode(text, sodium_base64_VARIANT_ORIGINAL);
}

std::string toHex(ByteView bytes) {
    std::string text(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    text.pop_back();
    return text;
}

std::optional<Bytes> fromHex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hexDigit(text[i]), low = hexDigit(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes.push_back(static_cast<unsigned char>(high << 4 | low));
    }
    return bytes;
}

Bytes randomBytes(std::size_t count) {
    ensureSodium();
    Bytes bytes(count);
    if (count > 0) randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::string sha256Hex(ByteView bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.finishHex();
}

Sha256::Sha256() {
    static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(state_));
    static_assert(alignof(crypto_hash_sha256_state) <= 64);
    new (state_.data()) crypto_hash_sha256_state;
    crypto_hash_sha256_init(shaState(state_));
}

void Sha256::add(ByteView bytes) {
    crypto_hash_sha256_update(shaState(state_), bytes.data(), bytes.size());
}

std::string Sha256::finishHex() {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256_final(shaState(state_), digest.data());
    return toHex(digest);
}

std::string keyedHashHex(ByteView key, ByteView message) {
    ensureSodium();
    std::array<unsigned char, 32> digest{};
    if (key.empty() || crypto_generichash(digest.data(), digest.size(), message.data(), message.size(),
                                          key.data(), key.size()) != 0)
        throw std::invalid_argument("keyedHashHex: a key has 1 to 64 bytes");
    return toHex(digest);
}

bool equalConstantTime(ByteView a, ByteView b) {
    return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace tram::crypto
