#include "campaign/Report.h"

#include <algorithm>

namespace tram::campaign {

Report::Report(std::string ward, KeptReports kept, KeptReports::Ask gateway, base::Scheduler& scheduler,
               const base::Clock& clock)
    : ward_(std::move(ward)),
      kept_(std::move(kept)),
      gateway_(std::move(gateway)),
      scheduler_(scheduler),
      clock_(clock) {}

void Report::ask(const ReportQuestion& question) {
    question_ = question;
    state_ = reporting::Asking{};
    asking_.renew();
    scheduler_.background([this, line = line_, ward = ward_, kept = kept_, gateway = gateway_, question,
                           token = asking_.token(), &scheduler = scheduler_] {
        // Who has asked for something else meanwhile waits for no answer of before.
        const std::lock_guard lock(*line);
        if (token.expired()) return;
        auto told = kept.ask(ward, question, gateway);
        scheduler.onUi(token, [this, told = std::move(told)]() mutable { this->told(std::move(told)); });
    });
    if (onChange) onChange();
}

void Report::told(base::Result<KeptReports::Told> told) {
    if (!told) {
        state_ = reporting::Nothing{told.error()};
    } else {
        report_ = std::move(told->report);
        table_ = tableOf(report_);
        if (told->problem)
            state_ = reporting::Kept{*told->problem};
        else
            state_ = reporting::Fresh{};
    }
    if (onChange) onChange();
}

const wire::WardReport* Report::report() const {
    const bool there =
        std::holds_alternative<reporting::Fresh>(state_) || std::holds_alternative<reporting::Kept>(state_);
    return there ? &report_ : nullptr;
}

base::Millis Report::age() const {
    base::WallTime at{};
    if (!report() || !base::fromRfc3339(report_.asOf, at)) return base::Millis(0);
    return std::max(base::Millis(0), std::chrono::duration_cast<base::Millis>(clock_.wall() - at));
}

}  // namespace tram::campaign
