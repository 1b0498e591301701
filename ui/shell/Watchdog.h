#pragma once
#include <wx/timer.h>
#include <wx/window.h>

namespace tram::shell {

/// Tells the supervisor that something can be seen, and from then on that this thread's event loop still
/// turns: a frozen screen is started anew by whoever set WATCHDOG_USEC (STANDARDS 16). Silent without a
/// supervisor.
class Watchdog {
  public:
    Watchdog();
    /// READY=1 after the first paint of whichever window is painted first.
    void awaitPaint(wxWindow& window);

  private:
    wxTimer timer_;
    bool ready_ = false;
};

}  // namespace tram::shell
