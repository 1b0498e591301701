#include "crypto/Keys.h"

#include <sodium.h>

#include <stdexcept>

#include "base/Crockford.h"
#include "crypto/KeyFile.h"
#include "crypto/Sodium.h"

namespace tram::crypto {
namespace {

std::optional<Bytes> parse32(std::string_view base64url) {
    auto bytes = fromBase64Url(base64url);
    if (!bytes || bytes->size() != 32) return std::nullopt;
    return bytes;
}

}  // namespace

std::optional<VerifyKey> VerifyKey::parse(std::string_view base64url) {
    auto bytes = parse32(base64url);
    // A point of small order would "verify" signatures nobody made (RFC 8032 §8.9 leaves the check to us).
    std::array<unsigned char, 32> unused{};
    ensureSodium();
    if (!bytes || crypto_sign_ed25519_pk_to_curve25519(unused.data(), bytes->data()) != 0)
        return std::nullopt;
    return VerifyKey(std::move(*bytes));
}

bool VerifyKey::verify(ByteView message, ByteView signature) const {
    return signature.size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(signature.data(), message.data(), message.size(), bytes_.data()) == 0;
}

std::string VerifyKey::text() const {
    return toBase64Url(bytes_);
}

std::string VerifyKey::fingerprint() const {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), bytes_.data(), bytes_.size());
    return base::crockford::encode(ByteView(digest).first(10));
}

SigningKey SigningKey::generate() {
    return fromSecret(base::SecretBytes(randomBytes(crypto_sign_SEEDBYTES))).value();
}

base::Result<SigningKey> SigningKey::fromSecret(base::SecretBytes secret) {
    if (secret.reveal().size() != crypto_sign_SEEDBYTES) return base::fail(base::ProblemKind::Malformed);
    ensureSodium();
    Bytes publicKey(crypto_sign_PUBLICKEYBYTES), pair(crypto_sign_SECRETKEYBYTES);
    crypto_sign_seed_keypair(publicKey.data(), pair.data(), secret.reveal().data());
    SigningKey key;
    key.pair_ = base::SecretBytes(std::move(pair));
    return key;
}

base::SecretBytes SigningKey::secret() const {
    const auto& pair = pair_.reveal();
    return base::SecretBytes(Bytes(pair.begin(), pair.begin() + crypto_sign_SEEDBYTES));
}

base::Result<SigningKey> SigningKey::load(const std::filesystem::path& path) {
    return loadKeyFile(path, crypto_sign_SEEDBYTES).and_then(fromSecret);
}

base::Result<void> SigningKey::save(const std::filesystem::path& path) const {
    return saveKeyFile(path, secret());
}

Bytes SigningKey::sign(ByteView message) const {
    Bytes signature(crypto_sign_BYTES);
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), pair_.reveal().data());
    return signature;
}

VerifyKey SigningKey::verifyKey() const {
    const auto& pair = pair_.reveal();
    return VerifyKey(Bytes(pair.begin() + crypto_sign_SEEDBYTES, pair.end()));
}

std::optional<SealingKey> SealingKey::parse(std::string_view base64url) {
    auto bytes = parse32(base64url);
    if (!bytes) return std::nullopt;
    // crypto_box_seal refuses points of small order; find out here and not when a report is to be kept.
    ensureSodium();
    Bytes sealed(crypto_box_SEALBYTES);
    if (crypto_box_seal(sealed.data(), nullptr, 0, bytes->data()) != 0) return std::nullopt;
    return SealingKey(std::move(*bytes));
}

Bytes SealingKey::seal(ByteView plain) const {
    ensureSodium();
    Bytes sealed(plain.size() + crypto_box_SEALBYTES);
    if (crypto_box_seal(sealed.data(), plain.data(), plain.size(), bytes_.data()) != 0)
        throw std::logic_error("SealingKey holds a key that parse() refuses");
    return sealed;
}

std::string SealingKey::text() const {
    return toBase64Url(bytes_);
}
std::string SealingKey::id() const {
    return sha256Hex(bytes_).substr(0, 16);
}

OpeningKey OpeningKey::generate() {
    OpeningKey key;
    key.secret_ = base::SecretBytes(randomBytes(crypto_box_SECRETKEYBYTES));
    return key;
}

base::Result<OpeningKey> OpeningKey::fromSecret(base::SecretBytes secret) {
    if (secret.reveal().size() != crypto_box_SECRETKEYBYTES) return base::fail(base::ProblemKind::Malformed);
    ensureSodium();
    OpeningKey key;
    key.secret_ = std::move(secret);
    return key;
}

base::Result<OpeningKey> OpeningKey::load(const std::filesystem::path& path) {
    return loadKeyFile(path, crypto_box_SECRETKEYBYTES).and_then(fromSecret);
}

base::Result<void> OpeningKey::save(const std::filesystem::path& path) const {
    return saveKeyFile(path, secret_);
}

base::Result<base::SecretBytes> OpeningKey::open(ByteView sealed) const {
    if (sealed.size() < crypto_box_SEALBYTES) return base::fail(base::ProblemKind::BadSeal);
    Bytes plain(sealed.size() - crypto_box_SEALBYTES);
    const Bytes publicKey = sealingKey().bytes_;
    const int opened = crypto_box_seal_open(plain.data(), sealed.data(), sealed.size(), publicKey.data(),
                                            secret_.reveal().data());
    base::SecretBytes result(std::move(plain));
    if (opened != 0) return base::fail(base::ProblemKind::BadSeal);
    return result;
}

SealingKey OpeningKey::sealingKey() const {
    Bytes publicKey(crypto_box_PUBLICKEYBYTES);
    crypto_scalarmult_base(publicKey.data(), secret_.reveal().data());
    return SealingKey(std::move(publicKey));
}

}  // namespace tram::crypto
