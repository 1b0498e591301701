#pragma once
#include <string>
#include <string_view>

#include "base/Secret.h"
#include "crypto/Keys.h"
#include "wire/Rating.h"

namespace tram::gateway {

/// What ratings are known by. Its key follows from the gateway's identity key, which never changes and is in
/// the escrow already: nothing has to be kept of what is handed out, and a restored gateway knows its own.
class RatingKeys {
  public:
    explicit RatingKeys(const crypto::SigningKey& identity);

    /// DossierStatus::rate: whoever had a right to rate the dossier was told it, and nobody else can make it.
    std::string proofOf(std::string_view code, std::string_view office) const;
    bool proves(const wire::Rating& rating) const;
    /// The last ten bytes of a visit's token.
    crypto::Bytes visitSeal(crypto::ByteView sealedPart) const;
    /// What stands for a subject that is rated once: tells neither code nor token without our key.
    std::string subjectOf(const wire::Rating& rating) const;
    std::string ofDossier(std::string_view code) const;

  private:
    std::string keyed(std::string_view purpose, std::string_view value) const;
    base::SecretBytes key_;
};

}  // namespace tram::gateway
