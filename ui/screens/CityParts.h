#pragma once
#include <functional>
#include <memory>

#include "content/City.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// Characters of what is typed to search.
inline constexpr std::size_t kLongestQuery = 100;

using CityRef = std::shared_ptr<const content::City>;

/// This station's own place, if its configuration tells it: the nearest come first, and how far they are.
std::optional<pack::Point> ownPlace(const Host& host);

/// Groups of services keep their colour on every page.
kit::TilePair pairOfGroup(const content::City& city, std::string_view kind);

/// Its page; of a guide that is gone through a step a page, its first.
void openEntry(Host& host, const CityRef& city, const content::City::Item& item);

/// A line of a list or of what a search found; leads to its page.
kit::ViewRef entryRow(Host& host, const CityRef& city, const content::City::Item& item);
/// Beside a map, where it is chosen rather than opened, and the chosen one tells all of itself: as short as
/// it can be told apart.
struct RowUse {
    std::string number;  ///< of its marker
    bool selected = false;
    kit::Action onPress;
};
kit::ViewRef entryRow(Host& host, const CityRef& city, const content::City::Item& item, RowUse use);

/// A kind by name; leads to its list.
kit::ViewRef kindRow(Host& host, const content::City& city, const catalogue::Kind& kind);

/// What narrows a list, and the list: beside each other on a screen that lies, so that results stand beside
/// the field and above the keyboard; else below each other.
kit::ViewRef listBody(const Host& host, std::string id, kit::Views narrowing, kit::Views list);

/// Those that somebody has supplied.
std::vector<std::string> kindsOf(const content::City& city, const std::vector<std::string>& kinds);

/// To what there is of these: the only kind's list, or a page of them under `title`.
void openKinds(Host& host, const std::vector<std::string>& kinds, std::function<std::string()> title);
void openGroup(Host& host, const catalogue::Group& group);

/// Nothing has come from the city yet, and what can be done meanwhile.
Page nothingYet(Host& host, const std::string& kind);

}  // namespace tram::screens
