#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "ui/kit/HeldKeys.h"
#include "ui/kit/Stage.h"
#include "ui/kit/Surface.h"

namespace tram::kit {

/// The keyboard of a Surface: which keys may act, and what they do to the stage.
class SurfaceKeys {
  public:
    struct Hooks {
        std::function<void()> awaited;  ///< something that a person waits to see
        std::function<void()> active;   ///< the same, and a sign of life
        std::function<void()> redraw;
    };
    SurfaceKeys(Surface& window, Stage& stage, Hooks hooks);

    /// As of Surface.
    void handOver(std::size_t count);
    void drop() { kept_.clear(); }
    bool holds() const { return !kept_.empty(); }
    /// Should the release of Super ever be missed, a touch gives the keys back.
    void touched() { super_ = false; }

  private:
    struct Kept {
        std::unique_ptr<wxKeyEvent> event;
        Moment when;
        std::optional<std::string> began;  ///< where it went down, when it is a repeat
    };

    void key(wxKeyEvent& event);
    void handle(const wxKeyEvent& event, Moment when, const std::string* began);
    Action shortcutFor(const wxKeyEvent& event);
    void actByShortcut(const Action& action, Moment when, bool repeats);
    bool mayAct(const wxKeyEvent& event, Moment when, const std::string* began) const;
    bool decides(const wxKeyEvent& event) const;
    bool isChord(const wxKeyEvent& event) const;
    bool command(const wxKeyEvent& event);
    bool forFocus(const wxKeyEvent& event);
    bool pressOrMove(const ViewRef& view, const wxKeyEvent& event);
    bool choice(const ViewRef& view, int direction);
    void character(char32_t c);

    Surface& window_;
    Stage& stage_;
    Hooks hooks_;
    /// In the order of the events, which do not carry it: asked of the keyboard it would be let go already
    /// when we come to the key.
    bool super_ = false;
    HeldKeys held_;
    std::deque<Kept> kept_;
};

}  // namespace tram::kit
