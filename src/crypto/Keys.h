#pragma once
#include <filesystem>
#include <string>

#include "base/Result.h"
#include "base/Secret.h"
#include "crypto/Bytes.h"

namespace tram::crypto {

/// Ed25519 (RFC 8032). Public keys travel as base64url of 32 bytes.
class VerifyKey {
  public:
    static std::optional<VerifyKey> parse(std::string_view base64url);
    bool verify(ByteView message, ByteView signature) const;
    std::string text() const;
    /// First 80 bits of SHA-256 over the key, Crockford base 32: short enough to read aloud.
    std::string fingerprint() const;
    const Bytes& bytes() const { return bytes_; }

  private:
    friend class SigningKey;
    explicit VerifyKey(Bytes bytes) : bytes_(std::move(bytes)) {}
    Bytes bytes_;
};

class SigningKey {
  public:
    static SigningKey generate();
    /// The file holds the 32-byte seed; refused (KeyExposed) unless it is ours and closed to others.
    static base::Result<SigningKey> load(const std::filesystem::path& path);
    base::Result<void> save(const std::filesystem::path& path) const;  ///< mode 0600, durable
    /// For the escrow alone: 32 bytes, and back. Malformed for any other size.
    base::SecretBytes secret() const;
    static base::Result<SigningKey> fromSecret(base::SecretBytes secret);
    Bytes sign(ByteView message) const;
    VerifyKey verifyKey() const;

  private:
    /// Seed and public key, as libsodium signs with: made once and not for each signature.
    base::SecretBytes pair_;
};

/// X25519 sealed boxes (libsodium crypto_box_seal): anyone can seal, only the gateway opens.
class SealingKey {
  public:
    static std::optional<SealingKey> parse(std::string_view base64url);
    Bytes seal(ByteView plain) const;
    std::string text() const;
    /// Names the key in an envelope: first 16 hex of SHA-256 over it.
    std::string id() const;

  private:
    friend class OpeningKey;
    explicit SealingKey(Bytes bytes) : bytes_(std::move(bytes)) {}
    Bytes bytes_;
};

class OpeningKey {
  public:
    static OpeningKey generate();
    static base::Result<OpeningKey> load(const std::filesystem::path& path);
    base::Result<void> save(const std::filesystem::path& path) const;
    /// For the escrow alone, as SigningKey's.
    base::SecretBytes secret() const { return secret_.copy(); }
    static base::Result<OpeningKey> fromSecret(base::SecretBytes secret);
    base::Result<base::SecretBytes> open(ByteView sealed) const;
    SealingKey sealingKey() const;

  private:
    base::SecretBytes secret_;
};

}  // namespace tram::crypto
