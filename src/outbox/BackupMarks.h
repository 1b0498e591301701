#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/Clock.h"

namespace tram::outbox {

/// How many actions the gateway's backups held, and when we heard of it: by time that this kiosk has lived
/// through itself, added up from its boot-time clock over restarts. The clocks of kiosk and gateway may be
/// years off, and jump; neither makes this go faster. Time switched off is not counted.
class BackupMarks {
  public:
    /// The words of text(); anything else is a beginning.
    static BackupMarks parse(const std::string& text);
    std::string text() const;

    void pass(const base::BootTime& now);
    /// A backup holds so many. Noted when it is more than before and the last note is `apart` old; whether it
    /// was.
    bool heard(std::int64_t number, base::Millis apart);
    /// So many have been in a backup for at least `age`; 0: none yet.
    std::int64_t heldFor(base::Millis age);

  private:
    struct Mark {
        base::Millis at;
        std::int64_t number;
    };
    bool add(const Mark& mark);  ///< if it goes on from the last one
    base::BootTime seen_;
    base::Millis lived_{0};
    std::vector<Mark> marks_;  // oldest first
};

}  // namespace tram::outbox
