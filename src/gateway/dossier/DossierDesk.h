#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/Clock.h"
#include "gateway/connectors/DossierSource.h"
#include "gateway/dossier/HolidayFile.h"
#include "gateway/source/FewAtOnce.h"
#include "wire/DossierCode.h"

namespace tram::gateway {

/// Where dossiers stand, by the city's source: asked sparingly, and told as the wire has it. Any thread.
class DossierDesk {
  public:
    /// An answer is given again for so long; as_of stays that of the source's.
    static constexpr std::chrono::seconds kFresh{30};
    static constexpr std::size_t kMostKept = 10'000;
    /// A source that hangs must not hold all of the gateway's threads: beyond these it "does not answer".
    static constexpr int kMostAtOnce = 16;

    struct Parts {
        std::unique_ptr<DossierSource> source;  ///< null: the city has none
        wire::DossierPatterns patterns;
        std::unique_ptr<HolidayFile> holidays;
    };
    explicit DossierDesk(Parts parts);

    bool connected() const { return source_ != nullptr; }
    bool knowsOwners() const { return source_ && source_->knowsOwners(); }
    /// The code that a text is, if it is a whole one.
    std::optional<std::string> codeOf(std::string_view text) const;
    /// As the operator's table has them now.
    std::shared_ptr<const calendar::WorkingDays> workingDays() const { return holidays_->days(); }
    /// `code` from codeOf; `slipSecret`: what its slip carries beside the code, "" for none. ServerFault,
    /// fact detail = "source": no answer that can be used. `rateable`: finished, and the secret is right.
    base::Result<std::optional<wire::DossierStatus>> byCode(const std::string& code, base::WallTime now,
                                                            std::string_view slipSecret = {});
    /// `rateable`: those that are finished.
    base::Result<wire::MyDossiers> ofOwner(const DossierOwner& owner, base::WallTime now);

  private:
    using Known = std::optional<DossierRecord>;
    struct Kept {
        Known status;
        base::WallTime at;
    };
    std::optional<Known> kept(const std::string& code, base::WallTime now);
    void keep(const std::string& code, const Known& status, base::WallTime now);
    void complete(wire::DossierStatus& status, base::WallTime now, bool mayRate);

    std::unique_ptr<DossierSource> source_;
    wire::DossierPatterns patterns_;
    std::unique_ptr<HolidayFile> holidays_;
    std::mutex mutex_;
    std::map<std::string, Kept> kept_;
    FewAtOnce few_{kMostAtOnce};
};

/// Fits the wire's limits: texts cleaned and cut, events sorted (oldest first) and those left out whose time
/// is before 1990 or more than a day ahead, other such times and days emptied.
void makeTidy(wire::DossierStatus& status, base::WallTime now);

}  // namespace tram::gateway
