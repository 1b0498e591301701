#pragma once
#include <functional>
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
    bool verify(crypto::ByteView message, crypto::ByteView signature) const {
        return verify_(message, signature);
    }

  private:
    friend class Jwks;
    using Verify = std::function<bool(crypto::ByteView message, crypto::ByteView signature)>;
    Jwk(std::string keyId, Algorithm algorithm, Verify verify)
        : keyId_(std::move(keyId)), algorithm_(algorithm), verify_(std::move(verify)) {}

    std::string keyId_;
    Algorithm algorithm_;
    Verify verify_;
};

/// RFC 7517 §5. Keys that do not sign, or of a kind we do not use, are passed over (as §5 asks); a key that
/// says it is one of ours and is not makes the whole set Malformed, as does a doubled `kid`.
class Jwks {
  public:
    static constexpr std::size_t kMaxBytes = 64u << 10, kMaxKeys = 32;
    static base::Result<Jwks> parse(std::string_view json);

    /// The key of that name, whatever it is for; without a name, the only key of that algorithm.
    const Jwk* find(const std::optional<std::string>& keyId, Algorithm algorithm) const;
    std::size_t size() const { return keys_.size(); }

  private:
    struct Reader;
    std::vector<Jwk> keys_;
};

}  // namespace tram::oidc
