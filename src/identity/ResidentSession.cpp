#include "identity/ResidentSession.h"

#include "base/VietnameseText.h"

namespace tram::identity {

base::Result<ResidentSession> ResidentSession::make(oidc::IdToken claims, link::ResidentTokens tokens,
                                                    const base::BootTime& now) {
    ResidentSession session;
    session.name = base::SecretText(base::clean(claims.name.reveal()));
    if (session.name.empty()) return base::fail(base::ProblemKind::BadResponse, {{"detail", "name"}});
    session.accessToken = std::move(tokens.accessToken);
    session.subject = std::move(claims.subject);
    session.birthDate = std::move(claims.birthDate);
    session.personalNumber = std::move(claims.personalNumber);
    session.phone = std::move(claims.phoneNumber);
    session.accountLevel = claims.accountLevel;
    session.foreigner = claims.accountType == "foreigner";
    session.tokenEnds = {now.bootId, now.sinceBoot + tokens.lives};
    return session;
}

}  // namespace tram::identity
