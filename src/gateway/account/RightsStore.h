#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "base/Uuid.h"
#include "calendar/WorkingDays.h"
#include "gateway/storage/Storage.h"
#include "wire/FeedbackReport.h"
#include "wire/Mine.h"
#include "wire/RightsRequest.h"

namespace tram::gateway {

/// Uses of the law's rights (reports.db), from their coming until an operator answers. Withdraw and Delete
/// stop the reports they are about at once: nothing more of those is passed on or asked for; an appointment
/// is cancelled at its source, for good, whatever the answer is. About all is what was consented to until it
/// was asked, by the stations' clocks; what is named is meant whenever it comes.
class RightsStore {
  public:
    /// FACTS: two working days to answer (Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP).
    static constexpr int kWorkingDays = 2;
    static constexpr const char* kSource = "rights";  ///< FeedbackStatus::source: not 1022

    explicit RightsStore(SharedDatabase& reports) : db_(reports) {}

    /// Whether that report or appointment is there, and somebody else's or nobody's.
    base::Result<bool> isAnothers(const std::string& code, const std::string& subject);

    struct Arrived {
        base::Uuid id;
        const wire::RightsRequest& request;
        std::string subject;  ///< Subjects::indexOf
        base::WallTime receivedAt;
        base::WallTime askedAt;  ///< as the station says, but not later than it came
    };
    enum class Added { Kept, CodeTaken };
    /// Once for ever by id. What became of each, in their order.
    base::Result<std::vector<Added>> add(const std::vector<Arrived>& requests);

    struct Request {
        std::string id, code, subject;
        wire::Right right = wire::Right::See;
        std::string about, language;
        base::SecretText words;
        base::WallTime receivedAt, askedAt;
        std::string state;  ///< "received", "answered", "refused"
        std::optional<base::WallTime> answeredAt;
        bool aboutAll() const { return about == wire::RightsRequest::kAll; }
    };
    base::Result<std::optional<Request>> find(const std::string& code);
    /// Oldest first: the next to be answered. `all`: those that were, too.
    base::Result<std::vector<Request>> list(bool all, std::size_t limit);
    /// Newest first.
    base::Result<std::vector<Request>> ofSubject(const std::string& subject, std::size_t limit);

    struct Concerned {
        std::string code, externalNumber;  ///< "" when 1022 never had it; an appointment's: the office
        bool isAppointment = false;
    };
    /// The reports and appointments that a request is about, as far as they are here; of Withdraw and Delete
    /// those it stopped.
    base::Result<std::vector<Concerned>> concerned(const Request& request);

    /// Refused: its reports go on; else those it stopped are closed, so that their retention begins.
    /// NotFound; Conflict when it was answered before.
    base::Result<void> answer(const std::string& code, bool refused, const base::SecretText& words,
                              base::WallTime now);

    /// As a report's: `secret` opens words and answer. Nothing when unknown.
    base::Result<std::optional<wire::FeedbackStatus>> status(const std::string& code,
                                                             const base::SecretText& secret,
                                                             const calendar::WorkingDays& days,
                                                             base::WallTime now);
    base::Result<bool> proves(const std::string& code, const base::SecretText& secret);

    /// What was consented to with this resident's reports, newest first.
    base::Result<std::vector<wire::MyConsent>> consents(const std::string& subject, std::size_t limit);

  private:
    SharedDatabase& db_;
};

/// The last day on which an answer is in time; the day it came does not count.
calendar::Day rightsDue(base::WallTime receivedAt, const calendar::WorkingDays& days);

}  // namespace tram::gateway
