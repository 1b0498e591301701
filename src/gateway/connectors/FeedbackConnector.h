#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"
#include "base/Uuid.h"
#include "wire/FeedbackReport.h"

namespace tram::gateway {

struct Submission {
    base::Uuid reportId;  ///< the idempotency key: the same one again gives the same case
    const wire::FeedbackReport& report;
    std::size_t pictures = 0;
};

/// Where the other side says a case stands now.
struct CaseStanding {
    std::vector<wire::FeedbackEvent> events;  ///< everything so far, from Accepted on, oldest first
    std::string due;                          ///< RFC 3339 of the promised answer; "" if none
    base::SecretText answer;                  ///< or the reason of a refusal; "" before
    bool closed = false;                      ///< nothing more will come
    base::WallTime lookAgain{};               ///< not useful to ask before
};

/// A system that takes residents' reports: 1022's own, another city's, or the demo's pretend one.
/// Calls block, come from one worker thread, and are repeated after a failure.
class FeedbackConnector {
  public:
    virtual ~FeedbackConnector() = default;
    /// The other side's number of the case. TooManyRequests, Timeout, ServerFault, …: tried again later.
    virtual base::Result<std::string> submit(const Submission& submission) = 0;
    virtual base::Result<CaseStanding> standing(const std::string& externalNumber) = 0;
    virtual bool anonymousAllowed() const = 0;
    virtual std::string sourceName()
        const = 0;  ///< shown to residents as the source: by the words of follow.source.NAME, or as it is
};

}  // namespace tram::gateway
