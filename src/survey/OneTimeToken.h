#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/Result.h"
#include "base/Secret.h"
#include "crypto/Voprf.h"
#include "link/ResidentLine.h"

namespace tram::survey {

/// The public key of each survey's tokens as this station first saw it, in a small file of that gateway's
/// own (PackStore::dir): enrolled elsewhere, a station begins anew. A gateway that shows
/// this station another one later (to tell people apart by it) is not believed.
class TokenKeys {
  public:
    explicit TokenKeys(std::filesystem::path file) : file_(std::move(file)) {}
    /// UnknownKey when another one was seen before; what storing says. Any one thread at a time.
    base::Result<void> accept(const std::string& survey, const crypto::voprf::PublicKey& key);

  private:
    std::filesystem::path file_;
};

/// How a token is asked for; called in the background, and may block. Conflict: this resident has had one.
struct TokenService {
    std::function<base::Result<link::BlindedToken>(const std::string& survey,
                                                   const base::SecretText& accessToken,
                                                   const std::string& blinded)>
        ask;  ///< ResidentLine::surveyToken
    std::shared_ptr<TokenKeys> keys;
};

/// What makes an answer count once. A plain one is sixteen random bytes. One that is given to each resident
/// once is signed by the gateway without seeing it (RFC 9497, VOPRF, ristretto255): who checks it later
/// cannot tell to whom it was given.
struct OneTimeToken {
    base::SecretText text;   ///< base64url of 16 bytes; "" while there is none
    base::SecretText proof;  ///< base64url of the 64 bytes that only the gateway's key makes of it; "" for a
                             ///< plain one
    /// What was asked with: asking again must ask for the same.
    std::shared_ptr<const crypto::voprf::Blinded> asked;

    void makePlain();
};

/// Asks for the proof of what was blinded; blocks. As the service's problems, BadSignature, UnknownKey
/// (TokenKeys).
base::Result<base::SecretText> askFor(const std::string& survey, const base::SecretText& accessToken,
                                      const crypto::voprf::Blinded& asked, const TokenService& service);

}  // namespace tram::survey
