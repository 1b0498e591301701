#pragma once
#include "ui/screens/CityParts.h"

namespace tram::screens {

/// *Tất cả dịch vụ*: the groups of the catalogue, a tile each.
class CityGroupsScreen final : public Screen {
  public:
    explicit CityGroupsScreen(Host& host) : host_(host), city_(host.services().city()) {}
    std::string name() const override { return "city_groups"; }
    Page render() override;

  private:
    kit::ViewRef groupTile(const catalogue::Group& group);
    kit::ViewRef mapTile();
    Host& host_;
    CityRef city_;
};

/// A group of several kinds.
class CityGroupScreen final : public Screen {
  public:
    CityGroupScreen(Host& host, std::string group)
        : host_(host), city_(host.services().city()), group_(std::move(group)) {}
    std::string name() const override { return "city_group"; }
    Page render() override;

  private:
    Host& host_;
    CityRef city_;
    std::string group_;
};

}  // namespace tram::screens
