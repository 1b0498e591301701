#include "ui/kit/Control.h"

#include <algorithm>

namespace tram::kit {

Framed::Pixels Control::insets(const Canvas& canvas) const {
    const int x = canvas.length(size_.paddingX), y = canvas.px(size_.paddingY);
    return {x, y, x, y};
}

Widths Control::measureWidths(Canvas& canvas) {
    const auto w = Framed::measureWidths(canvas);
    const int least = size_.main ? canvas.theme().mainTarget() : canvas.theme().target();
    return {std::max(w.min, least), std::max(w.natural, least)};
}

int Control::measureHeight(Canvas& canvas, int width) {
    const int least = size_.main ? canvas.theme().mainTarget() : canvas.theme().target();
    return std::max({Framed::measureHeight(canvas, width), canvas.length(size_.height), least});
}

int Control::cornerRadius(const Theme& theme) const {
    // Half circles for one line of text; with several they would cut into the words.
    return look_.pill ? std::min({rect_.width, rect_.height, theme.length(size_.height)}) / 2
                      : theme.length(look_.radius);
}

void Control::paint(Painter& painter) {
    const auto& theme = painter.theme();
    const int radius = cornerRadius(theme);
    if (look_.filled)
        painter.fill(rect_, look_.soft ? theme.pair(*look_.soft).soft : theme.colour(look_.fill), radius);
    if (look_.lined || theme.highContrast())
        painter.outline(rect_, theme.colour(look_.line), theme.length(look_.lineWidth), radius);
    paintChildren(painter);
    if (pressed) painter.fill(rect_, theme.colour(Colour::Pressed), radius);
}

}  // namespace tram::kit
