#pragma once
#include <functional>

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

/// Several kinds under one title.
class CityGroupScreen final : public Screen {
  public:
    using Title = std::function<std::string()>;  ///< asked at each turn: the language may have changed
    CityGroupScreen(Host& host, Title title, std::vector<std::string> kinds)
        : host_(host), city_(host.services().city()), title_(std::move(title)), kinds_(std::move(kinds)) {}
    std::string name() const override { return "city_group"; }
    Page render() override;

  private:
    Host& host_;
    CityRef city_;
    Title title_;
    std::vector<std::string> kinds_;
};

}  // namespace tram::screens
