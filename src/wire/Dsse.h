#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"
#include "crypto/Keys.h"

namespace tram::wire {

/// DSSE v1 (github.com/secure-systems-lab/dsse): Ed25519 over PAE(payloadType, payload) of the exact bytes.
/// {"payloadType":…, "payload":base64, "signatures":[{"keyid":…, "sig":base64}]}
struct Dsse {
    std::string payloadType;
    std::string payload;
    std::string keyId;
    crypto::Bytes signature;

    static Dsse sign(std::string payloadType, std::string payload, std::string keyId,
                     const crypto::SigningKey& key);
    static base::Result<Dsse> parse(std::string_view json);
    bool verify(const crypto::VerifyKey& key) const;
    std::string toJson() const;
};

/// The same with several signatures, of which a threshold must hold.
struct Cosigned {
    static constexpr std::size_t kMaxSignatures = 16;
    struct Signature {
        std::string keyId;  ///< claimed: nothing follows from it
        crypto::Bytes bytes;
    };
    std::string payloadType;
    std::string payload;
    std::vector<Signature> signatures;

    /// Malformed, TooLarge.
    static base::Result<Cosigned> parse(std::string_view json);
    /// Its key id is the key's fingerprint. Signing twice with one key leaves one signature.
    void sign(const crypto::SigningKey& key);
    std::string toJson() const;
    /// How many of `keys`, each of which counts once, have signed exactly these bytes.
    std::size_t signers(const std::vector<crypto::VerifyKey>& keys) const;
};

}  // namespace tram::wire
