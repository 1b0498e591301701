#pragma once
#include <filesystem>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "crypto/Keys.h"
#include "wire/Enrolment.h"

namespace tram::device {

/// This kiosk's place in the city: dataDir/enrolment.json (public) and dataDir/kiosk.key (0600).
struct Enrolment {
    wire::EnrolmentAnswer answer;
    crypto::SigningKey key;

    /// NotEnrolled when there is none yet; KeyExposed, KeyMissing, Malformed.
    static base::Result<Enrolment> load(const std::filesystem::path& dataDir);
    base::Result<void> save(const std::filesystem::path& dataDir) const;
    /// The sealing key in force at `now`; Expired when all have run out.
    base::Result<crypto::SealingKey> sealingKey(base::WallTime now) const;
    /// Derived from the kiosk's key (keyed BLAKE2b), for tracking-code look-ups in the store.
    base::SecretBytes codeHashKey() const;
};

}  // namespace tram::device
