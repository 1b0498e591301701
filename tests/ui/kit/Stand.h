#pragma once
#include <wx/wx.h>

#include <functional>
#include <memory>
#include <string>

#include "ui/kit/Kit.h"

namespace tram::kit::test {

/// A real window with a Surface on a real display; wx is started by the first one made.
class Stand {
  public:
    explicit Stand(wxSize size = {1080, 1600}, const std::string& theme = "light", int percent = 100);
    ~Stand();

    Surface& surface() { return *surface_; }
    /// Runs the event loop until `done`, for at most five seconds; false when it never was.
    bool until(const std::function<bool()>& done);
    void settle();  ///< until the events made so far are handled and painted

    // real pointer and key events (XTest), on the screen
    void moveTo(wxPoint screen);
    void press(wxPoint screen);
    void release();
    void tap(const std::string& id);
    void type(const std::string& ascii);
    void key(int code, int modifiers = 0);

  private:
    wxFrame* frame_ = nullptr;
    Surface* surface_ = nullptr;
};

Theme theme(const std::string& name = "light", int percent = 100, wxSize screen = {1080, 1920},
            double pxPerMm = 0);

}  // namespace tram::kit::test
