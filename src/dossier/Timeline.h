#pragma once
#include <optional>
#include <string>
#include <vector>

#include "calendar/WorkingDays.h"
#include "wire/DossierStatus.h"

namespace tram::dossier {

/// What it comes to for the person who asks.
enum class Outlook {
    ToDo,     ///< it waits for them: papers, a fee, or whatever the task says
    Waiting,  ///< the office works on it
    Late,     ///< the office should have been done
    Ready,    ///< the result can be had
    Closed,   ///< handed over, declined, withdrawn or stopped
    Untold    ///< a state that only its source knows
};

/// What a page shows of a dossier's status: nothing in it is invented, and what cannot be is left out.
struct Timeline {
    struct Entry {
        wire::DossierState state = wire::DossierState::Unknown;
        std::string said;  ///< Unknown: the source's word
        base::WallTime at{};
        std::string office;  ///< may be ""
    };
    std::vector<Entry> entries;  ///< newest first; the same state twice stands twice

    Outlook outlook = Outlook::Untold;
    std::optional<base::WallTime> received, finished;
    std::optional<calendar::Day> promised, doBy;  ///< doBy: the task's last day
    std::optional<int> workingDays;  ///< only while the office works on it or it waits for papers
    bool workingDaysRough = false;   ///< holidays not all known
    bool doByOver = false;
};

/// `now`: the gateway's time. Times before 1990, of events more than a day ahead, and days more than twenty
/// years ahead are taken for slips and left out.
Timeline timelineOf(const wire::DossierStatus& status, base::WallTime now);

}  // namespace tram::dossier
