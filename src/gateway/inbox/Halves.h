#pragma once
#include "base/Result.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

/// gateway.db and reports.db are of two ages when somebody has put back one of them. Then what the one calls
/// opened may be missing in the other, and what was erased may have come back with it.
class Halves {
  public:
    explicit Halves(Storage& storage) : storage_(storage) {}

    struct Mended {
        std::size_t reopened = 0;  ///< accepted, and in no report: Inbox::recover() opens them again
        std::size_t held = 0;      ///< the same, but perhaps erased since: quarantined, for people to decide
        std::size_t erased = 0;    ///< reports that had been erased before
        bool any() const { return reopened + held + erased > 0; }
    };
    /// Reason of what is held.
    static constexpr const char* kGone = "report_gone";

    /// At each start, before anything is opened or delivered. A million ids take a second or two.
    base::Result<Mended> mend();

  private:
    Storage& storage_;
};

}  // namespace tram::gateway
