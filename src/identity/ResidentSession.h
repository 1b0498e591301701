#pragma once
#include <string>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "link/ResidentLine.h"
#include "oidc/IdToken.h"

namespace tram::identity {

/// Who has logged in. Handed down explicitly to whatever needs it and ends with the process; nothing of it is
/// ever written anywhere but into a sealed action.
struct ResidentSession {
    base::SecretText accessToken;     ///< opaque, of the gateway; for GET /v1/me/… and nothing else
    base::SecretText subject;         ///< pairwise and opaque: the same resident at this gateway has the same
    base::SecretText name;            ///< NFC
    base::SecretText birthDate;       ///< YYYY-MM-DD; may be empty
    base::SecretText personalNumber;  ///< 12 digits; empty for a foreigner
    base::SecretText phone;           ///< may be empty
    int accountLevel = 0;             ///< 1 or 2
    bool foreigner = false;
    base::BootTime tokenEnds;  ///< no longer good for the access token after this

    bool tokenIsGood(const base::BootTime& now) const {
        return now.bootId == tokenEnds.bootId && now.sinceBoot < tokenEnds.sinceBoot;
    }
    /// From verified claims and the token that came with them. BadResponse when the claims lack a name.
    static base::Result<ResidentSession> make(oidc::IdToken claims, link::ResidentTokens tokens,
                                              const base::BootTime& now);
};

}  // namespace tram::identity
