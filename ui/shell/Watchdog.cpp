#include "ui/shell/Watchdog.h"

#include "base/ServiceNotify.h"

namespace tram::shell {

namespace {

void alive() {
    base::notifyService("WATCHDOG=1");
}

}  // namespace

Watchdog::Watchdog() {
    const auto interval = base::watchdogInterval();
    if (!interval) return;
    alive();  // after a wipe the clock of the life before still runs
    timer_.Bind(wxEVT_TIMER, [](wxTimerEvent&) { alive(); });
    timer_.Start(static_cast<int>(interval->count()));
}

void Watchdog::awaitPaint(wxWindow& window) {
    window.Bind(wxEVT_PAINT, [this, &window](wxPaintEvent& event) {
        event.Skip();
        if (ready_) return;
        ready_ = true;
        window.CallAfter([] { base::notifyService("READY=1"); });
    });
}

}  // namespace tram::shell
