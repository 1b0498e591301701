#pragma once
#include <optional>
#include <string>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Uuid.h"
#include "wire/Appointment.h"
#include "wire/Turn.h"

namespace tram::gateway {

/// A number that is asked for; the same request gives the same number again.
struct TurnAsked {
    std::string office, desk;
    base::Uuid request;
};

/// What became of a request for an appointment.
struct AppointmentStanding {
    wire::AppointmentState state = wire::AppointmentState::Asked;
    std::string day, time, desk;  ///< Confirmed
    std::string reason;           ///< Refused
    base::Millis again{30'000};   ///< not useful to ask before, while it is not answered
};

/// A queue at an office's counters, and its calendar: the city's own system, or the demo's pretend one. Calls
/// block, come from any thread, and are repeated after a failure: who is asked the same twice answers the
/// same. A Problem of any kind means that it gave no answer that can be used.
class TurnSource {
  public:
    virtual ~TurnSource() = default;
    /// Nothing: it knows no such office. `source` and `asOf` may be left to the desk.
    virtual base::Result<std::optional<wire::TurnBoard>> board(const std::string& office) = 0;
    virtual base::Result<wire::TurnAnswer> take(const TurnAsked& asked) = 0;
    /// How many come before it now; nothing when its time is over, or the source does not say.
    struct Now {
        std::optional<int> ahead, minutes;
        bool over = false;
    };
    virtual base::Result<Now> now(const wire::TurnTicket& ticket) = 0;

    /// The other side's name of it.
    virtual base::Result<std::string> request(const base::Uuid& id,
                                              const wire::AppointmentRequest& request) = 0;
    virtual base::Result<AppointmentStanding> standing(const std::string& reference) = 0;
    /// Nobody comes; the same again is the same. Unprocessable: it takes no cancellation, or knows of none.
    virtual base::Result<void> cancel(const std::string& reference) = 0;
    virtual std::string sourceName() const = 0;  ///< shown to residents as the source
};

}  // namespace tram::gateway
