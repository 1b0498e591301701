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
    kit::Views followBar(bool brief);
    kit::ViewRef loginBar(bool brief);
    kit::ViewRef bars(bool brief);
    kit::ViewRef tiles(int columns, double gap);
    kit::ViewRef standing();
    kit::ViewRef lowered();
    Host& host_;
};

}  // namespace tram::screens
