#include "ui/kit/Surface.h"

#include <wx/dcbuffer.h>
#include <wx/dcmemory.h>
#include <wx/graphics.h>
#include <wx/image.h>
#include <wx/utils.h>

#include <chrono>
#include <deque>

#include "ui/kit/HeldKeys.h"
#include "ui/kit/Inspect.h"
#include "ui/kit/Keys.h"
#include "ui/kit/Stage.h"
#include "ui/kit/TextEdit.h"

namespace tram::kit {
namespace {

using Instant = std::chrono::steady_clock::time_point;
constexpr double kWheelStep = 120;  // reference pixels a notch

Moment monotonicNow() {
    return std::chrono::duration_cast<Moment>(std::chrono::steady_clock::now().time_since_epoch());
}

/// When it happened, not when we come to it. X counts in 32 bits; an event without a time, or one from a
/// server with a clock of its own, happens now.
Moment momentOf(const wxEvent& event) {
    constexpr std::int32_t kOldest = 60000;  // ms; a UI thread that stands longer is replaced by the watchdog
    const auto now = monotonicNow();
    const auto stamp = static_cast<std::uint32_t>(event.GetTimestamp());
    const auto age = static_cast<std::int32_t>(static_cast<std::uint32_t>(now.count()) - stamp);
    return stamp == 0 || age < 0 || age > kOldest ? now : now - Moment(age);
}

}  // namespace

class Surface::Impl {
  public:
    Impl(Surface& window, Theme theme) : window_(window), stage_(std::move(theme)) {
        stage_.onFocus = [this](const std::string& id) {
            if (window_.onFocus) window_.onFocus(id);
        };
        bindPointer();
        bindKeys();
        window_.Bind(wxEVT_PAINT, [this](wxPaintEvent&) { paint(); });
        window_.Bind(wxEVT_SIZE, [this](wxSizeEvent&) {
            stage_.resize(window_.GetClientSize());
            window_.Refresh(false);
        });
        // Neither right button nor long press has a meaning here; unhandled they would open GTK's menu.
        window_.Bind(wxEVT_CONTEXT_MENU, [](wxContextMenuEvent&) {});
    }

    Stage& stage() {
        stage_.resize(window_.GetClientSize());
        return stage_;
    }

    void redraw() {
        stage_.invalidate();
        window_.Refresh(false);
    }

    wxBitmap picture() {
        const wxSize size = window_.GetClientSize();
        wxBitmap bitmap(size.x, size.y, 24);
        wxMemoryDC dc(bitmap);
        std::unique_ptr<wxGraphicsContext> gc(wxGraphicsContext::Create(dc));
        stage().paint(*gc, Rect(wxPoint(0, 0), size));
        return bitmap;
    }

    void handKeys(std::size_t count) {
        for (; count > 0 && !kept_.empty(); --count) {
            const auto kept = std::move(kept_.front());
            kept_.pop_front();
            handle(*kept.event, kept.when, kept.began ? &*kept.began : nullptr);
        }
    }
    void dropKeys() { kept_.clear(); }
    bool holdsKeys() const { return !kept_.empty(); }

    void repaint(const std::string& id) { show(stage_.seen(stage_.pathTo(id))); }

    double lastReaction = 0;

  private:
    struct Kept {
        std::unique_ptr<wxKeyEvent> event;
        Moment when;
        std::optional<std::string> began;  ///< where it went down, when it is a repeat
    };

    void bindPointer() {
        window_.Bind(wxEVT_LEFT_DOWN, [this](wxMouseEvent& e) { down(e); });
        window_.Bind(wxEVT_LEFT_DCLICK, [this](wxMouseEvent& e) { down(e); });
        window_.Bind(wxEVT_MOTION, [this](wxMouseEvent& e) {
            // Let go where we were not told of it: a grab of the window manager's, another screen.
            show(e.LeftIsDown() ? stage_.drag(e.GetPosition()) : stage_.cancel());
        });
        window_.Bind(wxEVT_LEFT_UP, [this](wxMouseEvent& e) { up(e.GetPosition()); });
        window_.Bind(wxEVT_MOUSE_CAPTURE_LOST, [this](wxMouseCaptureLostEvent&) { show(stage_.cancel()); });
        window_.Bind(wxEVT_MOUSEWHEEL, [this](wxMouseEvent& e) {
            active();
            const int notches = e.GetWheelRotation() / std::max(1, e.GetWheelDelta());
            if (stage_.wheel(e.GetPosition(), -notches * stage_.theme().px(kWheelStep)))
                window_.Refresh(false);
        });
    }

