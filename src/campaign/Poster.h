#pragma once
#include <string>

#include "base/Words.h"
#include "paper/Sheet.h"
#include "wire/Campaign.h"

namespace tram::campaign {

/// What hangs on walls, as A4: title and deadline in both languages, and the code by which a phone opens the
/// guide's own page at the gateway. Nothing of a person, and nothing of a station.
struct PosterMaker {
    const base::Words &vi, &en;
    std::string publicUrl;  ///< base of phone links, as a station is told of it
    std::string ward;       ///< its name in full

    paper::Sheet sheet(const wire::Campaign& campaign) const;
};

}  // namespace tram::campaign
