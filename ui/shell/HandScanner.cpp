#include "ui/shell/HandScanner.h"

#include <wx/event.h>
#include <wx/evtloop.h>

#include <chrono>

#include "ui/kit/Keys.h"

namespace tram::shell {

using identity::ScanBurst;

namespace {

/// How often it is looked again whether more keys wait for a busy UI thread, a gap apart.
constexpr int kLooks = 8;

ScanBurst::Outcome heard(ScanBurst& burst, const wxKeyEvent& event, kit::Moment when) {
    const int code = event.GetKeyCode();
    if (code == WXK_RETURN || code == WXK_NUMPAD_ENTER) return burst.enter(when);
    const char32_t character = kit::characterOf(event);
    const bool chord = event.ControlDown() || event.AltDown() || event.MetaDown();
    return character == 0 || chord ? burst.other(when) : burst.key(character, when);
}

}  // namespace

HandScanner::HandScanner(kit::Surface& surface) : surface_(surface) {
    surface_.onKeyFirst = [this](const wxKeyEvent& event, kit::Moment when) {
        follow(heard(burst_, event, when));
    };
    surface_.onPressFirst = [this] { handAll(); };
    timer_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { tick(); });
}

HandScanner::~HandScanner() {
    timer_.Stop();
    surface_.onKeyFirst = nullptr;
    surface_.onPressFirst = nullptr;
}

void HandScanner::handAll() {
    if (burst_.held() == 0) return;
    auto outcome = burst_.other({});
    --outcome.typed;  // there was no such key
    follow(std::move(outcome));
}

void HandScanner::follow(ScanBurst::Outcome outcome) {
    timer_.Stop();
    patience_ = kLooks;
    if (burst_.held() > 0) timer_.StartOnce(static_cast<int>(ScanBurst::kGap.count()) + 1);
    surface_.handKeys(outcome.typed);
    if (!outcome.scan) return;
    surface_.dropKeys();
    if (onScan) onScan(std::move(*outcome.scan));
}

/// Keys carry the time at which they were pressed: what still waits in the queue may belong to this burst.
void HandScanner::tick() {
    const auto* loop = wxEventLoopBase::GetActive();
    if (loop && loop->Pending() && patience_-- > 0) {
        timer_.StartOnce(static_cast<int>(ScanBurst::kGap.count()));
        return;
    }
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    follow(burst_.tick(std::chrono::duration_cast<base::Millis>(now)));
}

}  // namespace tram::shell
