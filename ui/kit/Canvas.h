#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ui/kit/Fonts.h"
#include "ui/kit/Theme.h"

class wxBitmap;
class wxGraphicsContext;

namespace tram::kit {

using Rect = wxRect;
class Pictures;

/// What a view measures with: the theme and the fonts (with their cache of widths).
class Canvas {
  public:
    Canvas(const Theme& theme, Fonts& fonts, Pictures& pictures)
        : theme_(theme), fonts_(fonts), pictures_(pictures) {}
    const Theme& theme() const { return theme_; }
    Fonts& fonts() const { return fonts_; }
    Pictures& pictures() const { return pictures_; }
    int px(double reference) const { return theme_.px(reference); }
    int length(Length l) const { return theme_.length(l); }

  private:
    const Theme& theme_;
    Fonts& fonts_;
    Pictures& pictures_;
};

/// What a view paints with.
class Painter : public Canvas {
  public:
    /// Nothing outside `visible` needs to be painted.
    Painter(const Canvas& canvas, wxGraphicsContext& gc, const Rect& visible)
        : Canvas(canvas), gc_(gc), visible_(visible) {}
    bool visible(const Rect& rect) const { return visible_.Intersects(rect); }

    void fill(const Rect& rect, const wxColour& colour, int radius = 0);
    void fillDown(const Rect& rect, const wxColour& top, const wxColour& bottom, int radius);
    /// The line lies wholly inside the rectangle.
    void outline(const Rect& rect, const wxColour& colour, int width, int radius);
    void disc(const Rect& rect, const wxColour& colour);
    void ring(const Rect& rect, const wxColour& colour, int width);
    void stroke(wxPoint from, wxPoint to, const wxColour& colour, int width);
    /// `top` is the upper edge of the font's box.
    void text(std::string_view utf8, const Face& face, const wxColour& colour, double x, double top);
    void textCentred(std::string_view utf8, const Face& face, const wxColour& colour, const Rect& rect);
    void icon(std::string_view name, const wxColour& colour, const Rect& rect);
    void picture(const wxBitmap& bitmap, const Rect& rect);
    void pushClip(const Rect& rect);
    void popClip();
    wxGraphicsContext& gc() { return gc_; }

  private:
    wxGraphicsContext& gc_;
    Rect visible_;
    std::vector<Rect> clips_;
};

}  // namespace tram::kit
