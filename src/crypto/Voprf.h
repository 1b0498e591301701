#pragma once
#include <optional>
#include <string_view>

#include "base/Result.h"
#include "base/Secret.h"
#include "crypto/Bytes.h"

/// Verifiable oblivious pseudorandom function, RFC 9497 §3.3.2 with ristretto255 and SHA-512 (§4.1): the
/// server computes a value of an input that it does not see, and proves that it did so with the key it has
/// shown to all. One input at a time. Names are the RFC's.
namespace tram::crypto::voprf {

constexpr std::size_t kElement = 32, kScalar = 32, kProof = 64, kOutput = 64;

/// Never the identity (§4.1); in the one form a group element has.
class Element {
  public:
    static std::optional<Element> parse(ByteView bytes);
    const Bytes& bytes() const { return bytes_; }
    bool operator==(const Element&) const = default;

  private:
    explicit Element(Bytes bytes) : bytes_(std::move(bytes)) {}
    friend struct Group;
    Bytes bytes_;
};
using PublicKey = Element;

/// What a client keeps to itself between asking and finalizing.
struct Blinded {
    base::SecretBytes input, blind;
    Element element;  ///< what the server gets
};
struct Evaluated {
    Element element;
    Bytes proof;  ///< kProof bytes: c, s
};

class ServerKey {
  public:
    /// DeriveKeyPair (§3.2.1): the same for the same 32 bytes and info (at most 65,535 bytes).
    static ServerKey derive(const base::SecretBytes& seed, std::string_view info);
    const PublicKey& publicKey() const { return public_; }
    /// BlindEvaluate.
    Evaluated evaluate(const Element& blinded) const;
    /// Evaluate: what a client gets who had `input` evaluated.
    base::SecretBytes evaluate(ByteView input) const;

    /// For the RFC's vectors: with r of the proof given. OutOfRange for a scalar that is none.
    base::Result<Evaluated> evaluateWith(const Element& blinded, ByteView r) const;

  private:
    ServerKey(base::SecretBytes secret, PublicKey shown)
        : secret_(std::move(secret)), public_(std::move(shown)) {}
    base::SecretBytes secret_;
    PublicKey public_;
};

Blinded blind(base::SecretBytes input);
/// For the RFC's vectors.
base::Result<Blinded> blindWith(base::SecretBytes input, ByteView blind);
/// BadSignature when the proof does not fit the key that was shown.
base::Result<base::SecretBytes> finalize(const Blinded& asked, const Evaluated& got, const PublicKey& key);

}  // namespace tram::crypto::voprf
