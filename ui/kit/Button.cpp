#include "ui/kit/Control.h"
#include "ui/kit/Controls.h"

namespace tram::kit {
namespace {

struct Skin {
    Look look;
    Colour ink = Colour::Ink;
};

Skin outlined(Colour line, Colour ink) {
    return {{.fill = Colour::Card, .line = line}, ink};
}

Skin filled(Colour fill, Colour ink) {
    return {{.fill = fill, .lined = false}, ink};
}

bool isChip(ButtonKind kind) {
    return kind == ButtonKind::Chip || kind == ButtonKind::DangerChip;
}

Skin skinOf(ButtonKind kind) {
    switch (kind) {
        case ButtonKind::Primary:
            return filled(Colour::Primary, Colour::OnPrimary);
        case ButtonKind::Outline:
            return outlined(Colour::Primary, Colour::Primary);
        case ButtonKind::Vneid:
            return outlined(Colour::Vneid, Colour::Vneid);
        case ButtonKind::Danger:
        case ButtonKind::DangerChip:
            return filled(Colour::Danger, Colour::OnDanger);
        case ButtonKind::Field:
            return {{.fill = Colour::Card, .line = Colour::Outline, .radius = Length::FieldRadius},
                    Colour::Muted};
        case ButtonKind::Quiet:
            return {{.filled = false, .lined = false}, Colour::Primary};
        case ButtonKind::Chip:
        case ButtonKind::Secondary:
            break;
    }
    return outlined(Colour::Outline, Colour::Ink);
}

Skin skinOf(const ButtonOptions& o) {
    auto skin = skinOf(o.kind);
    if (!o.enabled) {
        skin = outlined(Colour::DisabledLine, Colour::DisabledInk);
        skin.look.fill = Colour::DisabledFill;
    } else if (o.selected && o.kind == ButtonKind::Chip) {
        skin = filled(Colour::Primary, Colour::OnPrimary);
    } else if (o.selected) {
        skin = {{.fill = Colour::PrimarySoft, .line = Colour::Primary, .lineWidth = Length::StrongOutline},
                Colour::PrimaryInk};
    }
    skin.look.pill = isChip(o.kind);
    if (skin.look.pill) skin.look.lineWidth = Length::Line;
    return skin;
}

constexpr double kChipIcon = 24, kButtonIcon = 28, kWideIcon = 44, kFieldIcon = 40, kChipIconGap = 8,
                 kButtonIconGap = 16;

double iconOf(const ButtonOptions& o) {
    if (isChip(o.kind)) return kChipIcon;
    if (o.kind == ButtonKind::Field) return kFieldIcon;
    return o.wide ? kWideIcon : kButtonIcon;
}

ViewRef contentOf(const ButtonOptions& o, Colour ink) {
    const bool chip = isChip(o.kind);
    const bool field = o.kind == ButtonKind::Field;
    const auto type = chip ? Type::CaptionStrong : field ? Type::Body : o.wide ? Type::Heading : Type::Label;
    const std::string sign = o.selected ? "check" : o.icon;
    Views parts;
    if (!sign.empty()) parts.push_back(icon(sign, iconOf(o), ink));
    if (o.sample) parts.push_back(shadeSample(*o.sample, iconOf(o)));
    if (!o.label.empty())
        parts.push_back(plainText(
            o.label, {.role = type, .colour = ink, .align = sign.empty() ? Align::Centre : Align::Start}));
    return row(std::move(parts), {.gap = chip ? kChipIconGap : kButtonIconGap,
                                  .justify = field ? Align::Start : Align::Centre,
                                  .flow = false});
}

ControlSize sizeOf(const ButtonOptions& o) {
    if (isChip(o.kind))
        return {.paddingX = Length::ChipPadding, .paddingY = 12, .height = Length::ChipHeight};
    return {.paddingX = o.close || o.kind == ButtonKind::Field ? Length::ChipPadding : Length::ButtonPadding,
            .height = o.wide ? Length::ButtonWideHeight : Length::ButtonHeight,
            .main = o.main || o.kind == ButtonKind::Primary};
}

}  // namespace

ViewRef button(ButtonOptions o) {
    const auto skin = skinOf(o);
    auto view = std::make_shared<Control>(contentOf(o, skin.ink), skin.look, sizeOf(o));
    view->role = Role::Button;
    view->id = o.id;
    view->spokenName = o.spoken.empty() ? o.label : o.spoken;
    view->enabled = o.enabled && !o.early;
    view->selected = o.selected;
    view->onPress = o.onPress ? std::move(o.onPress) : [] {};
    view->shortcut = o.shortcut;
    if (o.wide) view->weight = 1;
    return view;
}

ViewRef sectionButton(SectionOptions o) {
    const auto skin =
        o.current ? filled(Colour::Primary, Colour::OnPrimary) : outlined(Colour::Outline, Colour::Ink);
    auto content = row({icon(o.icon, kButtonIcon, skin.ink),
                        grow(plainText(o.label, {.role = Type::Note, .colour = skin.ink}))},
                       {.gap = kButtonIconGap, .flow = false});
    auto view = std::make_shared<Control>(
        std::move(content), skin.look,
        ControlSize{.paddingX = Length::ChipPadding, .paddingY = 12, .height = Length::SectionHeight});
    view->role = Role::Button;
    view->id = o.id;
    view->spokenName = o.spoken.empty() ? o.label : o.spoken;
    view->selected = o.current;
    view->onPress = std::move(o.onPress);
    view->shortcut = o.shortcut;
    return view;
}

ViewRef switchPill(SwitchOptions o) {
    Views parts;
    for (std::size_t i = 0; i < o.labels.size(); ++i) {
        const bool current = i == o.current;
        if (i > 0) parts.push_back(plainText("·", {.role = Type::CaptionStrong}));
        parts.push_back(plainText(o.labels[i], {.role = current ? Type::CaptionStrong : Type::Caption,
                                                .colour = current ? Colour::Ink : Colour::Muted,
                                                .bold = current}));
    }
    auto content = row(std::move(parts), {.gap = 10, .justify = Align::Centre, .flow = false});
    auto view = std::make_shared<Control>(
        std::move(content), Look{.lineWidth = Length::Line, .pill = true},
        ControlSize{.paddingX = Length::PillPadding, .paddingY = 12, .height = Length::PillHeight});
    view->role = Role::Button;
    view->id = o.id;
    view->spokenName = o.spoken;
    view->onPress = std::move(o.onPress);
    return view;
}

}  // namespace tram::kit
