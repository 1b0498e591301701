#include <array>

#include "ui/kit/Theme.h"

// In the order of the enumerations; a missing one fails to compile.
namespace tram::kit {
namespace {

using std::string_view;
template <class E>
using Names = std::array<string_view, static_cast<std::size_t>(E::Count)>;

constexpr Names<Colour> kColourNames{
    "ink",        "muted",        "surface",       "card",           "line",
    "outline",    "primary",      "on_primary",    "primary_ink",    "primary_soft",
    "ok",         "ok_soft",      "warn",          "warn_soft",      "danger",
    "on_danger",  "danger_soft",  "vneid",         "pressed",        "scrim",
    "focus",      "disabled_ink", "disabled_fill", "disabled_line",  "track",
    "logo_top",   "logo_bottom",  "on_logo",       "qr_dark",        "qr_light",
    "key_bed",    "key",          "key_ink",       "key_letter",     "key_tone",
    "key_action", "key_shadow",   "key_line",      "alert_ground",   "alert_ink",
    "alert_mark", "alert_panel",  "alert_card",    "alert_card_ink", "map_land",
    "map_water",  "map_park",     "map_street",    "map_line",       "map_ink"};
static_assert(!kColourNames.back().empty());

constexpr Names<TilePair> kTilePairNames{"red",    "blue", "green",  "orange",
                                         "violet", "teal", "yellow", "slate"};
static_assert(!kTilePairNames.back().empty());

constexpr Names<Type> kTypeNames{
    "display", "title",        "heading", "tile",     "body",           "body_strong", "label",
    "small",   "small_strong", "note",    "caption",  "caption_strong", "fine",        "clock",
    "code",    "number",       "key",     "key_word", "logo",           "alert_title", "alert_text"};
static_assert(!kTypeNames.back().empty());

constexpr Names<Length> kLengthNames{"gutter",
                                     "gap",
                                     "gap_small",
                                     "gap_chip",
                                     "control_gap",
                                     "card_padding",
                                     "card_radius",
                                     "button_radius",
                                     "tile_radius",
                                     "icon_box_radius",
                                     "field_radius",
                                     "key_radius",
                                     "logo_radius",
                                     "line",
                                     "outline",
                                     "strong_outline",
                                     "focus_ring",
                                     "focus_gap",
                                     "button_height",
                                     "button_wide_height",
                                     "button_padding",
                                     "chip_height",
                                     "chip_padding",
                                     "pill_height",
                                     "pill_padding",
                                     "pill_dot",
                                     "badge_height",
                                     "field_height",
                                     "field_padding",
                                     "field_padding_top",
                                     "caret",
                                     "key_height",
                                     "key_height_wide",
                                     "key_gap",
                                     "key_row_gap",
                                     "key_bed_padding",
                                     "key_bed_top",
                                     "key_word_padding",
                                     "key_shadow",
                                     "key_max_width",
                                     "icon",

                                     "icon_large",
                                     "icon_box",
                                     "icon_box_icon",
                                     "hero_circle",
                                     "hero_icon",
                                     "hero_large_circle",
                                     "hero_large_icon",

                                     "tile_padding",

                                     "tile_height",
                                     "list_row_height",
                                     "section_height",

                                     "stepper_bar",
                                     "stepper_gap",
                                     "timeline_dot",
                                     "timeline_line",
                                     "timeline_icon",
                                     "timeline_gap",
                                     "timeline_step",

                                     "fact_gap",

                                     "logo",
                                     "picture",

                                     "target_gap"};
static_assert(!kLengthNames.back().empty());

}  // namespace

string_view colourName(Colour value) {
    return kColourNames[static_cast<std::size_t>(value)];
}
string_view pairName(TilePair value) {
    return kTilePairNames[static_cast<std::size_t>(value)];
}
string_view typeName(Type value) {
    return kTypeNames[static_cast<std::size_t>(value)];
}
string_view lengthName(Length value) {
    return kLengthNames[static_cast<std::size_t>(value)];
}

}  // namespace tram::kit
