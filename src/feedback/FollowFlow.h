#pragma once
#include <functional>
#include <memory>
#include <variant>

#include "base/Scheduler.h"
#include "base/TrackingCode.h"
#include "outbox/Outbox.h"
#include "wire/Appointment.h"
#include "wire/FeedbackReport.h"

namespace tram::feedback {

namespace situation {
struct TypingCode {
    std::string grouped;
    base::TrackingCode::Typed verdict;
};
struct AskingGateway {};
struct Found {
    wire::FeedbackStatus status;
};
/// The code is of a request for an appointment: both have codes of one kind, and one place to type them.
struct FoundAppointment {
    wire::AppointmentStatus status;
};
/// The code is right, but the gateway has not heard of it: it may still wait at the kiosk that made it.
/// When it waits here that is said even if the gateway cannot be asked.
struct NotArrived {
    bool waitsHere;
};
struct AskFailed {
    base::Problem problem;
};  ///< no network, too many attempts, …
}  // namespace situation
using FollowState = std::variant<situation::TypingCode, situation::AskingGateway, situation::Found,
                                 situation::FoundAppointment, situation::NotArrived, situation::AskFailed>;

/// Looking up a report by its tracking code, at any kiosk.
class FollowFlow {
  public:
    using Ask =
        std::function<base::Result<wire::FeedbackStatus>(const std::string& code)>;  ///< blocks; background
    using AskAppointment = std::function<base::Result<wire::AppointmentStatus>(const std::string& code)>;
    /// `appointment`: asked once no report has the code; may be empty.
    FollowFlow(Ask ask, std::shared_ptr<outbox::Outbox> outbox, base::Scheduler& scheduler,
               AskAppointment appointment = nullptr);

    std::function<void()> onChange;
    const FollowState& state() const { return state_; }
    void type(
        std::string_view typed);  ///< whatever stands in the field now; an answer still awaited is dropped
    bool ask();                   ///< false unless the code is complete and its check symbol right
    void again();                 ///< the same code once more, from any result
    void another();               ///< back to an empty field
    /// The code being followed, for the page's heading; "" while none is complete.
    std::string code() const;

  private:
    void start();
    void changed();

    Ask ask_;
    AskAppointment appointment_;
    std::shared_ptr<outbox::Outbox> outbox_;
    base::Scheduler& scheduler_;
    std::optional<base::TrackingCode> code_;
    FollowState state_;
    base::Lifetime lifetime_;
};

}  // namespace tram::feedback
