#pragma once
#include <wx/frame.h>
#include <wx/timer.h>

namespace tram::shell {

/// Keeps the kiosk in front of everything and the keyboard to itself, whatever window manager there is
/// (STANDARDS 15). With the session of installer/session it has nothing to do.
class Front {
  public:
    explicit Front(wxFrame& frame);

  private:
    void hold();
    void cover();

    wxFrame& frame_;
    wxTimer timer_;
    bool holding_ = false;
};

}  // namespace tram::shell
