#pragma once
#include <wx/bitmap.h>
#include <wx/window.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "ui/kit/Gaze.h"

namespace tram::kit {

/// What tests, speech and the tour see of a view.
struct Described {
    std::string id;
    Role role = Role::None;
    std::string spoken;
    Rect rect;             ///< in pixels of the surface, unclipped
    bool clipped = false;  ///< partly or wholly scrolled out of sight
    bool focusable = false;
    bool enabled = true;
    bool selected = false;
};

/// The one window: paints a tree of views and turns pointer and keys into their actions.
/// Views are called back on the UI thread; a callback may call show().
class Surface : public wxWindow {
  public:
    Surface(wxWindow* parent, Theme theme);
    ~Surface() override;

    void setTheme(Theme theme);  ///< lays the present tree out again
    const Theme& theme() const;

    /// Replaces the tree. Focus, scrolling and a press under way go on where the new tree has the same ids.
    /// Another `page` than before is another situation: no press and no key goes on into it, and those made
    /// before it was painted and could be seen do nothing (ui/kit/Gaze.h).
    void show(ViewRef root, const std::string& page = {});
    const ViewRef& root() const;
    /// Lays out and paints again after a model changed without a new tree.
    void refresh();

    /// Only what this view shows is painted again, where it stands: a film's next frame.
    void repaint(const std::string& id);

    bool focus(const std::string& id, bool showRing = true);  ///< false when there is none such
    std::string focused() const;                              ///< "" when nothing is
    std::string ringed() const;                               ///< the same, where a ring shows it
    bool keyed() const;                                       ///< a key was used last, and no finger
    void clearFocus();
    /// The field being edited, if any.
    TextEdit* editing() const;
    void scrollTo(const std::string& id);  ///< brings it into sight

    ViewRef find(const std::string& id) const;
    Rect seen(const std::string& id) const;         ///< what of it is in sight
    wxPoint centreOf(const std::string& id) const;  ///< on the screen; (-1,-1) when absent or out of sight
    std::vector<Described> describe() const;
    /// Overlapping siblings, text outside its place, targets under 15 mm, focusables without a spoken name.
    std::vector<std::string> layoutFaults() const;

    std::string pressing() const;  ///< the control under a finger; "" when there is none
    bool isPainted() const;        ///< false while a newer tree or layout waits to be
    /// On the monotonic clock: from then on this page takes presses. Moment::max() while it is not painted.
    Moment takesFrom() const;
    /// Whether a press there would count just now. People look first; robots ask.
    bool takesAt(wxPoint screen) const;

    wxBitmap picture() const;  ///< the page as it would be painted now
    bool savePng(const std::filesystem::path& path) const;
    /// From the last press or key to the end of the paint it caused.
    double lastReactionMs() const;

    std::function<void()> onActivity;  ///< any touch or key
    std::function<void()> onEscape;
    std::function<void(const std::string& id)> onFocus;  ///< after the focus moved; "" when it was given up
    /// When there is one, every key but modifiers is held before it is told here, and does nothing until it
    /// is handed on. `when`: on the monotonic clock, when it was pressed.
    std::function<void(const wxKeyEvent&, Moment when)> onKeyFirst;
    void handKeys(std::size_t count);  ///< the oldest held are keys like any others now
    void dropKeys();                   ///< those held never were
    bool holdsKeys() const;
    /// Before a finger's press is looked at: what was typed before it must have been written by then.
    std::function<void(Moment when)> onPressFirst;
    /// Printable characters nobody took.
    std::function<void(char32_t)> onChar;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tram::kit
