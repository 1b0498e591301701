#pragma once
#include "ui/screens/Host.h"

namespace tram::screens {

/// *Chữ to*: text size, colours, language and height of the controls, all within reach at the bottom.
class DisplayScreen final : public Screen {
  public:
    explicit DisplayScreen(Host& host) : host_(host) {}
    std::string name() const override { return "display"; }
    Page render() override;
    bool standsOverLock() const override { return true; }

  private:
    kit::ViewRef option(std::string id, const std::string& label, bool selected,
                        std::function<void(Session&)> set);
    kit::ViewRef group(const std::string& heading, kit::Views options, int columns);
    Host& host_;
};

}  // namespace tram::screens
