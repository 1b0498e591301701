#include "crypto/Stream.h"

#include <sodium.h>

#include <catch2/catch.hpp>
#include <random>

using namespace tram;
using namespace tram::crypto;
using base::ProblemKind;

namespace {

constexpr std::size_t kPiece = 64 * 1024, kTag = 17;
const std::string kId = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";

struct Encrypted {
    StreamKey key;
    Bytes cipher;
};

Encrypted encrypt(const Bytes& plain, std::string_view id = kId) {
    Bytes cipher;
    auto key = encryptStream(plain, view(id), [&](ByteView piece) -> base::Result<void> {
        cipher.insert(cipher.end(), piece.begin(), piece.end());
        return {};
    });
    REQUIRE(key);
    return {std::move(*key), std::move(cipher)};
}

Bytes someBytes(std::size_t size) {
    std::mt19937 random(static_cast<unsigned>(size) + 1);
    Bytes bytes(size);
    for (auto& b : bytes) b = static_cast<unsigned char>(random());
    return bytes;
}

ProblemKind refusal(ByteView cipher, const StreamKey& key, std::string_view id = kId) {
    const auto opened = decryptStream(cipher, key, view(id), 10u << 20);
    REQUIRE_FALSE(opened);
    return opened.error().kind;
}

}  // namespace

TEST_CASE("any size comes back, in pieces of 64 KiB") {
    const std::size_t size =
        GENERATE(0u, 1u, 100u, kPiece - 1, kPiece, kPiece + 1, 3 * kPiece, 3 * kPiece + 12345);
    const auto plain = someBytes(size);
    const auto e = encrypt(plain);
    const std::size_t pieces = size == 0 ? 1 : (size + kPiece - 1) / kPiece;
    CHECK(e.cipher.size() == size + pieces * kTag);
    CHECK(e.key.key.reveal().size() == 32);
    CHECK(e.key.header.size() == 24);
    const auto opened = decryptStream(e.cipher, e.key, view(kId), size);
    REQUIRE(opened);
    CHECK(opened->reveal() == plain);
    if (size > 0) {
        const auto over = decryptStream(e.cipher, e.key, view(kId), size - 1);
        REQUIRE_FALSE(over);
        CHECK(over.error().kind == ProblemKind::TooLarge);
    }
}

TEST_CASE("a stream cut anywhere is refused") {
    const auto e = encrypt(someBytes(2 * kPiece + 50));
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, kTag - 1, kTag, kPiece, kPiece + kTag - 1, kPiece + kTag,
          kPiece + kTag + 1, kPiece + 2 * kTag, 2 * (kPiece + kTag), 2 * (kPiece + kTag) + 5,
          2 * (kPiece + kTag) + kTag, e.cipher.size() - 1}) {
        CAPTURE(size);
        CHECK(refusal(ByteView(e.cipher).first(size), e.key) == ProblemKind::BadSeal);
    }
}

TEST_CASE("nothing may follow the last piece") {
    for (const std::size_t size : {std::size_t{10}, kPiece}) {
        const auto e = encrypt(someBytes(size));
        for (const std::size_t more : {std::size_t{1}, kTag, std::size_t{1000}, e.cipher.size()}) {
            auto longer = e.cipher;
            for (std::size_t i = 0; i < more; ++i) longer.push_back(e.cipher[i % e.cipher.size()]);
            CHECK(refusal(longer, e.key) == ProblemKind::BadSeal);
        }
    }
}

TEST_CASE("pieces cannot change places, and no bit can change") {
    const auto e = encrypt(someBytes(2 * kPiece + 50));
    auto swapped = e.cipher;
    std::swap_ranges(swapped.begin(), swapped.begin() + kPiece + kTag, swapped.begin() + kPiece + kTag);
    CHECK(refusal(swapped, e.key) == ProblemKind::BadSeal);
    const auto small = encrypt(someBytes(40));
    for (std::size_t i = 0; i < small.cipher.size(); ++i) {
        auto changed = small.cipher;
        changed[i] ^= 1;
        REQUIRE(refusal(changed, small.key) == ProblemKind::BadSeal);
    }
}

TEST_CASE("a stream belongs to its envelope and its key") {
    const auto e = encrypt(someBytes(100)), other = encrypt(someBytes(100));
    CHECK(refusal(e.cipher, e.key, "017f22e2-79b0-7cc3-98c4-dc0c0c073990") == ProblemKind::BadSeal);
    CHECK(refusal(e.cipher, e.key, "") == ProblemKind::BadSeal);
    CHECK(refusal(e.cipher, other.key) == ProblemKind::BadSeal);
    CHECK(e.key.key.reveal() != other.key.key.reveal());
    StreamKey header{e.key.key.copy(), other.key.header};
    CHECK(refusal(e.cipher, header) == ProblemKind::BadSeal);
}

TEST_CASE("an ill-shaped key is malformed, not a crash") {
    const auto e = encrypt(someBytes(100));
    CHECK(refusal(e.cipher, StreamKey{base::SecretBytes(Bytes(31)), e.key.header}) == ProblemKind::Malformed);
    CHECK(refusal(e.cipher, StreamKey{e.key.key.copy(), Bytes(23)}) == ProblemKind::Malformed);
    CHECK(refusal(e.cipher, StreamKey{}) == ProblemKind::Malformed);
}

TEST_CASE("a stream whose last piece is not marked final is refused") {
    // As an attacker with the key, or a writer that died, would leave it.
    StreamKey key{base::SecretBytes(Bytes(32, 7)), Bytes(24)};
    crypto_secretstream_xchacha20poly1305_state state;
    crypto_secretstream_xchacha20poly1305_init_push(&state, key.header.data(), key.key.reveal().data());
    Bytes cipher(5 + kTag);
    for (const unsigned char tag :
         {crypto_secretstream_xchacha20poly1305_TAG_MESSAGE, crypto_secretstream_xchacha20poly1305_TAG_PUSH,
          crypto_secretstream_xchacha20poly1305_TAG_REKEY}) {
        crypto_secretstream_xchacha20poly1305_init_push(&state, key.header.data(), key.key.reveal().data());
        crypto_secretstream_xchacha20poly1305_push(
            &state, cipher.data(), nullptr, reinterpret_cast<const unsigned char*>("hello"), 5,
            reinterpret_cast<const unsigned char*>(kId.data()), kId.size(), tag);
        CHECK(refusal(cipher, key) == ProblemKind::BadSeal);
    }
}

TEST_CASE("what the sink says is passed on") {
    const auto plain = someBytes(3 * kPiece);
    int pieces = 0;
    const auto key = encryptStream(plain, view(kId), [&](ByteView) -> base::Result<void> {
        if (++pieces == 2) return base::fail(ProblemKind::DiskFull);
        return {};
    });
    REQUIRE_FALSE(key);
    CHECK(key.error().kind == ProblemKind::DiskFull);
    CHECK(pieces == 2);
}
