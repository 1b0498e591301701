#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <variant>

#include "base/Scheduler.h"
#include "campaign/KeptReports.h"
#include "campaign/ReportTable.h"

namespace tram::campaign {

namespace reporting {
struct Idle {};    ///< nothing was asked yet
struct Asking {};  ///< some seconds
struct Fresh {};   ///< report(), just now
/// report() is the last one kept; by its own days, which may be others than were asked for.
struct Kept {
    base::Problem problem;  ///< StoreTooNew: this station has to be brought up to date; else the line, mostly
};
struct Nothing {
    base::Problem problem;  ///< and nothing is kept of that kind
};
}  // namespace reporting
using ReportState =
    std::variant<reporting::Idle, reporting::Asking, reporting::Fresh, reporting::Kept, reporting::Nothing>;

/// What was done at the ward's stations, by day, unit, errand or outcome; as the gateway tells it, or told it
/// last. On the UI thread.
class Report {
  public:
    /// `gateway` is called in the background, one question at a time.
    Report(std::string ward, KeptReports kept, KeptReports::Ask gateway, base::Scheduler& scheduler,
           const base::Clock& clock);

    std::function<void()> onChange;
    const ReportState& state() const { return state_; }
    /// The last question counts: an answer to an earlier one is dropped.
    void ask(const ReportQuestion& question);
    void again() { ask(question_); }  ///< not from Idle
    const ReportQuestion& question() const { return question_; }

    /// Of Fresh and Kept; null else.
    const wire::WardReport* report() const;
    const ReportTable& table() const { return table_; }
    base::Millis age() const;  ///< of report(); 0 by a clock that is behind

  private:
    void told(base::Result<KeptReports::Told> told);
    std::string ward_;
    KeptReports kept_;
    KeptReports::Ask gateway_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    ReportState state_;
    ReportQuestion question_;
    wire::WardReport report_;
    std::shared_ptr<std::mutex> line_ = std::make_shared<std::mutex>();  ///< a GatewayClient serves one
    ReportTable table_;
    base::Lifetime asking_;
};

}  // namespace tram::campaign
