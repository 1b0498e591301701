#pragma once
#include <set>

#include "ui/kit/MapView.h"
#include "ui/screens/CityParts.h"

namespace tram::screens {

/// *Tiện ích quanh đây* (nearby.png): what there is around this station, the nearest first, in a list and by
/// the same numbers on a map; areas that hold there as layers of it.
class NearbyScreen final : public Screen {
  public:
    explicit NearbyScreen(Host& host);
    std::string name() const override;
    Page render() override;

  private:
    using Item = content::City::Item;

    void load();
    void loadLayers();
    void bringIntoSight(const std::string& layer);
    void change(const std::function<void()>& how);  ///< and draws anew
    void choose(const Item& item);
    void lookAt(const pack::Point& place);
    kit::AreaLook lookOf(const std::string& kind) const;
    bool isChosen(const Item& item) const;

    kit::ViewRef kindChip(const catalogue::Kind& kind);
    kit::ViewRef kindChips();
    kit::ViewRef layerChips();
    kit::ViewRef card(bool narrow);
    kit::ViewRef map(double height, bool withCard);
    kit::ViewRef note();
    kit::ViewRef mapButtons();
    kit::ViewRef mapChips();
    std::vector<kit::MapMarker> markers();
    kit::Views rows();

    Host& host_;
    CityRef city_;
    std::vector<std::string> kinds_, layers_;  ///< that there are any of, in the catalogue's order
    std::string kind_;
    std::set<std::string> on_;  ///< layers switched on
    bool allKinds_ = false, layersOpen_ = false;
    content::City::Listing listing_;
    std::vector<Item> lying_;  ///< what the layers hold
    kit::MapAreas areas_;
    std::optional<Item> chosen_;
    std::shared_ptr<kit::MapLook> look_;  ///< none: the station does not know where it is
};

}  // namespace tram::screens
