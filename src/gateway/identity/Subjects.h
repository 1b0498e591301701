#pragma once
#include <string>

#include "base/Secret.h"
#include "crypto/Keys.h"

namespace tram::gateway {

/// Pairwise subjects (OpenID Connect Core §8.1): opaque, the same for one resident at one gateway. Their key
/// follows from the gateway's identity key, which never changes and is in the escrow already.
class Subjects {
  public:
    explicit Subjects(const crypto::SigningKey& identity);
    /// `sub` of our ID tokens: base64url of 32 bytes.
    base::SecretText of(std::string_view issuer, const base::SecretText& providerSubject) const;
    /// What stands beside a report for "my reports": tells neither `sub` nor person without our key.
    std::string indexOf(const base::SecretText& sub) const;
    /// Who has had a survey's token, or signed it once: in another survey it is another.
    std::string forSurvey(const std::string& survey, const base::SecretText& sub) const;
    /// What stands for one of their reports or dossiers among what they have seen: tells no code.
    std::string forItem(const base::SecretText& sub, const std::string& code) const;

    /// Whose phone, and who watches which dossier (gateway/notice).
    std::string forWatch(const base::SecretText& who) const;

  private:
    base::SecretBytes key_;
};

}  // namespace tram::gateway
