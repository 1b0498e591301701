#pragma once
#include <functional>
#include <string_view>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/account/RightsStore.h"
#include "gateway/fleet/StaffRegistry.h"
#include "gateway/identity/Kiosks.h"
#include "gateway/identity/Subjects.h"
#include "gateway/inbox/Attachments.h"
#include "gateway/inbox/Opener.h"
#include "gateway/inbox/ReportStore.h"
#include "gateway/rating/Ratings.h"
#include "gateway/storage/Storage.h"
#include "gateway/survey/SurveyStore.h"
#include "gateway/turn/Appointments.h"
#include "wire/Action.h"

namespace SQLite {
class Database;
}

namespace tram::gateway {

/// Takes sealed actions in and keeps each id once for ever (docs/ARCHITECTURE.md, "Results"). A batch is
/// first stored, then opened, each in one transaction: whatever happens in between, recover() goes on from
/// what is stored.
class Inbox {
  public:
    Inbox(Storage& storage, Kiosks& kiosks, Attachments& attachments, const Opener& opener,
          ReportStore& reports, SurveyStore& surveys, const Ratings& ratings, RightsStore& rights,
          Appointments& appointments, StaffRegistry& staff, const Subjects& subjects, bool anonymousAllowed)
        : storage_(storage),
          kiosks_(kiosks),
          attachments_(attachments),
          opener_(opener),
          reports_(reports),
          surveys_(surveys),
          ratings_(ratings),
          rights_(rights),
          appointments_(appointments),
          staff_(staff),
          subjects_(subjects),
          anonymousAllowed_(anonymousAllowed) {}

    static constexpr std::size_t kMaxBatch = 100;

    /// `envelopes`: the exact bytes of each. A result for each, in their order.
    base::Result<wire::BatchAnswer> take(const Kiosk& from, const std::vector<std::string_view>& envelopes,
                                         base::WallTime now);
    /// Opens what was stored but not opened when the program ended, or was put back from quarantine. Returns
    /// how many.
    base::Result<std::size_t> recover();
    struct Counts {
        std::int64_t stored = 0, opened = 0, quarantined = 0, setAside = 0, forgotten = 0;
    };
    base::Result<Counts> counts();

    std::function<void()> onReport;       ///< a report waits for its connector
    std::function<void()> onAppointment;  ///< an appointment waits for its source

  private:
    struct Candidate;
    struct Settling;
    Candidate examine(const Kiosk& from, std::string_view bytes);
    base::Result<void> store(std::vector<Candidate>& candidates, const Kiosk& from, base::WallTime now);
    base::Result<Settling> opened(const std::string& bytes, const std::string& kioskId,
                                  base::WallTime receivedAt) const;
    base::Result<void> judge(Settling& action) const;
    base::Result<void> judgeHelper(Settling& action, const wire::ActionBody& body) const;
    void judgeReport(Settling& action, const wire::ActionBody& body) const;
    void judgeRating(Settling& action, const wire::ActionBody& body) const;
    base::Result<void> judgeSurvey(Settling& action, const wire::ActionBody& body) const;
    base::Result<void> judgeRights(Settling& action, const wire::ActionBody& body) const;
    void markOpened(SQLite::Database& db, const Settling& action) const;
    void count(SQLite::Database& db, const Settling& action) const;
    base::Result<void> settle(std::vector<Settling> batch);
    base::Result<void> keepReports(std::vector<Settling>& batch);
    base::Result<void> keepSurveys(const std::vector<Settling>& batch);
    base::Result<void> keepRights(std::vector<Settling>& batch);
    base::Result<void> keepAppointments(std::vector<Settling>& batch);

    Storage& storage_;
    Kiosks& kiosks_;
    Attachments& attachments_;
    const Opener& opener_;
    ReportStore& reports_;
    SurveyStore& surveys_;
    const Ratings& ratings_;
    RightsStore& rights_;
    Appointments& appointments_;
    StaffRegistry& staff_;
    const Subjects& subjects_;
    bool anonymousAllowed_;
};

}  // namespace tram::gateway
