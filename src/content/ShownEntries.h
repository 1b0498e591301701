#pragma once
#include <optional>
#include <string>

#include "base/Clock.h"
#include "catalogue/Catalogue.h"
#include "pack/PackFile.h"
#include "pack/RankSet.h"

namespace tram::content {

/// Which entries of a pack may be shown: of a kind that the catalogue has, not over, and not so old that they
/// would mislead. Made anew when a day or a kind's freshness has ended; asking each entry in each search for
/// its date would make a keystroke as slow as there are entries that are over.
class ShownEntries {
  public:
    const pack::RankSet& of(const pack::PackFile& file, const catalogue::Catalogue& catalogue,
                            base::WallTime now);

  private:
    std::string madeFor_;  ///< the day, and for each kind whether it is too old
    std::optional<pack::RankSet> ranks_;
};

}  // namespace tram::content
