#include "ui/screens/NearbyScreen.h"

#include <algorithm>
#include <array>

#include "ui/screens/CityEntryScreen.h"
#include "ui/screens/CitySearchScreen.h"
#include "ui/screens/EntryWords.h"
#include "ui/screens/Parts.h"

namespace tram::screens {

using namespace kit;
using catalogue::PlaceNeed;

namespace {

constexpr std::size_t kNear = 12, kFirstSeen = 5, kFewKinds = 4, kFewOnWide = 2, kMostLying = 400,
                      kMostPoints = 60;
/// Layers are read once, as far as anybody looks from here; about twenty kilometres each way.
constexpr double kAround = 0.2;
constexpr double kMapHeight = 770, kLowMap = 520;

/// What only has an area is near to nobody: it is a layer of the map alone.
bool isNear(const catalogue::Kind& kind) {
    return kind.onMap && kind.place != PlaceNeed::None && kind.area == PlaceNeed::None;
}

pack::Box around(const pack::Point& place, double degrees) {
    return {place.latitude - degrees, place.longitude - degrees, place.latitude + degrees,
            place.longitude + degrees};
}

std::optional<pack::Box> boxOf(const content::City::Item& item) {
    if (!item.entry.area.empty()) return pack::boxOf(item.entry.area);
    if (!item.entry.place) return {};
    return around(*item.entry.place, 0);
}

pack::Point middleOf(const pack::Box& box) {
    return {(box.south + box.north) / 2, (box.west + box.east) / 2};
}

std::string keyOf(const content::City::Item& item) {
    return item.entry.kind + "." + item.entry.id;
}

}  // namespace

NearbyScreen::NearbyScreen(Host& host) : host_(host), city_(host.services().city()) {
    for (const auto& group : city_->catalogue().groups())
        for (const auto& id : group.kinds) {
            const auto* kind = city_->catalogue().kind(id);
            if (!kind || !kind->onMap || !city_->has(id)) continue;
            (isNear(*kind) ? kinds_ : layers_).push_back(id);
        }
    if (!kinds_.empty()) kind_ = kinds_.front();
    const auto& ground = host.services().map;
    if (const auto here = ownPlace(host))
        look_ = std::make_shared<MapLook>(*here, ground && ground->box() ? *ground->box() : around(*here, 1),
                                          ground ? ground->leastZoom() : map::View::kLeastZoom);
    load();
}

std::string NearbyScreen::name() const {
    return city_->empty() ? "nearby_nothing" : "nearby";
}

/// The nearest is chosen already: the way there is one press away.
void NearbyScreen::load() {
    listing_ =
        city_->list({.kind = kind_, .from = ownPlace(host_), .limit = kNear}, host_.services().clock.wall());
    chosen_.reset();
    if (!listing_.items.empty()) chosen_ = listing_.items.front();
    const auto here = ownPlace(host_);
    if (!look_ || !here) return;
    look_->keep(chosen_ ? chosen_->entry.place : std::nullopt);
    auto box = around(*here, 0);
    for (std::size_t at = 0; at < std::min(kFirstSeen, listing_.items.size()); ++at)
        if (const auto& place = listing_.items[at].entry.place) box.widen(*place);
    look_->show(box);
}

void NearbyScreen::loadLayers() {
    lying_.clear();
    auto areas = std::make_shared<std::vector<MapArea>>();
    if (const auto here = ownPlace(host_); here && !on_.empty())
        lying_ = city_->within({on_.begin(), on_.end()}, around(*here, kAround), kMostLying,
                               host_.services().clock.wall());
    for (const auto& item : lying_)
        if (const auto box = pack::boxOf(item.entry.area))
            areas->push_back({keyOf(item), item.entry.title, item.entry.area, *box, lookOf(item.entry.kind)});
    areas_ = std::move(areas);
}

/// A layer that was switched on and shows nothing would say that there is nothing.
void NearbyScreen::bringIntoSight(const std::string& layer) {
    const auto here = ownPlace(host_);
    if (!look_ || !here) return;
    std::optional<pack::Box> nearest;
    double least = 0;
    for (const auto& item : lying_) {
        if (item.entry.kind != layer) continue;
        const auto box = boxOf(item);
        if (!box) continue;
        if (look_->seen().meets(*box)) return;
        const double far = pack::metresBetween(*here, middleOf(*box));
        if (nearest && far >= least) continue;
        nearest = box;
        least = far;
    }
    if (!nearest) return;
    nearest->widen(*here);
    look_->keep({});
    look_->show(*nearest);
}

void NearbyScreen::change(const std::function<void()>& how) {
    how();
    host_.refresh();
}

/// Both where somebody stands and what was chosen are in sight afterwards.
void NearbyScreen::choose(const Item& item) {
    chosen_ = item;
    if (look_) look_->keep(item.entry.place);
    const auto here = ownPlace(host_);
    if (!look_ || !here || !item.entry.place || look_->sees(*item.entry.place)) return;
    auto box = around(*here, 0);
    box.widen(*item.entry.place);
    look_->show(box);
}

/// A tap within an area asks what it is; elsewhere the map comes to the finger.
void NearbyScreen::lookAt(const pack::Point& place) {
    const auto area =
        std::ranges::find_if(lying_, [&](const Item& item) { return item.entry.area.contains(place); });
    if (area != lying_.end()) {
        chosen_ = *area;
        look_->keep({});
    } else
        look_->centreOn(place);
}

/// No two layers alike, as long as there are colours.
AreaLook NearbyScreen::lookOf(const std::string& kind) const {
    constexpr std::array kPairs{TilePair::Blue,   TilePair::Orange, TilePair::Violet, TilePair::Green,
                                TilePair::Yellow, TilePair::Teal,   TilePair::Slate};
    const auto at = static_cast<std::size_t>(std::ranges::find(layers_, kind) - layers_.begin());
    return {at < layers_.size() ? kPairs[at % kPairs.size()] : pairOfGroup(*city_, kind),
            city_->catalogue().kind(kind)->freshDays > 0};
}

bool NearbyScreen::isChosen(const Item& item) const {
    return chosen_ && keyOf(*chosen_) == keyOf(item);
}

ViewRef NearbyScreen::kindChip(const catalogue::Kind& kind) {
    return button({.id = "kind." + kind.id,
                   .label = kind.layer.in(host_.session().language),
                   .kind = ButtonKind::Chip,
                   .selected = kind.id == kind_,
                   .onPress = [this, id = kind.id] {
                       change([&] {
                           kind_ = id;
                           load();
                       });
                   }});
}

ViewRef NearbyScreen::kindChips() {
    Views chips;
    const auto few = host_.theme().portrait() ? kFewKinds : kFewOnWide;
    for (std::size_t at = 0; at < kinds_.size(); ++at)
        if (allKinds_ || at < few || kinds_[at] == kind_)
            chips.push_back(kindChip(*city_->catalogue().kind(kinds_[at])));
    if (kinds_.size() > few)
        chips.push_back(button({.id = "kinds",
                                .label = host_.tr(allKinds_ ? "city.nearby.fewer" : "city.nearby.more"),
                                .icon = allKinds_ ? "expand_less" : "expand_more",
                                .kind = ButtonKind::Chip,
                                .onPress = [this] { change([&] { allKinds_ = !allKinds_; }); }}));
    return wrap(std::move(chips));
}

ViewRef NearbyScreen::layerChips() {
    if (!layersOpen_) return nullptr;
    Views chips;
    for (const auto& id : layers_) {
        const auto* kind = city_->catalogue().kind(id);
        chips.push_back(button({.id = "layer." + id,
                                .label = kind->layer.in(host_.session().language),
                                .kind = ButtonKind::Chip,
                                .selected = on_.contains(id),
                                .onPress =
                                    [this, id] {
                                        change([&] {
                                            const bool off = on_.erase(id) > 0;
                                            if (!off) on_.insert(id);
                                            loadLayers();
                                            if (!off) bringIntoSight(id);
                                        });
                                    },
                                .sample = lookOf(id)}));
    }
    return wrap(std::move(chips));
}

/// What was chosen, and the way there.
ViewRef NearbyScreen::card(bool narrow) {
    if (!chosen_) return nullptr;
    const auto& item = *chosen_;
    const auto& kind = *city_->catalogue().kind(item.entry.kind);
    const auto at = std::ranges::find_if(listing_.items, [&](const Item& one) { return isChosen(one); });
    std::string title = item.entry.title;
    if (at != listing_.items.end()) title = std::to_string(at - listing_.items.begin() + 1) + ". " + title;
    std::string detail = lineText(host_, kind, catalogue::fieldValues(kind, item.entry.fields));
    if (item.metres)
        if (const auto walk = walkText(host_, *item.metres); !walk.empty())
            detail += (detail.empty() ? "" : " · ") + walk;
    auto words = column(
        {plainText(title, {.role = Type::Heading, .heading = true, .id = "chosen"}),
         detail.empty() ? nullptr : plainText(detail, {.role = Type::Caption, .colour = Colour::Muted})},
        {.gap = 6});
    const bool goes = item.entry.place.has_value();
    auto open = button({.id = "chosen.open",
                        .label = host_.tr(goes ? "city.directions" : "city.nearby.details"),
                        .icon = goes ? "qr_code_2" : "chevron_right",
                        .kind = ButtonKind::Primary,
                        .onPress =
                            [this, item] {
                                host_.open(std::make_unique<CityEntryScreen>(host_, city_, item));
                                if (item.entry.place) host_.reveal("codes");
                            },
                        .wide = narrow});
    auto content = narrow ? column({std::move(words), std::move(open)}, {.gap = 16})
                          : row({grow(std::move(words)), std::move(open)}, {.gap = 24});
    return kit::card(std::move(content), {.padding = 24});
}

ViewRef NearbyScreen::note() {
    const auto& ground = host_.services().map;
    const auto& language = host_.session().language;
    auto text = plainText(
        ground && !ground->note(language).empty() ? ground->note(language) : host_.tr("city.map.bare"),
        {.role = Type::Caption, .colour = Colour::Muted});
    return column(
        {kit::card(std::move(text), {.padding = 10, .lined = false, .radius = 12}), mapChips(), layerChips()},
        {.gap = 14, .align = Align::Start});
}

ViewRef NearbyScreen::mapButtons() {
    const auto one = [this](const char* id, const char* icon, bool enabled, int steps) {
        return button({.id = id,
                       .label = "",
                       .icon = icon,
                       .enabled = enabled,
                       .onPress = [this, steps] { change([&] { look_->zoom(steps); }); },
                       .spoken = host_.tr(std::string("city.") + id),
                       .close = true});
    };
    return column(
        {one("map.closer", "add", !look_->closest(), 1), one("map.wider", "remove", !look_->widest(), -1)},
        {.gap = 16});
}

/// Signs that nobody has to guess.
ViewRef NearbyScreen::mapChips() {
    const auto one = [this](const char* id, const char* icon, const std::function<void()>& how) {
        return button({.id = id,
                       .label = host_.tr(std::string("city.") + id),
                       .icon = icon,
                       .kind = ButtonKind::Chip,
                       .onPress = [this, how] { change(how); }});
    };
    const auto here = *ownPlace(host_);
    return wrap({one("map.here", "my_location", [this, here] { look_->centreOn(here); }),
                 layers_.empty() ? nullptr
                                 : one("map.layers", layersOpen_ ? "expand_less" : "expand_more",
                                       [this] { layersOpen_ = !layersOpen_; })});
}

std::vector<MapMarker> NearbyScreen::markers() {
    std::vector<MapMarker> all;
    const auto add = [&](const Item& item, std::string number) {
        if (!item.entry.place) return;
        all.push_back({.id = "marker." + keyOf(item),
                       .place = *item.entry.place,
                       .number = number,
                       .icon = city_->catalogue().kind(item.entry.kind)->icon,
                       .pair = lookOf(item.entry.kind).pair,
                       .selected = isChosen(item),
                       .spoken = number.empty() ? item.entry.title : number + ". " + item.entry.title,
                       .onPress = [this, item] { change([&] { choose(item); }); }});
    };
    // Whatever there is little room for, the chosen one stands where it belongs.
    for (const bool chosen : {true, false})
        for (std::size_t at = 0; at < listing_.items.size(); ++at)
            if (isChosen(listing_.items[at]) == chosen) add(listing_.items[at], std::to_string(at + 1));
    for (const auto& item : lying_)
        if (item.entry.area.empty() && all.size() < kMostPoints) add(item, "");
    return all;
}

ViewRef NearbyScreen::map(double height, bool withCard) {
    return mapView({.id = "map",
                    .ground = host_.services().map,
                    .look = look_,
                    .here = ownPlace(host_),
                    .markers = markers(),
                    .areas = areas_,
                    .strong = chosen_ ? keyOf(*chosen_) : std::string(),
                    .note = note(),
                    .buttons = mapButtons(),
                    .foot = withCard ? card(false) : nullptr,
                    .height = height,
                    .spoken = host_.tr("city.map.spoken"),
                    .length = [&host = host_](int metres) { return distanceText(host, metres); },
                    .onTap = [this](const pack::Point& place) { change([&] { lookAt(place); }); },
                    .onMoved = [this] { host_.refresh(); }});
}

Views NearbyScreen::rows() {
    Views all;
    for (std::size_t at = 0; at < listing_.items.size(); ++at) {
        const auto& item = listing_.items[at];
        const RowUse use{.number = std::to_string(at + 1),
                         .selected = isChosen(item),
                         .onPress = [this, item] { change([&] { choose(item); }); }};
        all.push_back(look_ ? entryRow(host_, city_, item, use) : entryRow(host_, city_, item));
    }
    if (all.empty())
        all.push_back(banner({.mood = Mood::Info,
                              .icon = "search_off",
                              .title = host_.tr("city.nearby.none"),
                              .text = host_.tr("city.nearby.none.what"),
                              .id = "none"}));
    if (listing_.about) all.push_back(sourceLine(host_, listing_.about->source, listing_.about->asOf));
    return all;
}

Page NearbyScreen::render() {
    if (city_->empty() || kinds_.empty()) return nothingYet(host_, host_.tr("home.tile.nearby"));
    const bool portrait = host_.theme().portrait();
    const auto id = "page." + kind_;
    Views parts{title(host_.tr("home.tile.nearby")),
                portrait ? searchBar(host_, "search") : searchButton(host_, "search", true), kindChips()};
    if (!look_) return {.content = listBody(host_, id, std::move(parts), rows())};
    if (!portrait && !largeText(host_)) {
        parts.push_back(column(rows(), {.gap = 14}));
        return {.content =
                    row({grow(tilesBody(host_, id, std::move(parts), kDefault), 2), grow(map(0, true), 3)},
                        {.gap = 0, .align = Align::Stretch, .flow = false, .even = true})};
    }
    if (largeText(host_)) {
        // The nearest first, then all of it, then where: a map with such letters is a page of its own.
        parts.push_back(card(true));
        parts.push_back(button({.id = "to_map",
                                .label = host_.tr("city.nearby.map"),
                                .icon = "map",
                                .onPress = [this] { host_.reveal("map"); },
                                .wide = true}));
        for (auto& view : rows()) parts.push_back(std::move(view));
        parts.push_back(map(kLowMap, false));
        return {.content = body(host_, id, std::move(parts))};
    }
    parts.push_back(map(kMapHeight, true));
    for (auto& view : rows()) parts.push_back(std::move(view));
    return {.content = tilesBody(host_, id, std::move(parts), kDefault)};
}

}  // namespace tram::screens
