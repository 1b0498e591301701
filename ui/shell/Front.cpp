#include "ui/shell/Front.h"

#include <X11/XKBlib.h>
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <unistd.h>
#include <wx/utils.h>

#include <vector>

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

std::vector<unsigned long> numbers(Display* display, Window window, const char* property, Atom kind) {
    constexpr long kMost = 1024;
    Atom type = None;
    int format = 0;
    unsigned long count = 0, more = 0;
    unsigned char* data = nullptr;
    XGetWindowProperty(display, window, XInternAtom(display, property, False), 0, kMost, False, kind, &type,
                       &format, &count, &more, &data);
    std::vector<unsigned long> all;
    if (data && format == 32) {  // which Xlib gives as longs
        const auto* first = reinterpret_cast<unsigned long*>(data);
        all.assign(first, first + count);
    }
    if (data) XFree(data);
    return all;
}

bool isOurs(Display* display, Window window) {
    const auto process = numbers(display, window, "_NET_WM_PID", XA_CARDINAL);
    return process.size() == 1 && static_cast<pid_t>(process[0]) == getpid();
}

/// A window manager's mouse bindings reach us though the keyboard is ours (openbox: Alt and the wheel), and
/// another desktop would be one without a kiosk.
void stayOnEveryDesktop(Display* display) {
    constexpr unsigned long kEvery = 0xFFFFFFFF;  // EWMH, _NET_WM_DESKTOP
    const ErrorsIgnored ignored;
    const Window root = DefaultRootWindow(display);
    for (const Window window : numbers(display, root, "_NET_CLIENT_LIST", XA_WINDOW)) {
        const auto desktop = numbers(display, window, "_NET_WM_DESKTOP", XA_CARDINAL);
        if (!isOurs(display, window) || (desktop.size() == 1 && desktop[0] == kEvery)) continue;
        XEvent event{};
        event.xclient.type = ClientMessage;
        event.xclient.window = window;
        event.xclient.message_type = XInternAtom(display, "_NET_WM_DESKTOP", False);
        event.xclient.format = 32;
        event.xclient.data.l[0] = static_cast<long>(kEvery);
        event.xclient.data.l[1] = 1;  // a normal application asks
        XSendEvent(display, root, False, SubstructureNotifyMask | SubstructureRedirectMask, &event);
    }
    XSync(display, False);  // errors come while they are ignored
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
        if (isOurs(display, window)) return true;
    return false;
}

/// The X server keeps it over the wipe: the next resident would write in capitals and not know why.
void letGoOfCapsLock() {
    if (Display* display = x11()) XkbLockModifiers(display, XkbUseCoreKbd, LockMask, 0);
}

}  // namespace

Front::Front(wxFrame& frame) : frame_(frame) {
    letGoOfCapsLock();
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
    if (display) stayOnEveryDesktop(display);
    if (display ? !hasFocus(display) : !frame_.IsActive()) frame_.Raise();
}

}  // namespace tram::shell
