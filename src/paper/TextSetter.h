#pragma once
#include <cairo.h>
#include <pango/pango.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tram::paper {

struct TextLine {
    std::shared_ptr<PangoLayout> layout;  ///< owns the line
    PangoLayoutLine* line = nullptr;
    double left = 0;    ///< where it begins in its column: centred ones not at the edge
    double above = 0;   ///< from the top of its room to the baseline
    double height = 0;  ///< room that it needs: stacked marks and descenders of neighbours never touch
    double width = 0;

    void draw(cairo_t* cairo, double x, double y) const;
};

struct TextStyle {
    double size = 10;  ///< points
    bool strong = false;
    bool centred = false;
};

/// Sets text in lines of at most a width, in points.
class TextSetter {
  public:
    /// For drawing on `cairo`, whose surface has to be a PDF.
    explicit TextSetter(cairo_t* cairo);

    /// Empty for a text with nothing to be seen.
    std::vector<TextLine> lines(std::string_view text, const TextStyle& style, double width) const;

  private:
    std::shared_ptr<PangoContext> context_;
};

}  // namespace tram::paper
