#pragma once
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ui/kit/Canvas.h"

class wxKeyEvent;

namespace tram::kit {

class View;
class TextEdit;
using ViewRef = std::shared_ptr<View>;
using Action = std::function<void()>;

enum class Role {
    None,
    Group,
    Text,
    Heading,
    Button,
    Choice,
    CheckBox,
    TextField,
    Key,
    Image,
    Status,
    Scroll,
    Dialog
};
std::string_view name(Role role);

/// A key that presses a view wherever the focus is (wx's code), alone or with Alt.
struct Shortcut {
    int key = 0;
    bool alt = false;
    bool operator==(const Shortcut&) const = default;
};

struct Widths {
    int min = 0;      ///< below this, words would break or parts overlap
    int natural = 0;  ///< wider than this brings nothing
};

/// One thing on a page. Trees of views are made afresh for every state and hold no truth; what must outlive
/// a tree (focus, scrolling, a press under way) is carried by the Surface from id to id.
class View {
  public:
    virtual ~View() = default;

    std::string id;  ///< stable across renders; needed by whatever can be pressed, focused or scrolled
    std::string spokenName;  ///< said for it and told to tests; paragraphs speak their text
    Role role = Role::None;
    double weight = 0;  ///< share of the space left over in a column or row
    bool enabled = true;
    bool selected = false;  ///< chosen, ticked, current: said by speech beside the name
    Action onPress;
    std::optional<Shortcut> shortcut;
    std::vector<std::pair<Shortcut, Action>> keys;  ///< what else keys do as long as it stands there

    Widths widths(Canvas& canvas);             ///< remembered
    int heightFor(Canvas& canvas, int width);  ///< remembered for the last widths asked
    /// As low as it can become without losing anything: what scrolls can be lower than its content.
    virtual int minHeightFor(Canvas& canvas, int width) { return heightFor(canvas, width); }
    /// Lays out the children too. `rect` in pixels of the surface.
    void place(Canvas& canvas, const Rect& rect);
    virtual void forget();  ///< drops remembered sizes, of children too, after a model changed
    virtual void paint(Painter& painter) = 0;

    const Rect& rect() const { return rect_; }
    const std::vector<ViewRef>& children() const { return children_; }
    bool focusable() const { return enabled && role != Role::Key && isTarget(); }
    bool isTarget() const { return onPress != nullptr || edit() != nullptr; }
    /// The model behind a text field; null elsewhere.
    virtual TextEdit* edit() const { return nullptr; }
    /// Keys for the focused view; true when used. Enter and Space press before this is asked.
    virtual bool onKey(const wxKeyEvent&) { return false; }
    /// A tap at a point inside (a text field places its caret, a map looks there); by a key at none, (0, 0).
    virtual void tapped(Canvas&, wxPoint) {}
    /// Only within this rectangle can children be seen and touched; empty means everywhere.
    virtual Rect clip() const { return {}; }
    /// How far the content can be moved up, and how far it is; 0 when nothing scrolls here.
    virtual int scrollRange() const { return 0; }
    virtual int scrollOffset() const { return 0; }
    virtual void scrollTo(int) {}
    /// How far one page goes: not all that is seen, so that a line of the page before stays in sight.
    int scrollPage() const { return static_cast<int>((clip().IsEmpty() ? rect_ : clip()).height * 0.85); }
    /// Goes along with a finger, whichever way it moves (a map).
    virtual bool pullable() const { return false; }
    virtual void pulledBy(wxPoint) {}
    /// A wheel over it, up (1) or down (-1); true when used.
    virtual bool turned(wxPoint, int) { return false; }
    /// Takes over what a person did to the same view of the tree before (scrolling).
    virtual void carry(const View&) {}
    /// True when what is inside does not fit its rectangle (layoutFaults).
    virtual bool overflows(Canvas&) { return false; }
    /// What must be in sight while this has the focus: the caret's line of a field that is higher than its
    /// place.
    virtual Rect essential(Canvas&) const { return rect_; }
    virtual int cornerRadius(const Theme& theme) const { return theme.length(Length::ButtonRadius); }

    bool layered = false;  ///< children lie over one another on purpose
    bool modal = false;    ///< takes all input while it is there
    bool pressed = false;
    bool focused = false;

  protected:
    virtual Widths measureWidths(Canvas& canvas) = 0;
    virtual int measureHeight(Canvas& canvas, int width) = 0;
    virtual void layout(Canvas&) {}
    void paintChildren(Painter& painter);

    std::vector<ViewRef> children_;
    Rect rect_;

  private:
    std::optional<Widths> widths_;
    std::array<std::pair<int, int>, 2> heights_{{{-1, 0}, {-1, 0}}};  // width → height, newest first
};

/// Every view of the tree, parents first, in reading order.
void walk(const ViewRef& root, const std::function<void(const ViewRef&)>& visit);

}  // namespace tram::kit
