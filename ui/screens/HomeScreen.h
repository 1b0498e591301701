#pragma once
#include "ui/screens/Host.h"

namespace tram::screens {

/// home.png. What is not there yet is marked *Sắp có* and leads to ComingScreen: no dead ends.
class HomeScreen final : public Screen {
  public:
    explicit HomeScreen(Host& host) : host_(host) {}
    std::string name() const override { return "home"; }
    Page render() override;

  private:
    kit::ViewRef tile(const char* service, const char* icon, kit::TilePair pair);
    kit::ViewRef followBar();
    kit::ViewRef loginBar();
    Host& host_;
};

}  // namespace tram::screens
