#include "ui/kit/SurfaceKeys.h"

#include "ui/kit/EventTime.h"
#include "ui/kit/Keys.h"
#include "ui/kit/TextEdit.h"

namespace tram::kit {

namespace {

bool isSuper(const wxKeyEvent& event) {
    constexpr wxUint32 kSuperLeft = 0xffeb, kSuperRight = 0xffec;  // X keysyms; wxGTK has no code for them
    return event.GetRawKeyCode() == kSuperLeft || event.GetRawKeyCode() == kSuperRight;
}

bool isModifier(const wxKeyEvent& event) {
    switch (event.GetKeyCode()) {
        case WXK_SHIFT:
        case WXK_CONTROL:
        case WXK_ALT:
        case WXK_CAPITAL:
        case WXK_NUMLOCK:
            return true;
        default:
            return isSuper(event);
    }
}

}  // namespace

SurfaceKeys::SurfaceKeys(Surface& window, Stage& stage, Hooks hooks)
    : window_(window), stage_(stage), hooks_(std::move(hooks)) {
    window_.Bind(wxEVT_KEY_DOWN, [this](wxKeyEvent& e) {
        if (isSuper(e)) super_ = true;
        key(e);
    });
    window_.Bind(wxEVT_KEY_UP, [this](wxKeyEvent& e) {
        if (isSuper(e)) super_ = false;
        held_.up(e);
    });
    window_.Bind(wxEVT_KILL_FOCUS, [this](wxFocusEvent& e) {
        super_ = false;  // its release goes elsewhere
        held_.lose();
        e.Skip();
    });
    window_.Bind(wxEVT_CHAR, [this](wxKeyEvent& e) {
        if (const auto c = static_cast<char32_t>(e.GetUnicodeKey()); c > ' ') character(c);
    });
}

void SurfaceKeys::handOver(std::size_t count) {
    for (; count > 0 && !kept_.empty(); --count) {
        const auto kept = std::move(kept_.front());
        kept_.pop_front();
        handle(*kept.event, kept.when, kept.began ? &*kept.began : nullptr);
    }
}

void SurfaceKeys::key(wxKeyEvent& event) {
    const auto when = momentOf(event);
    const auto* began = held_.down(event, when, stage_.gaze().page());
    // A key that something lies on is nobody's sign of life.
    began ? hooks_.awaited() : hooks_.active();
    if (!window_.onKeyFirst || isModifier(event)) return handle(event, when, began);
    kept_.push_back({std::make_unique<wxKeyEvent>(event), when,
                     began ? std::optional<std::string>(*began) : std::nullopt});
    window_.onKeyFirst(event, when);
}

void SurfaceKeys::handle(const wxKeyEvent& event, Moment when, const std::string* began) {
    if (const auto action = shortcutFor(event)) return actByShortcut(action, when, began != nullptr);
    if (isChord(event) || !mayAct(event, when, began)) return;
    if (!isModifier(event)) stage_.key();
    if (!command(event) && !forFocus(event)) {
        const char32_t c = characterOf(event);
        if (c == 0) return;
        character(c);
    }
    hooks_.redraw();
}

/// Of what stands there and may be pressed; under a dialog nothing may.
Action SurfaceKeys::shortcutFor(const wxKeyEvent& event) {
    if (event.ControlDown() || event.ShiftDown() || event.MetaDown() || super_) return nullptr;
    const auto root = stage_.inputRoot();
    if (!root) return nullptr;
    Action found;
    const Shortcut pressed{event.GetKeyCode(), event.AltDown()};
    walk(root, [&](const ViewRef& view) {
        if (!view->enabled || view->rect().IsEmpty()) return;
        if (view->shortcut == pressed && view->isTarget())
            found = [this, view] { stage_.activate(view, {}); };
        for (const auto& [key, action] : view->keys)
            if (key == pressed) found = action;
    });
    return found;
}

/// A key that decides, as below: of the page that was understood when it went down, once.
void SurfaceKeys::actByShortcut(const Action& action, Moment when, bool repeats) {
    const auto& gaze = stage_.gaze();
    if (repeats || !gaze.knew(when) || !gaze.understood(when)) return;
    stage_.key();
    action();
    hooks_.redraw();
}

/// The rule of ui/kit/Gaze.h for keys: none means a page that was not painted yet, and what presses or
/// leaves is held down to no effect. What edits or moves repeats, on the page where it began.
bool SurfaceKeys::mayAct(const wxKeyEvent& event, Moment when, const std::string* began) const {
    const auto& gaze = stage_.gaze();
    if (!gaze.knew(when) || (began && *began != gaze.page())) return false;
    return !decides(event) || (!began && gaze.understood(when));
}

bool SurfaceKeys::decides(const wxKeyEvent& event) const {
    const auto view = stage_.focusView();
    const auto* edit = view ? view->edit() : nullptr;
    switch (event.GetKeyCode()) {
        case WXK_ESCAPE:
            return true;
        case WXK_RETURN:
        case WXK_NUMPAD_ENTER:
            return !edit || !edit->multiline();
        case WXK_SPACE:
            return !edit;
        default:
            return false;
    }
}

/// Kept from everybody (STANDARDS 15): not skipped, so GTK's and the input method's chords do not run,
/// and not taken for the plain key, so Alt+Space presses no button.
bool SurfaceKeys::isChord(const wxKeyEvent& event) const {
    return event.ControlDown() || event.AltDown() || event.MetaDown() || super_;
}

bool SurfaceKeys::command(const wxKeyEvent& event) {
    switch (event.GetKeyCode()) {
        case WXK_TAB:
            stage_.moveFocus(event.ShiftDown() ? -1 : 1);
            return true;
        case WXK_ESCAPE:
            if (window_.onEscape) window_.onEscape();
            return true;
        case WXK_PAGEUP:
        case WXK_NUMPAD_PAGEUP:
            return stage_.page(-1) || true;
        case WXK_PAGEDOWN:
        case WXK_NUMPAD_PAGEDOWN:
            return stage_.page(1) || true;
        default:
            return false;
    }
}

bool SurfaceKeys::forFocus(const wxKeyEvent& event) {
    const auto view = stage_.focusView();
    if (!view) return false;
    if (!view->edit()) return pressOrMove(view, event);
    return view->onKey(event);
}

bool SurfaceKeys::pressOrMove(const ViewRef& view, const wxKeyEvent& event) {
    switch (event.GetKeyCode()) {
        case WXK_RETURN:
        case WXK_NUMPAD_ENTER:
        case WXK_SPACE:
            stage_.activate(view, {});
            return true;
        default:
            break;
    }
    if (view->onKey(event)) return true;
    switch (event.GetKeyCode()) {
        case WXK_UP:
        case WXK_LEFT:
            return choice(view, -1);
        case WXK_DOWN:
        case WXK_RIGHT:
            return choice(view, 1);
        default:
            return false;
    }
}

bool SurfaceKeys::choice(const ViewRef& view, int direction) {
    if (view->role != Role::Choice) return false;
    stage_.moveChoice(direction);
    return true;
}

void SurfaceKeys::character(char32_t c) {
    const auto view = stage_.focusView();
    if (view && view->edit())
        view->edit()->type(c);
    else if (window_.onChar)
        window_.onChar(c);
    hooks_.redraw();
}

}  // namespace tram::kit
