#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ui/kit/Fonts.h"
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
    void show(ViewRef root);
    const ViewRef& root() const { return root_; }
    void invalidate() { dirty_ = true; }
    void layOut();  ///< when something changed since the last time
    void paint(wxGraphicsContext& gc, const Rect& visible);

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
    void hideRing() { ring_ = false; }
    void reveal(const std::string& id);

    // pointer; each returns what has to be painted again (empty: nothing)
    Rect press(wxPoint at);
    Rect drag(wxPoint at);
    Rect release(wxPoint at);
    Rect cancel();
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
    std::vector<ViewRef> focusOrder() const;
    ViewRef scroller() const;
    Rect around(const ViewRef& view) const;

    struct Press {
        std::string id;  ///< of the target; "" when none was hit
        ViewRef target;
        std::string scroller;  ///< id of what would scroll
        wxPoint at;
        int offset = 0;
        bool inside = true, dragging = false;
    };

    Theme theme_;
    Fonts fonts_;
    Pictures pictures_;
    ViewRef root_;
    wxSize size_;
    bool dirty_ = true;
    std::string focusId_, lastTouched_;
    Rect focusSeen_;  ///< where the focused view could be seen when it was last brought into sight
    std::size_t caretSeen_ = 0;
    bool ring_ = false;
    std::optional<Press> press_;
};

}  // namespace tram::kit
