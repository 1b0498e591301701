#pragma once
#include <string>
#include <vector>

#include "ui/kit/Canvas.h"

namespace tram::kit {

/// From (inclusive) to (exclusive, without its line break); blanks at the end hang over the edge.
struct EditLine {
    std::size_t from = 0, to = 0;
};

/// The lines of a text being edited, never none.
std::vector<EditLine> breakLines(Canvas& canvas, const Face& face, std::u32string_view text, int width);
std::size_t lineOf(const std::vector<EditLine>& lines, std::size_t caret);
double widthOf(Canvas& canvas, const Face& face, std::u32string_view text);
/// The place between two characters of `line` nearest to `x`.
std::size_t nearest(Canvas& canvas, const Face& face, std::u32string_view text, const EditLine& line,
                    double x);

}  // namespace tram::kit
