#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/Result.h"
#include "crypto/Keys.h"

namespace tram::wire {

/// What POST /v1/kiosks needs and gives. The one-time code reads "XXXX-XXXX-XXXX-XXXX-FFFF-FFFF-FFFF-FFFF":
/// 80 random bits, then the fingerprint of the gateway's Ed25519 identity key (VerifyKey::fingerprint), both
/// Crockford base 32. The answer is a DSSE document signed by that key, so a stranger in between gains
/// nothing.
struct EnrolmentCode {
    std::string secret;       ///< 16 symbols
    std::string fingerprint;  ///< 16 symbols
    static base::Result<EnrolmentCode> parse(std::string_view typed);
    std::string text() const;
};

/// A kiosk that was enrolled before shows that it still has its former key: what it kept under that one may
/// then come over the line of the new enrolment. The signature covers the one-time secret and the new key.
struct Succession {
    static constexpr std::string_view kPayloadType = "application/vnd.tram.succession+json";
    std::string formerKey;  ///< VerifyKey::text
    crypto::Bytes signature;
};

struct EnrolmentRequest {
    std::string secret;
    std::string kioskKey;  ///< VerifyKey::text
    std::optional<Succession> former = std::nullopt;
    void succeed(const crypto::SigningKey& formerKey);
    /// False when there is no former key, or its signature is somebody else's.
    bool formerProven() const;
    std::string toJson() const;
    static base::Result<EnrolmentRequest> parse(std::string_view json);
};

struct SealingKeyInfo {
    std::string key;                  ///< SealingKey::text
    std::string notBefore, notAfter;  ///< RFC 3339
};

struct EnrolmentAnswer {
    static constexpr std::string_view kPayloadType = "application/vnd.tram.enrolment+json";
    std::string kioskId;  ///< UUID; the OAuth client_id too
    std::string prefix;   ///< three symbols
    std::string wardCode, stationName;
    std::string gatewayKey;     ///< trust root: VerifyKey::text of the gateway's identity key
    std::string contentKey;     ///< signs feedback fields
    std::string tokenAudience;  ///< `aud` for private_key_jwt
    std::string publicUrl;      ///< base of phone links: publicUrl + "/t/" + code
    std::vector<SealingKeyInfo> sealingKeys;
    std::string toJson() const;
    static base::Result<EnrolmentAnswer> parse(std::string_view json);
};

}  // namespace tram::wire
