#include "tests/ui/Robot.h"

#include <wx/apptrait.h>
#include <wx/evtloop.h>
#include <wx/gdicmn.h>
#include <wx/uiaction.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace tram::ui::test {

using Clock = std::chrono::steady_clock;

namespace {

// The one that ctest has given to this test ("id:NUMBER,slots:1"); without ctest the one of whoever starts
// it.
void takeDisplay() {
    const char* given = std::getenv("CTEST_RESOURCE_GROUP_0_DISPLAYS");
    int number = 0;
    if (given && std::sscanf(given, "id:%d,", &number) == 1)
        setenv("DISPLAY", (":" + std::to_string(number)).c_str(), 1);
}

}  // namespace

void startWx() {
    static wxEventLoopBase* loop = nullptr;
    if (loop) return;
    takeDisplay();
    if (!std::getenv("DISPLAY")) throw std::runtime_error("no DISPLAY: run under Xvfb, as tests/run.sh does");
    // wx would show a message box and wait for somebody to press it.
    wxSetAssertHandler([](const wxString& file, int line, const wxString&, const wxString& condition,
                          const wxString& message) {
        std::fprintf(stderr, "%s:%d: %s %s\n", file.utf8_string().c_str(), line,
                     condition.utf8_string().c_str(), message.utf8_string().c_str());
        std::abort();
    });
    static int argc = 1;
    static char name[] = "ui-tests";
    static char* argv[] = {name, nullptr};
    wxApp::SetInstance(new wxApp);
    if (!wxEntryStart(argc, argv)) throw std::runtime_error("wx does not start");
    loop = wxTheApp->GetTraits()->CreateEventLoop();
    wxEventLoopBase::SetActive(loop);
}

bool runUntil(const std::function<bool()>& done, std::chrono::milliseconds limit) {
    const auto deadline = Clock::now() + limit;
    while (!done()) {
        if (Clock::now() > deadline) return false;
        wxYield();
        wxTheApp->ProcessIdle();
        wxMilliSleep(1);
    }
    return true;
}

// An event sent to ourselves through the X server comes after those sent before it.
void Robot::settle() {
    for (int i = 0; i < 3; ++i) {
        bool arrived = false;
        surface_.CallAfter([&] { arrived = true; });
        runUntil([&] { return arrived; });
        wxMilliSleep(8);
        wxYield();
    }
    // Held to see whether a hand scanner is typing (a test may hold them for good).
    runUntil([&] { return !surface_.holdsKeys(); }, std::chrono::milliseconds(250));
}

void Robot::look() {
    const auto now = [] { return std::chrono::duration_cast<kit::Moment>(Clock::now().time_since_epoch()); };
    if (!runUntil([&] { return surface_.takesFrom() <= now(); }))
        throw std::runtime_error("the page is not painted");
}

void Robot::moveTo(wxPoint screen) {
    if (!wxRect(wxPoint(0, 0), wxGetDisplaySize()).Contains(screen))
        throw std::runtime_error("beyond the display, which should be 1920 wide and high");
    wxUIActionSimulator().MouseMove(screen);
    settle();
}

void Robot::press(wxPoint screen) {
    moveTo(screen);
    wxUIActionSimulator().MouseDown();
    settle();
}

void Robot::release() {
    wxUIActionSimulator().MouseUp();
    settle();
}

void Robot::tap(const std::string& id) {
    wxPoint at = surface_.centreOf(id);
    if (at.x < 0) throw std::runtime_error("not in sight: " + id);
    // A person looks before pressing; what comes sooner is taken for the echo of the press before.
    if (!runUntil([&] { return surface_.takesAt(at = surface_.centreOf(id)); }))
        throw std::runtime_error("takes no press: " + id);
    press(at);
    release();
}

bool Robot::inSight(const std::string& id) const {
    for (const auto& view : surface_.describe())
        if (view.id == id) return !view.clipped;
    throw std::runtime_error("not on the page: " + id);
}

void Robot::reach(const std::string& id) {
    for (int pages = 0; !inSight(id) && pages < 20; ++pages)
        for (const auto& view : surface_.describe())
            if (view.id.ends_with(".after") && view.enabled) {
                tap(view.id);
                break;
            }
    tap(id);
}

void Robot::type(const std::string& ascii) {
    for (const char c : ascii) key(c, c >= 'A' && c <= 'Z' ? wxMOD_SHIFT : 0);
}

void Robot::key(int code, int modifiers) {
    look();
    wxUIActionSimulator().Char(code, modifiers);
    settle();
}

void Robot::tabTo(const std::string& id) {
    for (int i = 0; surface_.focused() != id; ++i) {
        if (i > 200) throw std::runtime_error("Tab does not lead to: " + id);
        key(WXK_TAB);
    }
}

}  // namespace tram::ui::test
