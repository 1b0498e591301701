#pragma once
#include "ui/screens/CityParts.h"

namespace tram::screens {

/// *Quanh đây* (nearby.png): what there is around this station, the nearest first.
class NearbyScreen final : public Screen {
  public:
    explicit NearbyScreen(Host& host);
    std::string name() const override;
    Page render() override;

  private:
    void load();
    kit::ViewRef chips();
    Host& host_;
    CityRef city_;
    std::string kind_;
    content::City::Listing listing_;
};

}  // namespace tram::screens
