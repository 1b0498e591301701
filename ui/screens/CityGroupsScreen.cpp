#include "ui/screens/CityGroupsScreen.h"

#include "ui/screens/CitySearchScreen.h"
#include "ui/screens/NearbyScreen.h"
#include "ui/screens/Parts.h"

namespace tram::screens {

using namespace kit;

ViewRef CityGroupsScreen::groupTile(const catalogue::Group& group) {
    const auto& language = host_.session().language;
    return kit::tile(
        {.id = "group." + group.id,
         .icon = group.icon,
         .pair = pairOfGroup(*city_, group.kinds.front()),
         .title = group.name.in(language),
         .hint = largeText(host_) || !host_.theme().portrait() ? std::string() : group.explain.in(language),
         .onPress = [this, &group] { openGroup(host_, group); },
         .compact = !host_.theme().portrait()});
}

/// What is around here lies across the groups: a map is a way to all that has a place.
ViewRef CityGroupsScreen::mapTile() {
    const bool brief = largeText(host_) || !host_.theme().portrait();
    return kit::tile({.id = "group.map",
                      .icon = "map",
                      .pair = TilePair::Red,
                      .title = host_.tr("city.group.map"),
                      .hint = brief ? std::string() : host_.tr("city.group.map.what"),
                      .onPress = [this] { host_.open(std::make_unique<NearbyScreen>(host_)); },
                      .compact = !host_.theme().portrait()});
}

Page CityGroupsScreen::render() {
    Views tiles;
    for (const auto& group : city_->catalogue().groups()) tiles.push_back(groupTile(group));
    tiles.push_back(mapTile());
    const int columns = host_.theme().portrait() ? 2 : 4;
    return {.content = tilesBody(host_, "page",
                                 {title(host_.tr("home.tile.all")), searchBar(host_, "search"),
                                  grow(grid(columns, std::move(tiles), {.minWidth = 340, .fill = true}))},
                                 kDefault)};
}

Page CityGroupScreen::render() {
    Views rows{title(title_())};
    for (const auto& id : kinds_) rows.push_back(kindRow(host_, *city_, *city_->catalogue().kind(id)));
    return {.content = body(host_, "page", std::move(rows))};
}

}  // namespace tram::screens
