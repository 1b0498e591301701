#include "ui/screens/NearbyScreen.h"

#include "ui/screens/CitySearchScreen.h"
#include "ui/screens/Parts.h"

namespace tram::screens {

using namespace kit;

namespace {
constexpr std::size_t kNear = 20;

/// What only has an area is near to nobody: it is a layer of the map alone.
bool isNear(const catalogue::Kind* kind) {
    return kind && kind->onMap && kind->place != catalogue::PlaceNeed::None;
}
}  // namespace

NearbyScreen::NearbyScreen(Host& host) : host_(host), city_(host.services().city()) {
    for (const auto& group : city_->catalogue().groups())
        for (const auto& id : group.kinds)
            if (kind_.empty() && isNear(city_->catalogue().kind(id))) kind_ = id;
    load();
}

std::string NearbyScreen::name() const {
    return city_->empty() ? "nearby_nothing" : "nearby";
}

void NearbyScreen::load() {
    listing_ =
        city_->list({.kind = kind_, .from = ownPlace(host_), .limit = kNear}, host_.services().clock.wall());
}

ViewRef NearbyScreen::chips() {
    Views all;
    for (const auto& group : city_->catalogue().groups())
        for (const auto& id : group.kinds) {
            const auto* kind = city_->catalogue().kind(id);
            if (!isNear(kind)) continue;
            all.push_back(button({.id = "layer." + id,
                                  .label = kind->name.in(host_.session().language),
                                  .icon = kind->icon,
                                  .kind = ButtonKind::Chip,
                                  .selected = id == kind_,
                                  .onPress = [this, id] {
                                      kind_ = id;
                                      load();
                                      host_.refresh();
                                  }}));
        }
    return wrap(std::move(all));
}

Page NearbyScreen::render() {
    if (city_->empty()) return nothingYet(host_, host_.tr("home.tile.nearby"));
    Views narrowing{title(host_.tr("home.tile.nearby")), searchBar(host_, "search"), chips()}, rows;
    for (const auto& item : listing_.items) rows.push_back(entryRow(host_, city_, item));
    if (listing_.items.empty())
        rows.push_back(banner({.mood = Mood::Info,
                               .icon = "search_off",
                               .title = host_.tr("city.nearby.none"),
                               .text = host_.tr("city.nearby.none.what"),
                               .id = "none"}));
    if (listing_.about) rows.push_back(sourceLine(host_, listing_.about->source, listing_.about->asOf));
    return {.content = listBody(host_, "page." + kind_, std::move(narrowing), std::move(rows))};
}

}  // namespace tram::screens
