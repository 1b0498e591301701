#pragma once
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Uuid.h"
#include "gateway/connectors/FeedbackConnector.h"
#include "gateway/storage/Storage.h"
#include "wire/FeedbackReport.h"

namespace tram::gateway {

/// Opened reports (reports.db) and where each stands on its way through the connector. What was written is
/// there until it is forgotten, who wrote it never (Senders), the receipt's secret only as a hash. Of a
/// report without a name every time is that of the hour; when exactly it is due is known as long as the
/// program runs.
class ReportStore {
  public:
    /// `wards`: their names by code, for those who read where a report is about.
    explicit ReportStore(SharedDatabase& db, std::map<std::string, std::string> wards = {})
        : db_(db), wards_(std::move(wards)) {}

    struct NewReport {
        base::Uuid id;
        std::string kiosk;
        const wire::FeedbackReport& report;
        std::size_t pictures = 0;
        std::string subject = {};  ///< Subjects::indexOf of who was logged in; "" for nobody
    };
    /// Once for ever by id. Conflict when another report has its tracking code.
    base::Result<void> add(const NewReport& report, base::WallTime receivedAt);
    struct Arrived {
        NewReport report;
        base::WallTime receivedAt;
    };
    enum class Added { Kept, CodeTaken };
    /// The same for many at the price of one; what became of each, in their order.
    base::Result<std::vector<Added>> add(const std::vector<Arrived>& reports);

    /// `secret` opens text, place and answer; a wrong one is the same as none. Nothing when unknown.
    base::Result<std::optional<wire::FeedbackStatus>> status(const std::string& code,
                                                             const base::SecretText& secret,
                                                             const std::string& source, base::WallTime now);

    struct Mine {
        std::string code, field, ward;
        wire::FeedbackState state = wire::FeedbackState::Received;
        base::WallTime receivedAt, changedAt;
    };
    /// Those of one resident, newest first.
    base::Result<std::vector<Mine>> ofSubject(const std::string& subject, std::size_t limit);

    /// Whether `secret` is that of the report's receipt.
    base::Result<bool> proves(const std::string& code, const base::SecretText& secret);

    struct Due {
        base::Uuid id;
        wire::FeedbackReport report;  ///< without the receipt's secret and who wrote it
        std::size_t pictures = 0;
        std::string externalNumber;  ///< "" while not yet submitted
        int tries = 0;
    };
    base::Result<std::vector<Due>> due(base::WallTime now, std::size_t limit);
    /// Neither forgotten nor taken back, as it may be by now.
    base::Result<bool> mayGoOn(const base::Uuid& id);
    base::Result<void> submitted(const base::Uuid& id, const std::string& externalNumber, base::WallTime now);
    /// Nothing happens when it was forgotten meanwhile.
    base::Result<void> stands(const base::Uuid& id, const CaseStanding& standing, base::WallTime now);
    base::Result<void> later(const base::Uuid& id, base::WallTime next);
    /// What waits for a moment that a clock which was ahead has named is due at once. Returns how many.
    base::Result<std::size_t> recall(base::WallTime now);

    struct Counts {
        std::int64_t waiting = 0, followed = 0, done = 0;
    };
    base::Result<Counts> counts();

  private:
    base::WallTime dueAt(const base::Uuid& id, bool anonymous, base::WallTime next);
    bool isTime(const std::string& id, base::WallTime now);
    wire::FeedbackStatus::Opened openedOf(SQLite::Database& db, std::int64_t report) const;
    base::Result<wire::FeedbackStatus> statusFrom(SQLite::Database& db, SQLite::Statement& row,
                                                  const base::SecretText& secret) const;

    SharedDatabase& db_;
    std::map<std::string, std::string> wards_;
    std::unordered_map<std::string, base::WallTime> exactly_;  // only within db_'s lock
};

}  // namespace tram::gateway
