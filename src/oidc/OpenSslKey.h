#pragma once
#include <memory>
#include <optional>

#include "crypto/Bytes.h"

struct evp_pkey_st;

namespace tram::oidc {

/// A public key of the kinds that libsodium has not got, by OpenSSL: foreign issuers use them, our gateway
/// does not.
class OpenSslKey {
  public:
    /// P-256; nothing when the point is not on the curve. Coordinates of exactly 32 bytes (RFC 7518
    /// §6.2.1.2).
    static std::optional<OpenSslKey> p256(crypto::ByteView x, crypto::ByteView y);
    /// 2048 to 4096 bits (RFC 7518 §3.3); the exponent odd and at least 3.
    static std::optional<OpenSslKey> rsa(crypto::ByteView modulus, crypto::ByteView exponent);

    bool verifyEs256(crypto::ByteView message, crypto::ByteView signature) const;  ///< r and s, 32 bytes each
    bool verifyRs256(crypto::ByteView message, crypto::ByteView signature) const;

  private:
    explicit OpenSslKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
    bool verifySha256(crypto::ByteView message, crypto::ByteView signature) const;
    std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace tram::oidc
