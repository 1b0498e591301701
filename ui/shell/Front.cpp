#include "ui/shell/Front.h"

#include <X11/Xlib.h>
#include <wx/utils.h>

namespace tram::shell {

namespace {

constexpr int kLookMs = 200;

Display* x11() {
    const auto display = wxGetDisplayInfo();
    return display.type == wxDisplayX11 ? static_cast<Display*>(display.dpy) : nullptr;
}

}  // namespace

Front::Front(wxFrame& frame) : frame_(frame) {
    timer_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) {
        hold();
        cover();
    });
    timer_.Start(kLookMs);
    hold();
}

/// While one client has the whole keyboard, no other one's shortcuts work: a window manager's are such. Our
/// own windows get their keys as always (owner_events). Asked again until nobody else has it; then it is ours
/// until this process ends.
void Front::hold() {
    Display* display = x11();
    if (holding_ || !display) return;
    holding_ = XGrabKeyboard(display, DefaultRootWindow(display), True, GrabModeAsync, GrabModeAsync,
                             CurrentTime) == GrabSuccess;
}

void Front::cover() {
    if (frame_.IsIconized()) frame_.Iconize(false);
    if (frame_.GetRect() != wxRect(wxGetDisplaySize())) {
        frame_.SetSize(wxRect(wxGetDisplaySize()));
        frame_.ShowFullScreen(false);
        frame_.ShowFullScreen(true);
    }
    if (!frame_.IsActive()) frame_.Raise();
}

}  // namespace tram::shell
