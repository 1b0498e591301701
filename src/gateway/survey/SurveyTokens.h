#pragma once
#include <string>

#include "base/Result.h"
#include "base/Secret.h"
#include "crypto/Keys.h"
#include "crypto/Voprf.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

/// One token for each resident and survey, signed unseen (RFC 9497): what is kept of an issue is that
/// somebody, as a keyed hash of that survey's own, has had one, and what was asked with; nothing of when,
/// where, or what the token is. Each survey's key follows from the gateway's identity key, which never
/// changes and is in the escrow already. Any thread.
class SurveyTokens {
  public:
    SurveyTokens(SharedDatabase& reports, const crypto::SigningKey& identity);

    struct Issued {
        crypto::voprf::Evaluated evaluated;
        crypto::voprf::PublicKey key;
    };
    /// `subject`: Subjects::forSurvey. The same element once more gets the same answer; Conflict for another.
    base::Result<Issued> issue(const std::string& survey, const std::string& subject,
                               const crypto::voprf::Element& blinded);
    /// Whether `proof` is what only we can make of `token`; both base64url.
    bool isOurs(const std::string& survey, const base::SecretText& token,
                const base::SecretText& proof) const;
    crypto::voprf::PublicKey keyOf(const std::string& survey) const { return key(survey).publicKey(); }

  private:
    crypto::voprf::ServerKey key(const std::string& survey) const;
    SharedDatabase& reports_;
    base::SecretBytes seed_;
};

}  // namespace tram::gateway
