#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"
#include "crypto/Bytes.h"

namespace tram::oidc {

enum class Algorithm { EdDsa, Es256, Rs256 };
std::string_view name(Algorithm algorithm);  ///< as in `alg`: "EdDSA", "ES256", "RS256"
std::optional<Algorithm> algorithmFrom(std::string_view alg);

/// One public key that signs: OKP/Ed25519 (RFC 8037), EC/P-256 or RSA of 2048 to 4096 bits (RFC 7518 §6).
class Jwk {
  public:
    const std::string& keyId() const { return keyId_; }  ///< "" when it has none
    Algorithm algorithm() const { return algorithm_; }   ///< the only one this key is used for
    bool verify(crypto::ByteView message, crypto::ByteView signature) const;

    struct Verifier;

  private:
    friend class Jwks;
    std::string keyId_;
    Algorithm algorithm_ = Algorithm::EdDsa;
    std::shared_ptr<const Verifier> verifier_;
};

/// RFC 7517 §5. Keys that do not sign, or of a kind we do not use, are passed over (as §5 asks); a key that
/// says it is one of ours and is not makes the whole set Malformed, as does a doubled `kid`.
class Jwks {
  public:
    static constexpr std::size_t kMaxBytes = 64u << 10, kMaxKeys = 32;
    static base::Result<Jwks> parse(std::string_view json);

    /// The key of that name; a token without `kid` fits only a set with a single key of its algorithm.
    const Jwk* find(const std::optional<std::string>& keyId, Algorithm algorithm) const;
    bool has(std::string_view keyId) const;
    std::size_t size() const { return keys_.size(); }

  private:
    std::vector<Jwk> keys_;
};

}  // namespace tram::oidc
