#pragma once
#include <wx/timer.h>

#include <functional>

#include "identity/ScanBurst.h"
#include "ui/kit/Surface.h"

namespace tram::shell {

/// A USB hand scanner at the surface's keyboard: its bursts become onScan() and are text in no field; what
/// people type comes a key's gap later, as it was. What began before the surface's first page could be
/// seen is the rest of a scan from before, and nobody's.
class HandScanner {
  public:
    explicit HandScanner(kit::Surface& surface);
    ~HandScanner();

    std::function<void(base::SecretText)> onScan;

  private:
    void follow(identity::ScanBurst::Outcome outcome);
    void begin(kit::Moment when);
    void await();
    void tick();

    kit::Surface& surface_;
    identity::ScanBurst burst_;
    wxTimer timer_;
    int patience_ = 0;
    bool begun_ = false;
};

}  // namespace tram::shell
