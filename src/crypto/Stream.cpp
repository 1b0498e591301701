#include "crypto/Stream.h"

#include <sodium.h>

#include <algorithm>

#include "crypto/Sodium.h"

namespace tram::crypto {
namespace {

using base::ProblemKind;

constexpr std::size_t kPiece = 64 * 1024;
constexpr std::size_t kTag = crypto_secretstream_xchacha20poly1305_ABYTES;

struct State {
    crypto_secretstream_xchacha20poly1305_state value{};
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { base::wipe(&value, sizeof value); }
};

StreamKey newKey(State& state) {
    Bytes key = randomBytes(crypto_secretstream_xchacha20poly1305_KEYBYTES);
    Bytes header(crypto_secretstream_xchacha20poly1305_HEADERBYTES);
    crypto_secretstream_xchacha20poly1305_init_push(&state.value, header.data(), key.data());
    return {base::SecretBytes(std::move(key)), std::move(header)};
}

bool isShaped(const StreamKey& key) {
    return key.key.reveal().size() == crypto_secretstream_xchacha20poly1305_KEYBYTES &&
           key.header.size() == crypto_secretstream_xchacha20poly1305_HEADERBYTES;
}

/// Every piece but the last is full, so the plain size follows from the cipher's.
std::optional<std::size_t> plainSize(std::size_t cipher) {
    const std::size_t full = cipher / (kPiece + kTag), rest = cipher % (kPiece + kTag);
    if (cipher == 0 || (rest != 0 && rest < kTag)) return std::nullopt;
    return full * kPiece + (rest == 0 ? 0 : rest - kTag);
}

/// Opens all pieces into `out`, which has plainSize() bytes; true when the last and only the last was final.
bool openPieces(State& state, ByteView cipher, ByteView associated, unsigned char* out) {
    unsigned char tag = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
    while (!cipher.empty() && tag == crypto_secretstream_xchacha20poly1305_TAG_MESSAGE) {
        const auto part = cipher.first(std::min(cipher.size(), kPiece + kTag));
        cipher = cipher.subspan(part.size());
        if (crypto_secretstream_xchacha20poly1305_pull(&state.value, out, nullptr, &tag, part.data(),
                                                       part.size(), associated.data(),
                                                       associated.size()) != 0)
            return false;
        out += part.size() - kTag;
    }
    return cipher.empty() && tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
}

}  // namespace

base::Result<StreamKey> encryptStream(ByteView plain, ByteView associated, const Sink& sink) {
    ensureSodium();
    State state;
    StreamKey key = newKey(state);
    Bytes piece(kPiece + kTag);
    do {
        const auto part = plain.first(std::min(plain.size(), kPiece));
        plain = plain.subspan(part.size());
        const unsigned char tag = plain.empty() ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                                : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
        crypto_secretstream_xchacha20poly1305_push(&state.value, piece.data(), nullptr, part.data(),
                                                   part.size(), associated.data(), associated.size(), tag);
        if (auto written = sink(ByteView(piece).first(part.size() + kTag)); !written)
            return tl::unexpected(written.error());
    } while (!plain.empty());
    return key;
}

base::Result<base::SecretBytes> decryptStream(ByteView cipher, const StreamKey& key, ByteView associated,
                                              std::size_t limit) {
    ensureSodium();
    State state;
    if (!isShaped(key) || crypto_secretstream_xchacha20poly1305_init_pull(&state.value, key.header.data(),
                                                                          key.key.reveal().data()) != 0)
        return base::fail(ProblemKind::Malformed);
    const auto size = plainSize(cipher.size());
    if (!size) return base::fail(ProblemKind::BadSeal);
    if (*size > limit) return base::fail(ProblemKind::TooLarge, {{"expected", std::to_string(limit)}});
    Bytes plain(*size);  // whole size at once: growing would leave copies behind
    const bool genuine = openPieces(state, cipher, associated, plain.data());
    base::SecretBytes out(std::move(plain));
    if (!genuine) return base::fail(ProblemKind::BadSeal);
    return out;
}

}  // namespace tram::crypto
