#pragma once
#include <memory>
#include <optional>

#include "ui/kit/MapShade.h"
#include "ui/kit/Text.h"

namespace tram::kit {

enum class ButtonKind {
    Primary,
    Outline /* blue line */,
    Secondary /* grey line */,
    Vneid,
    Danger,
    Field /* looks like an empty field and leads to where one types */,
    Chip,
    DangerChip,
    Quiet
};
struct ButtonOptions {
    std::string id;
    std::string label;
    std::string icon = {};
    ButtonKind kind = ButtonKind::Secondary;
    bool enabled = true;
    bool selected = false;  ///< filled, with a tick on chips: never told by colour alone
    Action onPress = nullptr;
    std::string spoken = {};  ///< the label when empty
    bool wide = false;        ///< takes the whole width offered
    bool main = false;        ///< the page's main action: 20 mm at least
    bool close = false;       ///< less air beside its words
    bool early = false;       ///< takes no press yet, for so short a time that it does not show it
    std::optional<AreaLook> sample = {};  ///< a layer of a map: how it looks there
    std::optional<Shortcut> shortcut = {};
};
ViewRef button(ButtonOptions options);

/// One of the sections that stand beside a page; the current one is filled.
struct SectionOptions {
    std::string id;
    std::string icon;
    std::string label;
    bool current = false;
    Action onPress = nullptr;
    std::string spoken = {};  ///< the label when empty
    std::optional<Shortcut> shortcut = {};
};
ViewRef sectionButton(SectionOptions options);

struct TileOptions {
    std::string id;
    std::string icon;
    TilePair pair = TilePair::Blue;
    std::string title;
    std::string hint = {};
    std::string badge = {};  ///< "Sắp có"
    bool enabled = true;
    bool selected = false;
    Action onPress = nullptr;
    std::string spoken = {};  ///< title, hint and badge when empty
    bool compact = false;     ///< a list's height instead of a home tile's
};
ViewRef tile(TileOptions options);

struct ChoiceOptions {
    std::string id;
    std::string label;
    std::string explanation = {};
    std::string icon = {};
    bool selected = false;
    bool enabled = true;
    Action onPress = nullptr;
    std::string spoken = {};
};
/// A big radio card. Arrow keys go through neighbours that are choices too.
ViewRef choice(ChoiceOptions options);

struct CheckOptions {
    std::string id;
    std::string label;  ///< may carry **bold**
    bool checked = false;
    bool enabled = true;
    Action onPress = nullptr;
    std::string spoken = {};
    std::string error = {};
};
ViewRef check(CheckOptions options);

/// A row of a list: number or icon, its lines, something at the right, all of it one target.
struct ListRowOptions {
    std::string id;
    std::string icon = {};
    std::string number = {};  ///< of its marker on a map, instead of the icon
    TilePair pair = TilePair::Blue;
    std::string title;
    std::string state = {};  ///< below the title, in the mood's colour
    Mood mood = Mood::Info;
    std::string detail = {};
    std::string right = {};
    bool selected = false;
    Action onPress = nullptr;  ///< none: just shown
    std::string spoken = {};
    bool opens = false;  ///< a page of its own: larger, with an arrow at the right
};
ViewRef listRow(ListRowOptions options);

/// The two languages in one pill ("VI · EN"), the current one strong; one press goes to the other.
struct SwitchOptions {
    std::string id;
    std::vector<std::string> labels;
    std::size_t current = 0;
    Action onPress = nullptr;
    std::string spoken;
};
ViewRef switchPill(SwitchOptions options);

}  // namespace tram::kit
