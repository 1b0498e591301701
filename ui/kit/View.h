#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ui/kit/Canvas.h"

class wxKeyEvent;

namespace tram::kit {

class View;
class TextEdit;
using ViewRef = std::shared_ptr<View>;
using Action = std::function<void()>;

enum class Role { None, Group, Text, Heading, Button, Choice, CheckBox, TextField, Key, Image, Status, Scroll, Dialog };
std::string_view name(Role role);

struct Widths {
    int min = 0;      ///< below this, words would break or parts overlap
    int natural = 0;  ///< wider than this brings nothing
};

/// One thing on a page. Trees of views are made afresh for every state and hold no truth; what must outlive
/// a tree (focus, scrolling, a press under way) is carried by the Surface from id to id.
class View {
  public:
    virtual ~View() = default;

    std::string id;          ///< stable across renders; needed by whatever can be pressed, focused or scrolled
    std::string spokenName;  ///< said for it and told to tests; paragraphs speak their text
    Role role = Role::None;
    double weight = 0;  ///< share of the space left over in a column or row
    bool enabled = true;
    Action onPress;

    virtual Widths widths(Canvas& canvas) = 0;
    virtual int heightFor(Canvas& canvas, int width) = 0;
    /// Lays out the children too. `rect` in pixels of the surface.
    void place(Canvas& canvas, const Rect& rect);
    virtual void paint(Painter& painter) = 0;

    const Rect& rect() const { return rect_; }
    const std::vector<ViewRef>& children() const { return children_; }
    bool focusable() const { return enabled && (onPress != nullptr || edit() != nullptr); }
    /// The model behind a text field; null elsewhere.
    virtual TextEdit* edit() const { return nullptr; }
    /// Keys for the focused view; true when used. Enter and Space press before this is asked.
    virtual bool onKey(const wxKeyEvent&) { return false; }
    /// A tap at a point inside, after onPress (a text field places its caret).
    virtual void tapped(Canvas&, wxPoint) {}
    /// Only within this rectangle can children be seen and touched; empty means everywhere.
    virtual Rect clip() const { return {}; }
    /// The lowest layer that takes input: an overlay hides what lies under it.
    virtual View* inputRoot() { return this; }
    /// True when the text inside does not fit its rectangle (layoutFaults).
    virtual bool overflows(Canvas&) const { return false; }
    /// Children may touch or overlap on purpose (an overlay, a badge on a corner).
    virtual bool layered() const { return false; }

    bool pressed = false, focused = false /* and to be shown so */;

  protected:
    virtual void layout(Canvas&) {}
    void paintChildren(Painter& painter);

    std::vector<ViewRef> children_;
    Rect rect_;
};

/// Every view of the tree, parents first, in reading order.
void walk(const ViewRef& root, const std::function<void(const ViewRef&)>& visit);

}  // namespace tram::kit
