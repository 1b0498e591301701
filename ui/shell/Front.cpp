#include "ui/shell/Front.h"

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <unistd.h>
#include <wx/utils.h>

namespace tram::shell {

namespace {

constexpr int kLookMs = 200;

Display* x11() {
    const auto display = wxGetDisplayInfo();
    return display.type == wxDisplayX11 ? static_cast<Display*>(display.dpy) : nullptr;
}

/// Xlib ends the process when a window is gone before we have asked about it; somebody else's may be.
class ErrorsIgnored {
  public:
    ErrorsIgnored() : before_(XSetErrorHandler([](Display*, XErrorEvent*) { return 0; })) {}
    ~ErrorsIgnored() { XSetErrorHandler(before_); }
    ErrorsIgnored(const ErrorsIgnored&) = delete;
    ErrorsIgnored& operator=(const ErrorsIgnored&) = delete;

  private:
    XErrorHandler before_;
};

long processOf(Display* display, Window window) {
    const Atom name = XInternAtom(display, "_NET_WM_PID", False);
    Atom type = None;
    int format = 0;
    unsigned long count = 0, more = 0;
    unsigned char* data = nullptr;
    XGetWindowProperty(display, window, name, 0, 1, False, XA_CARDINAL, &type, &format, &count, &more, &data);
    const bool told = data && format == 32 && count == 1;
    const long process = told ? *reinterpret_cast<long*>(data) : 0;
    if (data) XFree(data);
    return process;
}

Window parentOf(Display* display, Window window) {
    Window root = None, parent = None, *children = nullptr;
    unsigned count = 0;
    if (!XQueryTree(display, window, &root, &parent, &children, &count)) return None;
    if (children) XFree(children);
    return parent == root ? Window(None) : parent;
}

/// X's own word. GTK takes our grab of the keyboard for the loss of the focus and calls no window active.
bool hasFocus(Display* display) {
    const ErrorsIgnored ignored;
    Window window = None;
    int revert = 0;
    XGetInputFocus(display, &window, &revert);
    for (; window != None && window != PointerRoot; window = parentOf(display, window))
        if (processOf(display, window) == getpid()) return true;
    return false;
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
    Display* display = x11();
    if (display ? !hasFocus(display) : !frame_.IsActive()) frame_.Raise();
}

}  // namespace tram::shell
