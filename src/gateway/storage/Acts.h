#pragma once
#include <string>
#include <string_view>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/storage/Storage.h"

namespace tram::gateway {

/// What operators do by a subcommand that changes something or hands something out.
enum class Deed {
    EnrolCode,
    Revoke,
    Release,
    Readmit,
    KeysRotate,
    KeysRetire,
    KeysExport,
    KeysImport,
    QuarantineRetry,
    QuarantineSetAside,
    Backup,
    Restore,
    Restored,
    Forget,
    RetentionClockIsRight,
    ContentTake,
    AlertSend,
    AlertApprove,
    AlertReject,
    AlertRetract,
    AlertKey,
    SurveyResults,
    RightsAnswer,
    RightsShow,
    RatingsReport,
    VisitTickets,
    FaultClose,
    StaffKey,
    StaffAdd,
    StaffBadge,
    StaffRevoke,
    StaffUnlock,
    CampaignAdd,
    CampaignClose,
    LogSettle,
    Other,  ///< of a later program
};
std::string_view name(Deed deed);

/// One act, for the log of the gateway that serves: a subcommand is another process, and its own standard
/// error is somebody's terminal. A row in gateway.db carries it over, written before the work begins, so that
/// one that was killed leaves a line too. No person in it, neither who acted nor whom it was about.
class Act {
  public:
    /// Leaves no line: where there is no store.
    Act() = default;
    static base::Result<Act> begin(SharedDatabase& city, Deed deed, base::WallTime now);
    /// What it is about, as soon as it is known; the last one counts. Nobody but a kiosk is named by its id.
    void ofKiosk(std::string_view id);
    void ofKey(std::string_view id);
    void ofAlert(std::string_view id);   ///< AlertStore::Message::id
    void ofAction(std::string_view id);  ///< told by its hash, the one that stays of what was forgotten
    void end(bool done);

  private:
    Act(SharedDatabase& city, std::int64_t sequence) : city_(&city), sequence_(sequence) {}
    void about(std::string_view what, std::string_view name);
    SharedDatabase* city_ = nullptr;
    std::int64_t sequence_ = 0;
};

/// Into the log, once: what has ended, and what has not for an hour.
base::Result<void> tellActs(SharedDatabase& city, base::WallTime now);

}  // namespace tram::gateway
