#pragma once
#include <wx/event.h>

#include <map>
#include <string>

#include "ui/kit/Gaze.h"

namespace tram::kit {

/// Tells a key held down from one pressed again: the X server's repeats are presses without a release
/// between.
class HeldKeys {
  public:
    /// Null for a new press; for a repeat the page on which the key went down.
    const std::string* down(const wxKeyEvent& event, Moment when, const std::string& page) {
        auto& key = keys_[event.GetRawKeyCode()];
        const bool again = key.down && when - key.last < kLongestPause;
        key.last = when;
        if (again) return &key.page;
        key.down = true;
        key.page = page;
        return nullptr;
    }
    void up(const wxKeyEvent& event) { keys_.erase(event.GetRawKeyCode()); }
    void lose() { keys_.clear(); }  ///< the focus goes; the releases will be somebody else's

  private:
    /// X waits 660 ms (xset q) before it repeats, then 40 ms. A release that got lost must not take the next
    /// press of the key with it.
    static constexpr Moment kLongestPause{1000};
    struct Key {
        bool down = false;
        Moment last{0};
        std::string page;
    };
    std::map<wxUint32, Key> keys_;
};

}  // namespace tram::kit
