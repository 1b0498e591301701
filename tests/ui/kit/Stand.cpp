#include "tests/ui/kit/Stand.h"

#include <wx/apptrait.h>
#include <wx/evtloop.h>
#include <wx/uiaction.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace tram::kit::test {
namespace {

using Clock = std::chrono::steady_clock;

// Catch lists its tests without a display; wx starts when the first window is asked for.
void startWx() {
    static wxEventLoopBase* loop = nullptr;
    if (loop) return;
    if (!std::getenv("DISPLAY")) throw std::runtime_error("no DISPLAY: run under Xvfb, as tests/run.sh does");
    // wx would show a message box and wait for somebody to press it.
    wxSetAssertHandler([](const wxString& file, int line, const wxString&, const wxString& condition,
                          const wxString& message) {
        std::fprintf(stderr, "%s:%d: %s %s\n", file.utf8_string().c_str(), line,
                     condition.utf8_string().c_str(), message.utf8_string().c_str());
        std::abort();
    });
    static int argc = 1;
    static char name[] = "kit-tests";
    static char* argv[] = {name, nullptr};
    wxApp::SetInstance(new wxApp);
    if (!wxEntryStart(argc, argv)) throw std::runtime_error("wx does not start");
    loop = wxTheApp->GetTraits()->CreateEventLoop();
    wxEventLoopBase::SetActive(loop);
}

}  // namespace

Theme theme(const std::string& name, int percent, wxSize screen, double pxPerMm) {
    auto loaded = Theme::load(TRAM_SOURCE_DIR "/resources/theme", name,
                              {.pxPerMm = pxPerMm, .textPercent = percent}, screen);
    if (!loaded) throw std::runtime_error("theme: " + std::string(loaded.error().fact("key")));
    return *loaded;
}

Stand::Stand(wxSize size, const std::string& name, int percent) {
    startWx();
    frame_ = new wxFrame(nullptr, wxID_ANY, "kit tests", {0, 0}, size, wxBORDER_NONE);
    surface_ = new Surface(frame_, theme(name, percent, {1080, 1920}));
    frame_->Show();
    frame_->Raise();
    surface_->SetFocus();
    until([&] { return surface_->GetClientSize() == size && frame_->IsActive() && surface_->HasFocus(); });
    settle();
}

Stand::~Stand() {
    frame_->Destroy();
    wxTheApp->ProcessIdle();
    wxYield();
}

bool Stand::until(const std::function<bool()>& done) {
    const auto deadline = Clock::now() + std::chrono::seconds(5);
    while (!done()) {
        if (Clock::now() > deadline) return false;
        wxYield();
        wxTheApp->ProcessIdle();
        wxMilliSleep(1);
    }
    return true;
}

// An event sent to ourselves through the X server comes after those sent before it.
void Stand::settle() {
    for (int i = 0; i < 3; ++i) {
        bool arrived = false;
        surface_->CallAfter([&] { arrived = true; });
        until([&] { return arrived; });
        wxMilliSleep(8);
        wxYield();
    }
}

void Stand::moveTo(wxPoint screen) {
    wxUIActionSimulator().MouseMove(screen);
    settle();
}

void Stand::press(wxPoint screen) {
    moveTo(screen);
    wxUIActionSimulator().MouseDown();
    settle();
}

void Stand::release() {
    wxUIActionSimulator().MouseUp();
    settle();
}

void Stand::tap(const std::string& id) {
    const wxPoint at = surface_->centreOf(id);
    if (at.x < 0) throw std::runtime_error("not in sight: " + id);
    press(at);
    release();
}

void Stand::type(const std::string& ascii) {
    for (const char c : ascii) {
        wxUIActionSimulator().Char(c);
        settle();
    }
}

void Stand::key(int code, int modifiers) {
    wxUIActionSimulator().Char(code, modifiers);
    settle();
}

}  // namespace tram::kit::test
