#pragma once
#include <chrono>
#include <deque>
#include <string>
#include <vector>

#include "ui/kit/View.h"

namespace tram::kit {

/// On the monotonic clock. X servers on Linux stamp their events with its milliseconds.
using Moment = std::chrono::milliseconds;

/// What stood before a person's eyes, and since when. A press means what was painted when the finger came
/// down, however late it is handled and whatever has been laid out meanwhile; it never means a page that
/// nobody can have seen yet.
class Gaze {
  public:
    /// Nobody sees a page, understands it and presses sooner. The fastest choice reactions of young adults
    /// are about 250 ms (Hick 1952); a double tap's second half and a press that was aimed at the page before
    /// come within it.
    static constexpr Moment kGlance{200};
    /// GTK's own time for a double click. Within it a second tap on the same place is the first one's echo
    /// when something else has come to stand there.
    static constexpr Moment kDoubleTap{400};

    struct Target {
        std::string id, spoken;
        Role role = Role::None;
        bool enabled = true;
        Rect rect;  ///< what of it could be seen
        bool operator==(const Target&) const = default;
        /// Shift changes what a key says, not which key it is; what a list's row says is what it is.
        bool same(const std::string& otherId, const std::string& otherSpoken) const {
            return id == otherId && (role == Role::Key || spoken == otherSpoken);
        }
    };
    using Targets = std::vector<Target>;  ///< in the order they are painted

    void turnTo(const std::string& page);  ///< another page stands from now on; not painted yet
    void painted(Targets targets, Moment now);
    const std::string& page() const { return page_; }

    /// The control a finger meant; null when none, or when it meant what stood there before.
    const Target* aimedAt(wxPoint at, Moment when) const;
    bool takes(wxPoint at, Moment when) const;  ///< false: what stood there before was meant
    /// A control whose place this is, whichever is the uppermost.
    const Target* under(wxPoint at, Moment when) const;
    bool knew(Moment when) const;  ///< this page had been painted
    bool understood(Moment when) const { return when >= takesFrom(); }
    Moment takesFrom() const;  ///< far away while the page is not painted
    void pressed(const Target& target, Moment when);

  private:
    struct Picture {
        Moment since;
        Targets targets;
    };
    struct Pressed {
        std::string page;
        Target target;
        Moment when{0};
    };

    std::string page_;
    std::deque<Picture> pictures_;  ///< of this page, oldest first
    Moment firstSeen_{0};
    Pressed last_;
};

Gaze::Targets targetsIn(const ViewRef& root);

}  // namespace tram::kit
