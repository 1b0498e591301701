#include "ui/kit/KeyView.h"

#include <algorithm>

namespace tram::kit {
namespace {

constexpr double kTallest = 0.6;  // of the key's height: above that, marks and descenders leave it

}  // namespace

KeyView::KeyView(KeySpec spec) : spec_(std::move(spec)) {
    id = spec_.id;
    role = Role::Key;
    spokenName = spec_.spoken.empty() ? spec_.label : spec_.spoken;
    onPress = spec_.press;
}

TypeStyle KeyView::style(const Canvas& canvas) const {
    return canvas.theme().type(spec_.word ? Type::KeyWord : Type::Key);
}

int KeyView::least(Canvas& canvas, double scale, int height) const {
    const int padding = 2 * canvas.length(Length::KeyWordPadding);
    if (!spec_.icon.empty() || spec_.label.empty()) return canvas.theme().target();
    auto at100 = style(canvas);
    at100.size = at100.size * 100 / canvas.theme().textPercent();
    scale = std::max(1.0, std::min(scale, height * kTallest / at100.size));
    const int label = static_cast<int>(canvas.fonts().width(faceOf(at100), spec_.label) * scale) + 1;
    return std::max(canvas.theme().target(), label + padding);
}

Rect KeyView::cap(const Canvas& canvas) const {
    const int across = canvas.length(Length::KeyGap), down = canvas.length(Length::KeyRowGap);
    return {rect_.x + across / 2, rect_.y + down / 2, rect_.width - across, rect_.height - down};
}

double KeyView::fitting(Canvas& canvas) const {
    auto type = style(canvas);
    const double smallest = type.size * 100 / canvas.theme().textPercent();
    const Rect place = cap(canvas);
    const int room = place.width - 2 * canvas.length(Length::KeyWordPadding);
    type.size = std::min(type.size, place.height * kTallest);
    while (type.size > smallest && canvas.fonts().width(faceOf(type), spec_.label) > room) type.size -= 1;
    return std::max(type.size, smallest);
}

Colour KeyView::fill() const {
    if (spec_.lit) return Colour::Primary;
    switch (spec_.kind) {
        case KeyKind::Shaped:
            return Colour::KeyLetter;
        case KeyKind::Tone:
            return Colour::KeyTone;
        case KeyKind::Act:
            return Colour::KeyAction;
        default:
            return Colour::Key;
    }
}

void KeyView::paint(Painter& painter) {
    const auto& theme = painter.theme();
    const int radius = cornerRadius(theme), shadow = theme.length(Length::KeyShadow);
    Rect cap = this->cap(painter);
    cap.height -= shadow;
    if (!theme.highContrast())
        painter.fill({cap.x, cap.y + shadow, cap.width, cap.height}, theme.colour(Colour::KeyShadow), radius);
    painter.fill(cap, theme.colour(fill()), radius);
    if (theme.highContrast())
        painter.outline(cap, theme.colour(Colour::KeyLine), theme.length(Length::Line), radius);
    const auto ink = theme.colour(spec_.lit ? Colour::OnPrimary : Colour::KeyInk);
    auto type = style(painter);
    type.size = size_;
    if (spec_.icon.empty()) {
        painter.textCentred(spec_.label, faceOf(type), ink, cap);
    } else {
        const int side = theme.length(Length::Icon);
        painter.icon(spec_.icon, ink,
                     {cap.x + (cap.width - side) / 2, cap.y + (cap.height - side) / 2, side, side});
    }
    if (pressed) painter.fill(cap, theme.colour(Colour::Pressed), radius);
}

}  // namespace tram::kit
