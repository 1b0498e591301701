#pragma once
#include <wx/wx.h>

#include <chrono>
#include <functional>
#include <string>

#include "ui/kit/Surface.h"

namespace tram::ui::test {

/// wx, once in a test program, and only when a test needs it: Catch lists its tests without a display.
void startWx();

/// Runs the event loop until `done`; false when the deadline passed first.
bool runUntil(const std::function<bool()>& done, std::chrono::milliseconds limit = std::chrono::seconds(30));

/// A person before a surface: real pointer and key events through the X server (XTest).
class Robot {
  public:
    explicit Robot(kit::Surface& surface) : surface_(surface) {}

    void look();    ///< until a person has seen the page, and it takes what they press
    void settle();  ///< until the events made so far are handled and painted
    void moveTo(wxPoint screen);
    void press(wxPoint screen);
    void release();
    void tap(const std::string& id);    ///< must be in sight
    void reach(const std::string& id);  ///< scrolls with the page's own buttons until it is, then taps
    void type(const std::string& ascii);
    void key(int code, int modifiers = 0);
    void tabTo(const std::string& id);  ///< by the Tab key alone

  private:
    bool inSight(const std::string& id) const;
    kit::Surface& surface_;
};

}  // namespace tram::ui::test
