#include "ui/shell/HandScanner.h"

#include <wx/event.h>
#include <wx/evtloop.h>

#include <algorithm>

#include "ui/kit/EventTime.h"
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
        if (!begun_) begin(when);
        follow(heard(burst_, event, when));
    };
    surface_.onPressFirst = [this](kit::Moment when) {
        begun_ = true;  // a finger comes to what was seen
        follow(burst_.press(when));
    };
    timer_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { tick(); });
}

HandScanner::~HandScanner() {
    timer_.Stop();
    surface_.onKeyFirst = nullptr;
    surface_.onPressFirst = nullptr;
}

/// A scan may outlast the process it was made for: its rest comes to the next one, as soon as that has the
/// keyboard. Nobody has seen the first page by then.
void HandScanner::begin(kit::Moment when) {
    begun_ = when >= surface_.takesFrom();
    if (!begun_) follow(burst_.begin(when));
}

void HandScanner::follow(ScanBurst::Outcome outcome) {
    patience_ = kLooks;
    await();
    surface_.handKeys(outcome.typed);
    if (outcome.dropped) surface_.dropKeys();
    if (outcome.scan && onScan) onScan(std::move(*outcome.scan));
}

void HandScanner::await() {
    timer_.Stop();
    const auto due = burst_.due();
    if (due)
        timer_.StartOnce(static_cast<int>(std::max(*due - kit::monotonicNow(), base::Millis(1)).count()));
}

/// Keys carry the time at which they were pressed: what still waits in the queue may belong to this burst.
void HandScanner::tick() {
    const auto* loop = wxEventLoopBase::GetActive();
    if (loop && loop->Pending() && patience_-- > 0) {
        timer_.StartOnce(static_cast<int>(ScanBurst::kGap.count()));
        return;
    }
    follow(burst_.tick(kit::monotonicNow()));
}

}  // namespace tram::shell
