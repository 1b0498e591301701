#include "ui/screens/CityParts.h"

#include "ui/screens/CityEntryScreen.h"
#include "ui/screens/CityGroupsScreen.h"
#include "ui/screens/CityListScreen.h"
#include "ui/screens/EntryWords.h"
#include "ui/screens/GuideScreen.h"
#include "ui/screens/Parts.h"

namespace tram::screens {

using namespace kit;

std::optional<pack::Point> ownPlace(const Host& host) {
    const auto& place = host.services().config.place;
    if (!place) return {};
    return pack::Point{place->latitude, place->longitude};
}

TilePair pairOfGroup(const content::City& city, std::string_view kind) {
    constexpr auto kPairs = static_cast<std::size_t>(TilePair::Count);
    const auto& groups = city.catalogue().groups();
    for (std::size_t at = 0; at < groups.size(); ++at)
        for (const auto& one : groups[at].kinds)
            if (one == kind) return static_cast<TilePair>(1 + at % (kPairs - 1));  // but red
    return TilePair::Slate;
}

namespace {

ListRowOptions rowOf(Host& host, const content::City& city, const catalogue::Kind& kind,
                     const content::City::Item& item) {
    const auto values = catalogue::fieldValues(kind, item.entry.fields);
    const auto open = openNow(host, values);
    return {.id = "entry." + item.entry.kind + "." + item.entry.id,
            .icon = kind.icon,
            .pair = pairOfGroup(city, kind.id),
            .title = item.entry.title,
            .state = open ? open->text : "",
            .mood = open && open->open ? Mood::Ok : Mood::Warn,
            .detail = lineText(host, kind, values),
            .right = item.metres ? distanceText(host, *item.metres) : ""};
}

}  // namespace

void openEntry(Host& host, const CityRef& city, const content::City::Item& item) {
    const auto* kind = city->catalogue().kind(item.entry.kind);
    if (!kind) return;
    const auto values = catalogue::fieldValues(*kind, item.entry.fields);
    if (const auto* guide = catalogue::valueOf(values, kind->guide))
        return openGuide(host, item.entry.id, guide->text);
    host.open(std::make_unique<CityEntryScreen>(host, city, item));
}

ViewRef entryRow(Host& host, const CityRef& city, const content::City::Item& item) {
    const auto* kind = city->catalogue().kind(item.entry.kind);
    if (!kind) return nullptr;
    auto options = rowOf(host, *city, *kind, item);
    options.opens = true;
    options.onPress = [&host, city, item] { openEntry(host, city, item); };
    return listRow(std::move(options));
}

ViewRef entryRow(Host& host, const CityRef& city, const content::City::Item& item, RowUse use) {
    const auto* kind = city->catalogue().kind(item.entry.kind);
    if (!kind) return nullptr;
    auto options = rowOf(host, *city, *kind, item);
    options.number = std::move(use.number);
    if (!options.state.empty()) options.detail.clear();
    options.selected = use.selected;
    options.onPress = std::move(use.onPress);
    return listRow(std::move(options));
}

ViewRef kindRow(Host& host, const content::City& city, const catalogue::Kind& kind) {
    const auto& language = host.session().language;
    return listRow(
        {.id = "kind." + kind.id,
         .icon = kind.icon,
         .pair = pairOfGroup(city, kind.id),
         .title = kind.name.in(language),
         .detail = kind.explain.in(language),
         .onPress = [&host, id = kind.id] { host.open(std::make_unique<CityListScreen>(host, id)); },
         .opens = true});
}

ViewRef listBody(const Host& host, std::string id, Views narrowing, Views list) {
    if (!host.theme().portrait() && !largeText(host))
        return row({grow(body(host, id + ".narrowing", std::move(narrowing)), 2),
                    grow(tilesBody(host, id, std::move(list), kDefault), 3)},
                   {.gap = 0, .align = Align::Stretch, .flow = false, .even = true});
    for (auto& view : list) narrowing.push_back(std::move(view));
    // A row that is cut says more than none, where letters are so large that it would be the first.
    if (largeText(host)) return body(host, std::move(id), std::move(narrowing));
    return tilesBody(host, std::move(id), std::move(narrowing), kDefault);
}

std::vector<std::string> kindsOf(const content::City& city, const std::vector<std::string>& kinds) {
    std::vector<std::string> had;
    for (const auto& id : kinds)
        if (city.has(id)) had.push_back(id);
    return had;
}

void openKinds(Host& host, const std::vector<std::string>& kinds, std::function<std::string()> title) {
    auto had = kindsOf(*host.services().city(), kinds);
    if (had.size() < 2)
        host.open(std::make_unique<CityListScreen>(host, had.empty() ? kinds.front() : had.front()));
    else
        host.open(std::make_unique<CityGroupScreen>(host, std::move(title), std::move(had)));
}

void openGroup(Host& host, const catalogue::Group& group) {
    openKinds(host, group.kinds, [&host, name = group.name] { return name.in(host.session().language); });
}

Page nothingYet(Host& host, const std::string& kind) {
    return {
        .content = outcomeBody(
            host, {.icon = "cloud_download",
                   .mood = Mood::Info,
                   .title = host.tr("city.nothing_yet.title", {{"kind", kind}}),
                   .what = host.tr("city.nothing_yet.what"),
                   .ways = {whatToDo(host, {host.tr("city.nothing_yet.1"), host.tr("city.nothing_yet.2")})}}),
        .staff = true,
        .right = {primary("home", host.tr("action.home"), "home", [&host] { host.home(); })}};
}

}  // namespace tram::screens
