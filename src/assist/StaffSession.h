#pragma once
#include <string>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "wire/Roles.h"

namespace tram::assist {

/// How somebody signed in. Only badge and PIN together make a draft seed.
enum class SignedInBy { BadgeAndPin, CodeAndPin };

/// Who stands beside the residents. By the boot-time clock alone: a wall clock that is set changes nothing.
/// Outlives a resident's process by a Handover, and nothing else.
class StaffSession {
  public:
    static constexpr base::Millis kIdle = std::chrono::minutes(30), kLongest = std::chrono::hours(12);
    static constexpr std::size_t kSeedBytes = 32;

    struct Who {
        std::string id;  ///< "S-…"
        std::string name, unit;
        wire::StaffRole role = wire::StaffRole::Helper;
        bool operator==(const Who&) const = default;
    };
    enum class Standing { Active, Locked /* the PIN opens it again */, Ended };

    /// `badge`: its text, which stays while locked: a PIN is nothing without it. `draftSeed`: kSeedBytes.
    /// Both are empty for who came with a code.
    StaffSession(Who who, SignedInBy how, base::SecretText badge, base::SecretBytes draftSeed,
                 const base::BootTime& now);

    /// Locks and ends by itself what time has locked or ended; either drops the draft seed.
    Standing look(const base::BootTime& now);
    void touch(const base::BootTime& now);  ///< somebody did something; no effect unless active
    void lock();
    /// After the PIN was right once more, with the seed that came of it. False when the session is over.
    bool unlock(base::SecretBytes draftSeed, const base::BootTime& now);

    const Who& who() const { return who_; }
    SignedInBy how() const { return how_; }
    bool may(wire::Permission permission) const { return allows(who_.role, permission); }
    bool isLocked() const { return locked_; }
    const base::BootTime& signedIn() const { return signedIn_; }
    const base::BootTime& lastActivity() const { return lastActivity_; }
    /// Empty while locked, once over, and for who came without a badge.
    const base::SecretBytes& draftSeed() const { return draftSeed_; }
    const base::SecretText& badge() const { return badge_; }  ///< empty once over

  private:
    friend struct Handover;
    bool isOver(const base::BootTime& now) const;

    Who who_;
    SignedInBy how_;
    base::SecretText badge_;
    base::SecretBytes draftSeed_;
    base::BootTime signedIn_, lastActivity_;
    bool locked_ = false, ended_ = false;
};

}  // namespace tram::assist
