#pragma once
#include <filesystem>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "crypto/Keys.h"
#include "wire/SealingStatement.h"

namespace tram::device {

/// What the gateway has told of its sealing keys since the enrolment: dataDir/sealing-keys.json, the very
/// bytes it signed. The agent takes, the kiosk reads and verifies again.
class ToldSealingKeys {
  public:
    ToldSealingKeys(const std::filesystem::path& dataDir, crypto::VerifyKey gatewayKey);
    /// FileMissing before the first; BadSignature when another gateway signed it, and as readFile.
    base::Result<wire::SealingStatement> read() const;
    /// True when it was new. BadSignature: another gateway's. RolledBack (detail: its version): older than
    /// what is here, or another under the same version.
    base::Result<bool> take(std::string_view bytes) const;

  private:
    std::filesystem::path file_;
    crypto::VerifyKey gatewayKey_;
};

/// A key is always found as long as one is known: the gateway keeps what opens it for ever, so that sealing
/// to one that has run out loses nothing, and refusing would lose the report. How well it fits is for staff.
struct SealingChoice {
    enum class Fit { InForce, NotYet, RunOut };
    crypto::SealingKey key;
    Fit fit = Fit::InForce;
    base::WallTime notBefore, notAfter;
};

/// In force at `now`: the newest. Else the one whose time is nearest, for a clock that is years off.
/// Malformed when none can be read.
base::Result<SealingChoice> chooseSealingKey(const std::vector<wire::SealingKeyInfo>& keys,
                                             base::WallTime now);

}  // namespace tram::device
