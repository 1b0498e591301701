#pragma once
#include <wx/timer.h>

#include <functional>

#include "identity/ScanBurst.h"
#include "ui/kit/Surface.h"

namespace tram::shell {

/// A USB hand scanner at the surface's keyboard: its bursts become onScan() and are text in no field; what
/// people type comes a key's gap later, as it was.
class HandScanner {
  public:
    explicit HandScanner(kit::Surface& surface);
    ~HandScanner();

    std::function<void(base::SecretText)> onScan;

  private:
    void follow(identity::ScanBurst::Outcome outcome);
    void handAll();
    void tick();

    kit::Surface& surface_;
    identity::ScanBurst burst_;
    wxTimer timer_;
    int patience_ = 0;
};

}  // namespace tram::shell
