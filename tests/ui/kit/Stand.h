#pragma once
#include <wx/wx.h>

#include <functional>
#include <memory>
#include <string>

#include "tests/ui/Robot.h"
#include "ui/kit/Kit.h"

namespace tram::kit::test {

/// A real window with a Surface on a real display; wx is started by the first one made.
class Stand {
  public:
    explicit Stand(wxSize size = {1080, 1600}, const std::string& theme = "light", int percent = 100);
    ~Stand();

    Surface& surface() { return *surface_; }
    bool until(const std::function<bool()>& done) { return ui::test::runUntil(done); }
    void settle() { robot_->settle(); }
    void moveTo(wxPoint screen) { robot_->moveTo(screen); }
    void press(wxPoint screen) { robot_->press(screen); }
    void release() { robot_->release(); }
    void tap(const std::string& id) { robot_->tap(id); }
    void type(const std::string& ascii) { robot_->type(ascii); }
    void key(int code, int modifiers = 0) { robot_->key(code, modifiers); }

  private:
    wxFrame* frame_ = nullptr;
    Surface* surface_ = nullptr;
    std::unique_ptr<ui::test::Robot> robot_;
};

Theme theme(const std::string& name = "light", int percent = 100, wxSize screen = {1080, 1920},
            double pxPerMm = 0);

}  // namespace tram::kit::test
