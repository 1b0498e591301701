#pragma once
#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "base/Scheduler.h"
#include "outbox/Outbox.h"
#include "wire/Rating.h"

namespace tram::rating {

namespace fault {
struct Choosing {};  ///< which part
struct Words {};     ///< what it does, or nothing
struct Keeping {};
struct KeepFailed {
    base::Problem problem;
};
struct Done {
    base::WallTime at{};
};
}  // namespace fault
using FaultState =
    std::variant<fault::Choosing, fault::Words, fault::Keeping, fault::KeepFailed, fault::Done>;

/// *Báo trạm hỏng*: what is broken here, for whoever mends it.
class FaultFlow {
  public:
    using Part = wire::KioskFault::Part;

    FaultFlow(std::shared_ptr<outbox::Outbox> outbox, base::Scheduler& scheduler, const base::Clock& clock)
        : outbox_(std::move(outbox)), scheduler_(scheduler), clock_(clock) {}

    std::function<void()> onChange;
    const FaultState& state() const { return state_; }
    Part part() const { return fault_.part; }

    void choose(Part part);  ///< goes on by itself
    void setWords(std::string_view text);
    bool back();
    void send();  ///< from Words, and again from KeepFailed

  private:
    void moveTo(FaultState state);

    std::shared_ptr<outbox::Outbox> outbox_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    FaultState state_;
    wire::KioskFault fault_;
    base::Lifetime lifetime_;
};

}  // namespace tram::rating
