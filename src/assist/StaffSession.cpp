#include "assist/StaffSession.h"

namespace tram::assist {

StaffSession::StaffSession(Who who, SignedInBy how, base::SecretText badge, base::SecretBytes draftSeed,
                           const base::BootTime& now)
    : who_(std::move(who)),
      how_(how),
      badge_(std::move(badge)),
      draftSeed_(std::move(draftSeed)),
      signedIn_(now),
      lastActivity_(now) {}

/// Another boot: nobody knows how long ago it was.
bool StaffSession::isOver(const base::BootTime& now) const {
    return now.bootId != signedIn_.bootId || now.sinceBoot < signedIn_.sinceBoot ||
           now.sinceBoot - signedIn_.sinceBoot >= kLongest;
}

StaffSession::Standing StaffSession::look(const base::BootTime& now) {
    if (!ended_ && isOver(now)) ended_ = true;
    if (!locked_ && now.sinceBoot - lastActivity_.sinceBoot >= kIdle) locked_ = true;
    if (ended_ || locked_) draftSeed_.clear();
    if (ended_) badge_.clear();
    if (ended_) return Standing::Ended;
    return locked_ ? Standing::Locked : Standing::Active;
}

void StaffSession::touch(const base::BootTime& now) {
    if (look(now) == Standing::Active) lastActivity_ = now;
}

void StaffSession::lock() {
    locked_ = true;
    draftSeed_.clear();
}

bool StaffSession::unlock(base::SecretBytes draftSeed, const base::BootTime& now) {
    if (look(now) == Standing::Ended) return false;
    locked_ = false;
    draftSeed_ = std::move(draftSeed);
    lastActivity_ = now;
    return true;
}

}  // namespace tram::assist
