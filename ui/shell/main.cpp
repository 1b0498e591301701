#include <unistd.h>
#include <wx/app.h>
#include <wx/log.h>

#include <optional>
#include <utility>

#include "base/Log.h"
#include "base/Words.h"
#include "ui/shell/Bench.h"
#include "ui/shell/Describe.h"
#include "ui/shell/Front.h"
#include "ui/shell/Hardening.h"
#include "ui/shell/Kiosk.h"
#include "ui/shell/SetupFrame.h"
#include "ui/shell/Tour.h"
#include "ui/shell/Watchdog.h"

namespace {

using namespace tram;

shell::Options options;

class KioskApp final : public wxApp {
  public:
    bool OnInit() override {
        delete wxLog::SetActiveTarget(new wxLogStderr);
        auto vietnamese = base::Words::load(options.share / "locale", "vi");
        auto english = base::Words::load(options.share / "locale", "en");
        if (!vietnamese || !english || !themesLoad()) {
            base::log::error("words_or_theme_missing");
            return false;
        }
        vietnamese_ = std::move(*vietnamese);
        english_ = std::move(*english);
        begin();
        return true;
    }

    /// A bug: noted without its text (which might name a person); the supervisor starts us anew, on a clean
    /// page.
    void OnUnhandledException() override {
        base::log::error("unhandled_exception");
        _exit(70);
    }

  private:
    static bool themesLoad() {
        for (const char* name : {"light", "contrast"})
            if (auto theme = kit::Theme::load(options.share / "theme", name, {}, wxSize(1080, 1920));
                !theme) {
                base::log::problem("theme", theme.error());
                return false;
            }
        return true;
    }

    void begin() {
        auto station = shell::Station::open(options);
        if (!station) return wait(station.error());
        auto* kiosk = new shell::Kiosk(options, std::move(*station), vietnamese_, english_);
        arm(*kiosk);
        show(*kiosk, kiosk->surface());
        if (front_) kiosk->onLeaveFullScreen = [this, kiosk] { leaveFullScreen(*kiosk); };
        if (setup_) setup_->Destroy();
        setup_ = nullptr;
    }

    /// Asked again every few seconds: said once. Not enrolled yet, or enrolled a moment ago and the agent has
    /// not fetched 1022's fields, is how every station begins.
    void tellWaiting(const base::Problem& problem) {
        if (std::exchange(waitingFor_, problem.kind) == problem.kind) return;
        const bool beginning =
            problem.kind == base::ProblemKind::NotEnrolled || problem.kind == base::ProblemKind::FileMissing;
        if (beginning) return base::log::info("waiting_to_begin", {{"problem", problem.kind}});
        base::log::problem("not_ready", problem);
    }

    void wait(const base::Problem& problem) {
        tellWaiting(problem);
        if (setup_) return setup_->show(problem);
        setup_ = new shell::SetupFrame(options, options.language == "en" ? english_ : vietnamese_, problem,
                                       [this] { begin(); });
        show(*setup_, setup_->surface());
    }

    /// This order: ShowFullScreen alone on a hidden frame left a 400×250 window (TOOLKIT.md).
    void show(wxFrame& frame, kit::Surface& surface) {
        const bool whole = !options.window && options.size.x == 0;
        watchdog_.awaitPaint(surface);
        if (options.size.x == 0) frame.SetSize(wxGetDisplaySize());
        frame.Show();
        if (whole) frame.ShowFullScreen(true);
        SetTopWindow(&frame);
        front_.reset();
        if (whole && !options.shareKeys) front_ = std::make_unique<shell::Front>(frame);
    }

    /// Staff who may go to what lies behind; the next wipe stands over it again.
    void leaveFullScreen(shell::Kiosk& kiosk) {
        front_.reset();
        kiosk.ShowFullScreen(false);
        kiosk.SetWindowStyleFlag(wxDEFAULT_FRAME_STYLE);
        kiosk.Iconize();
    }

    /// After each paint, scrolling included: what is described is what a finger finds.
    static void describePaints(shell::Kiosk& kiosk) {
        const auto session = std::to_string(base::SystemClock().boot().sinceBoot.count());
        const auto taps = std::make_shared<int>(0);
        kiosk.surface().Bind(wxEVT_LEFT_UP, [taps](wxMouseEvent& event) {
            event.Skip();
            ++*taps;
        });
        kiosk.surface().Bind(wxEVT_PAINT, [&kiosk, session, taps](wxPaintEvent& event) {
            event.Skip();
            kiosk.CallAfter(
                [&kiosk, session, taps] { shell::describe(kiosk, options.describeFile, {session, *taps}); });
        });
    }

    void arm(shell::Kiosk& kiosk) {
        if (!options.describeFile.empty() && kiosk.services().config.demo) describePaints(kiosk);
        if (!options.tourDir.empty()) tour_ = std::make_unique<shell::Tour>(kiosk, options.tourDir);
        if (options.benchStart) shell::benchStart(kiosk);
        if (options.benchPages) shell::benchPages(kiosk);
    }

    base::Words vietnamese_, english_;
    shell::SetupFrame* setup_ = nullptr;
    std::optional<base::ProblemKind> waitingFor_;
    std::unique_ptr<shell::Tour> tour_;
    shell::Watchdog watchdog_;
    std::unique_ptr<shell::Front> front_;
};

}  // namespace

wxIMPLEMENT_APP_NO_MAIN(KioskApp);

int main(int argc, char** argv) {
    shell::hardenProcess();
    shell::rememberArguments(argc, argv);
    base::log::setProgram("tram-kiosk");
    if (const auto code = shell::Options::read(argc, argv, options)) return *code;
    int wxArgc = 1;  // wx and GTK have no business with our command line
    return wxEntry(wxArgc, argv);
}
