#include "ui/kit/Control.h"
#include "ui/kit/Controls.h"
#include "ui/kit/MapMarker.h"
#include "ui/kit/Mood.h"
#include "ui/kit/Paragraph.h"

namespace tram::kit {
namespace {

std::string joined(const std::vector<std::string>& parts) {
    std::string all;
    for (const auto& part : parts)
        if (!part.empty()) all += (all.empty() ? "" : ". ") + withoutMarks(part);
    return all;
}

Look cardLook(bool selected) {
    if (selected)
        return {.fill = Colour::PrimarySoft,
                .line = Colour::Primary,
                .lineWidth = Length::StrongOutline,
                .radius = Length::CardRadius};
    return {.fill = Colour::Card,
            .line = Colour::Outline,
            .lineWidth = Length::Line,
            .radius = Length::CardRadius};
}

template <class Options>
ViewRef control(const Options& o, Role role, ViewRef content, Look look, ControlSize size,
                std::string spoken) {
    auto view = std::make_shared<Control>(std::move(content), look, size);
    view->role = role;
    view->id = o.id;
    view->spokenName = o.spoken.empty() ? std::move(spoken) : o.spoken;
    view->onPress = o.onPress;
    return view;
}

ViewRef badge(const std::string& text) {
    auto content = row({icon("schedule", 24, Colour::Muted),
                        plainText(text, {.role = Type::CaptionStrong, .colour = Colour::Muted})},
                       {.gap = 8, .flow = false});
    const Look look{.line = Colour::Muted,
                    .lineWidth = Length::Line,
                    .lined = false,
                    .pill = true,
                    .soft = TilePair::Slate};
    return padding(
        std::make_shared<Control>(
            content, look,
            ControlSize{.paddingX = Length::GapSmall, .paddingY = 4, .height = Length::BadgeHeight}),
        {.top = 6});
}

ViewRef tileText(const TileOptions& o) {
    const auto ink = o.enabled ? Colour::Ink : Colour::DisabledInk;
    return column(
        {plainText(o.title, {.role = o.compact ? Type::Heading : Type::Tile, .colour = ink}),
         o.hint.empty() ? nullptr : plainText(o.hint, {.role = Type::Caption, .colour = Colour::Muted}),
         o.badge.empty() ? nullptr : badge(o.badge)},
        {.gap = 6, .align = Align::Start});
}

}  // namespace

ViewRef tile(TileOptions o) {
    auto content =
        row({iconTile(o.selected ? "check" : o.icon, o.pair, o.compact ? 72 : kDefault), grow(tileText(o))},
            {.gap = 26, .flow = false});
    const ControlSize size{.paddingX = Length::TilePadding,
                           .paddingY = 20,
                           .height = o.compact ? Length::ListRowHeight : Length::TileHeight};
    auto look = cardLook(o.selected);
    if (!o.selected) look.line = Colour::Line;  // the whole card is the target and carries icon and words
    look.radius = Length::TileRadius;
    auto view = control(o, Role::Button, std::move(content), look, size, joined({o.title, o.hint, o.badge}));
    view->enabled = o.enabled;
    view->selected = o.selected;
    return view;
}

ViewRef choice(ChoiceOptions o) {
    const auto ink = o.enabled ? Colour::Ink : Colour::DisabledInk;
    auto text = column(
        {plainText(o.label, {.role = Type::BodyStrong, .colour = ink}),
         o.explanation.empty() ? nullptr
                               : paragraph(o.explanation, {.role = Type::Caption, .colour = Colour::Muted})},
        {.gap = 4});
    auto content = row({icon(o.selected ? "radio_button_checked" : "radio_button_unchecked", 48,
                             o.selected ? Colour::Primary : Colour::Outline),
                        o.icon.empty() ? nullptr : icon(o.icon, 40, ink), grow(text)},
                       {.gap = 22, .flow = false});
    const ControlSize size{.paddingX = Length::TilePadding, .paddingY = 20, .height = Length::ListRowHeight};
    auto view = control(o, Role::Choice, std::move(content), cardLook(o.selected), size,
                        joined({o.label, o.explanation}));
    view->enabled = o.enabled;
    view->selected = o.selected;
    return view;
}

ViewRef check(CheckOptions o) {
    const auto mark = icon(o.checked ? "check_box" : "check_box_outline_blank", 56,
                           o.checked ? Colour::Primary : Colour::Outline);
    auto text =
        column({paragraph(o.label, {.role = Type::Small}),
                o.error.empty()
                    ? nullptr
                    : row({icon("error", 28, Colour::Warn),
                           grow(plainText(o.error, {.role = Type::CaptionStrong, .colour = Colour::Warn}))},
                          {.gap = 10, .flow = false})},
               {.gap = 8});
    // At the first line of a long text, where reading begins: its middle is the mark's.
    constexpr double kMarkAboveText = 9;
    auto content = row({mark, grow(padding(text, {.top = kMarkAboveText}))},
                       {.gap = 22, .align = Align::Start, .flow = false});
    auto look = cardLook(o.checked);
    if (!o.error.empty()) look.line = Colour::Warn, look.lineWidth = Length::Outline;
    const ControlSize size{.paddingX = Length::TilePadding, .paddingY = 20, .height = Length::ListRowHeight};
    o.spoken = joined({o.spoken.empty() ? o.label : o.spoken, o.error});
    auto view = control(o, Role::CheckBox, std::move(content), look, size, {});
    view->enabled = o.enabled;
    view->selected = o.checked;
    return view;
}

ViewRef listRow(ListRowOptions o) {
    auto text = column(
        {plainText(o.title, {.role = o.opens ? Type::BodyStrong : Type::SmallStrong}),
         o.state.empty() ? nullptr
                         : plainText(o.state, {.role = o.opens ? Type::SmallStrong : Type::CaptionStrong,
                                               .colour = inkOf(o.mood)}),
         o.detail.empty()
             ? nullptr
             : plainText(o.detail, {.role = o.opens ? Type::Small : Type::Caption, .colour = Colour::Muted})},
        {.gap = o.opens ? 6.0 : 2.0});
    auto content =
        row({!o.number.empty() ? markerDisc(o.number, o.pair, o.selected)
             : o.icon.empty()  ? nullptr
                               : iconTile(o.selected ? "check" : o.icon, o.pair, o.opens ? 88 : 64),
             grow(text),
             o.right.empty() ? nullptr
                             : plainText(o.right, {.role = Type::SmallStrong, .colour = Colour::Primary}),
             o.opens ? icon("chevron_right", 48, Colour::Muted) : nullptr},
            {.gap = 20, .flow = false});
    auto look = cardLook(o.selected);
    if (!o.onPress) look.line = Colour::Line;
    const ControlSize size{.paddingX = Length::TilePadding, .paddingY = 14, .height = Length::ListRowHeight};
    auto view = control(o, o.onPress ? Role::Button : Role::Group, std::move(content), look, size,
                        joined({o.title, o.state, o.detail, o.right}));
    view->selected = o.selected;
    return view;
}

}  // namespace tram::kit
