#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ui/kit/Fonts.h"
#include "ui/kit/Gaze.h"
#include "ui/kit/Pictures.h"
#include "ui/kit/View.h"

namespace tram::kit {

using Path = std::vector<ViewRef>;  ///< from the root down to a view

/// The tree on show, and what a person is doing to it: focus, a press, a drag. Knows no window.
class Stage {
  public:
    explicit Stage(Theme theme) : theme_(std::move(theme)) {}

    Canvas canvas() { return {theme_, fonts_, pictures_}; }
    const Theme& theme() const { return theme_; }
    void setTheme(Theme theme);
    void resize(wxSize size);
    /// Another `page` is another situation: what was pressed or held before it was painted is not its.
    void show(ViewRef root, const std::string& page);
    const ViewRef& root() const { return root_; }
    void invalidate() { dirty_ = true; }
    void layOut();  ///< when something changed since the last time
    void paint(wxGraphicsContext& gc, const Rect& visible);
    void painted(Moment now);  ///< what was laid out last stands before a person's eyes from now on
    bool isPainted() const { return !dirty_ && painted_; }
    const Gaze& gaze() const { return gaze_; }

    ViewRef inputRoot() const;  ///< the topmost modal part, or the root
    ViewRef find(const std::string& id) const;
    Path pathTo(const std::string& id) const;
    Path pathAt(wxPoint point) const;
    Rect seen(const Path& path) const;  ///< what of the last view is not clipped away

    // focus
    const std::string& focusId() const { return focusId_; }
    ViewRef focusView() const;
    bool setFocus(const std::string& id, bool ring);
    void moveFocus(int direction);
    void moveChoice(int direction);
    bool ring() const { return ring_; }
    /// Whether a key or a finger was used last: where the focus is concerns whoever uses keys.
    bool keyed() const { return keyed_; }
    void key() { keyed_ = true; }
    void reveal(const std::string& id);

    // pointer; each returns what has to be painted again (empty: nothing)
    Rect press(wxPoint at, Moment when);
    Rect drag(wxPoint at);
    Rect release(wxPoint at);
    Rect cancel();
    std::string pressing() const { return press_ ? press_->target.id : ""; }  ///< the control under a finger
    bool wheel(wxPoint at, int pixels);
    bool page(int direction);  ///< PgUp, PgDn in what the focus or the page scrolls
    void activate(const ViewRef& view, wxPoint at);

    std::function<void(const std::string&)> onFocus;

  private:
    void carryOver(const ViewRef& before);
    void dropLostFocus();
    void flag();
    void followFocus();
    void paintRing(Painter& painter);
    std::vector<ViewRef> focusOrder(const std::string& from) const;
    ViewRef scroller() const;
    Rect around(const ViewRef& view) const;
    ViewRef pressedNow() const;
    bool within(const ViewRef& view, wxPoint at) const;
    bool scrolls(wxPoint at);
    bool pulls(wxPoint at);

    struct Press {
        Gaze::Target target;   ///< as painted when the finger came down; without id when none was hit
        std::string scroller;  ///< id of what would scroll
        std::string pulled;    ///< id of what would go along instead
        wxPoint at, last;
        Moment when{0};
        int offset = 0;
        bool inside = true, dragging = false;
    };

    Theme theme_;
    Fonts fonts_;
    Pictures pictures_;
    ViewRef root_;
    wxSize size_;
    bool dirty_ = true;
    bool painted_ = false;  ///< what was laid out last
    std::string focusId_, lastTouched_;
    Rect focusSeen_;    ///< where the focused view could be seen when it was last brought into sight
    wxSize focusSize_;  ///< and how large it was
    std::size_t caretSeen_ = 0;
    bool ring_ = false, keyed_ = false;
    std::optional<Press> press_;
    Gaze gaze_;
};

}  // namespace tram::kit
