#include "ui/kit/Surface.h"

#include <wx/dcbuffer.h>
#include <wx/dcmemory.h>
#include <wx/graphics.h>
#include <wx/image.h>
#include <wx/utils.h>

#include <chrono>

#include "ui/kit/EventTime.h"
#include "ui/kit/Inspect.h"
#include "ui/kit/Stage.h"
#include "ui/kit/SurfaceKeys.h"

namespace tram::kit {
namespace {

using Instant = std::chrono::steady_clock::time_point;
constexpr double kWheelStep = 120;  // reference pixels a notch

}  // namespace

class Surface::Impl {
  public:
    Impl(Surface& window, Theme theme)
        : window_(window),
          stage_(std::move(theme)),
          keys_(window, stage_, {[this] { awaited(); }, [this] { active(); }, [this] { redraw(); }}) {
        stage_.onFocus = [this](const std::string& id) {
            if (window_.onFocus) window_.onFocus(id);
        };
        bindPointer();
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

    void repaint(const std::string& id) { show(stage_.seen(stage_.pathTo(id))); }

    SurfaceKeys& keys() { return keys_; }

    double lastReaction = 0;

  private:
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
        keys_.touched();
        capture();
        const auto when = momentOf(event);
        if (window_.onPressFirst) window_.onPressFirst(when);
        show(stage().press(event.GetPosition(), when));
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
    SurfaceKeys keys_;
    std::optional<Instant> waiting_;
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
    impl_->keys().handOver(count);
}

bool Surface::holdsKeys() const {
    return impl_->keys().holds();
}

void Surface::dropKeys() {
    impl_->keys().drop();
}

bool Surface::focus(const std::string& id, bool showRing) {
    const bool done = !id.empty() && impl_->stage().setFocus(id, showRing);
    if (done) refresh();
    return done;
}

std::string Surface::focused() const {
    return impl_->stage().focusId();
}

std::string Surface::ringed() const {
    return impl_->stage().ring() ? focused() : std::string();
}

bool Surface::keyed() const {
    return impl_->stage().keyed();
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
