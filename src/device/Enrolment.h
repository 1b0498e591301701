#pragma once
#include <filesystem>
#include <optional>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "crypto/Keys.h"
#include "device/SealingKeys.h"
#include "wire/Enrolment.h"

namespace tram::device {

/// This kiosk's place in the city: dataDir/enrolment.json (public) and dataDir/kiosk.key (0600). The former
/// names the key it belongs to, so that its replacement is the one moment at which an enrolment changes.
struct Enrolment {
    wire::EnrolmentAnswer answer;
    crypto::SigningKey key;
    std::optional<wire::SealingStatement> told = {};  ///< what the gateway told since
    std::optional<base::Problem> notTold = {};        ///< why what lies there as told is not used
    std::optional<base::SecretBytes> codes = {};      ///< a former enrolment's codeHashKey, kept

    /// NotEnrolled when there is none yet; KeyExposed, KeyMissing, Malformed; UnknownKey (path): the key
    /// there is another kiosk's.
    static base::Result<Enrolment> load(const std::filesystem::path& dataDir);
    /// In an order that leaves the old enrolment or the new one, whole, wherever it is broken off.
    base::Result<void> save(const std::filesystem::path& dataDir) const;

    const std::vector<wire::SealingKeyInfo>& sealingKeys() const;
    /// What to seal to, also with a wrong clock: no earlier than the newest time the gateway signed counts.
    base::Result<SealingChoice> sealing(base::WallTime now) const;
    base::Result<crypto::SealingKey> sealingKey(base::WallTime now) const;
    /// For tracking-code look-ups in the store; the same over all enrolments of this store. Derived from the
    /// first kiosk key (keyed BLAKE2b).
    base::SecretBytes codeHashKey() const;
};

/// What the gateway answered, without the kiosk's key: for who may read the one and not the other (root, of
/// whom a key file is not). NotEnrolled, FileUnreadable, Malformed.
base::Result<wire::EnrolmentAnswer> readEnrolmentAnswer(const std::filesystem::path& dataDir);

/// Differs after each change of what load() reads, but for codes: whoever has loaded it may look whether to
/// load it again.
std::string enrolmentStamp(const std::filesystem::path& dataDir);

/// The key that a `tram enrol` under way asks with; made when there is none. It stays the same until an
/// enrolment was saved, because the gateway may have heard of it already.
base::Result<crypto::SigningKey> nextKioskKey(const std::filesystem::path& dataDir);

}  // namespace tram::device