    void bindKeys() {
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

    /// Something was done that a person waits to see.
    void awaited() { waiting_ = std::chrono::steady_clock::now(); }

    void active() {
        awaited();
        if (window_.onActivity) window_.onActivity();
    }

    void show(const Rect& changed) {
        if (changed.IsEmpty()) return;
        window_.RefreshRect(changed, false);
    }

    void down(const wxMouseEvent& event) {
        super_ = false;  // should its release ever be missed, a touch gives the keys back
        capture();
        if (window_.onPressFirst) window_.onPressFirst();
        show(stage().press(event.GetPosition(), momentOf(event)));
        active();
        window_.Update();  // the pressed state belongs to this very moment, not to the next idle one
    }

    void up(wxPoint at) {
        active();
        if (window_.HasCapture()) window_.ReleaseMouse();
        show(stage_.release(at));
    }

    /// X gives a window the pointer for as long as a button is down: a grab on top of that adds nothing.
    void capture() {
#ifndef __WXGTK__
        if (!window_.HasCapture()) window_.CaptureMouse();
#endif
    }

    void key(wxKeyEvent& event) {
        const auto when = momentOf(event);
        const auto* began = held_.down(event, when, stage_.gaze().page());
        // A key that something lies on is nobody's sign of life.
        began ? awaited() : active();
        if (!window_.onKeyFirst || isModifier(event)) return handle(event, when, began);
        kept_.push_back({std::make_unique<wxKeyEvent>(event), when,
                         began ? std::optional<std::string>(*began) : std::nullopt});
        window_.onKeyFirst(event, when);
    }

    static bool isModifier(const wxKeyEvent& event) {
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

    void handle(const wxKeyEvent& event, Moment when, const std::string* began) {
        if (isChord(event) || !mayAct(event, when, began)) return;
        if (!command(event) && !forFocus(event)) {
            const char32_t c = characterOf(event);
            if (c == 0) return;
            character(c);
        }
        redraw();
    }

    /// The rule of ui/kit/Gaze.h for keys: none means a page that was not painted yet, and what presses or
    /// leaves is held down to no effect. What edits or moves repeats, on the page where it began.
    bool mayAct(const wxKeyEvent& event, Moment when, const std::string* began) const {
        const auto& gaze = stage_.gaze();
        if (!gaze.knew(when) || (began && *began != gaze.page())) return false;
        return !decides(event) || (!began && gaze.understood(when));
    }

    bool decides(const wxKeyEvent& event) const {
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
    bool isChord(const wxKeyEvent& event) const {
        return event.ControlDown() || event.AltDown() || event.MetaDown() || super_;
    }

    static bool isSuper(const wxKeyEvent& event) {
        constexpr wxUint32 kSuperLeft = 0xffeb,
                           kSuperRight = 0xffec;  // X keysyms; wxGTK has no code for them
        return event.GetRawKeyCode() == kSuperLeft || event.GetRawKeyCode() == kSuperRight;
    }

    bool command(const wxKeyEvent& event) {
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

    bool forFocus(const wxKeyEvent& event) {
        const auto view = stage_.focusView();
        if (!view) return false;
        if (!view->edit()) return pressOrMove(view, event);
        return view->onKey(event);
    }

    bool pressOrMove(const ViewRef& view, const wxKeyEvent& event) {
        switch (event.GetKeyCode()) {
            case WXK_RETURN:
            case WXK_NUMPAD_ENTER:
            case WXK_SPACE:
                stage_.activate(view, {});
                return true;
            case WXK_UP:
            case WXK_LEFT:
                return choice(view, -1);
            case WXK_DOWN:
            case WXK_RIGHT:
                return choice(view, 1);
            default:
                return view->onKey(event);
        }
    }

    bool choice(const ViewRef& view, int direction) {
        if (view->role != Role::Choice) return false;
        stage_.moveChoice(direction);
        return true;
    }

    void character(char32_t c) {
        const auto view = stage_.focusView();
        if (view && view->edit())
            view->edit()->type(c);
        else if (window_.onChar)
            window_.onChar(c);
        redraw();
    }

    void paint() {
        wxAutoBufferedPaintDC dc(&window_);
        std::unique_ptr<wxGraphicsContext> gc(wxGraphicsContext::Create(dc));
        stage().paint(*gc, window_.GetUpdateRegion().GetBox());
        gc.reset();
        stage_.painted(monotonicNow());
        if (!waiting_) return;
        lastReaction =
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - *waiting_).count();
        waiting_.reset();
    }

    Surface& window_;
    Stage stage_;
    std::optional<Instant> waiting_;
    /// In the order of the events, which do not carry it: asked of the keyboard it would be let go already
    /// when we come to the key.
    bool super_ = false;
    HeldKeys held_;
    std::deque<Kept> kept_;
};

Surface::Surface(wxWindow* parent, Theme theme) {
    SetBackgroundStyle(wxBG_STYLE_PAINT);
    Create(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxWANTS_CHARS | wxBORDER_NONE);
    impl_ = std::make_unique<Impl>(*this, std::move(theme));
}

Surface::~Surface() {
    if (HasCapture()) ReleaseMouse();
}

void Surface::setTheme(Theme theme) {
    impl_->stage().setTheme(std::move(theme));
    Refresh(false);
}

const Theme& Surface::theme() const {
    return impl_->stage().theme();
}

void Surface::show(ViewRef root, const std::string& page) {
    impl_->stage().show(std::move(root), page);
    Refresh(false);
}

const ViewRef& Surface::root() const {
    return impl_->stage().root();
}

void Surface::refresh() {
    impl_->redraw();
}

void Surface::repaint(const std::string& id) {
    impl_->repaint(id);
}

void Surface::handKeys(std::size_t count) {
    impl_->handKeys(count);
}

bool Surface::holdsKeys() const {
    return impl_->holdsKeys();
}

void Surface::dropKeys() {
    impl_->dropKeys();
}

bool Surface::focus(const std::string& id, bool showRing) {
    const bool done = !id.empty() && impl_->stage().setFocus(id, showRing);
    if (done) refresh();
    return done;
}

std::string Surface::focused() const {
    return impl_->stage().focusId();
}

void Surface::clearFocus() {
    impl_->stage().setFocus("", false);
    refresh();
}

TextEdit* Surface::editing() const {
    const auto view = impl_->stage().focusView();
    return view ? view->edit() : nullptr;
}

void Surface::scrollTo(const std::string& id) {
    impl_->stage().reveal(id);
    Refresh(false);
}

ViewRef Surface::find(const std::string& id) const {
    impl_->stage().layOut();
    return impl_->stage().find(id);
}

Rect Surface::seen(const std::string& id) const {
    auto& stage = impl_->stage();
    stage.layOut();
    return stage.seen(stage.pathTo(id));
}

wxPoint Surface::centreOf(const std::string& id) const {
    const Rect part = seen(id);
    if (part.IsEmpty()) return {-1, -1};
    return ClientToScreen(wxPoint(part.x + part.width / 2, part.y + part.height / 2));
}

std::vector<Described> Surface::describe() const {
    return describeStage(impl_->stage());
}

std::vector<std::string> Surface::layoutFaults() const {
    return faultsOf(impl_->stage());
}

std::string Surface::pressing() const {
    return impl_->stage().pressing();
}

bool Surface::isPainted() const {
    return impl_->stage().isPainted();
}

Moment Surface::takesFrom() const {
    return impl_->stage().gaze().takesFrom();
}

bool Surface::takesAt(wxPoint screen) const {
    return impl_->stage().gaze().takes(ScreenToClient(screen), monotonicNow());
}

wxBitmap Surface::picture() const {
    return impl_->picture();
}

bool Surface::savePng(const std::filesystem::path& path) const {
    if (!wxImage::FindHandler(wxBITMAP_TYPE_PNG)) wxImage::AddHandler(new wxPNGHandler);
    return picture().ConvertToImage().SaveFile(wxString::FromUTF8(path.string()), wxBITMAP_TYPE_PNG);
}

double Surface::lastReactionMs() const {
    return impl_->lastReaction;
}

}  // namespace tram::kit
