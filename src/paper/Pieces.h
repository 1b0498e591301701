#pragma once
#include <cairo.h>

#include <functional>
#include <vector>

#include "paper/Measures.h"
#include "paper/TextSetter.h"

namespace tram::paper {

/// What is never parted: a line with the box before it, a QR code with its caption. In points.
struct Piece {
    double space = 0;  ///< before it, but for the first on a page
    double height = 0;
    bool withNext = false;                                   ///< never the last on its page
    std::function<void(cairo_t*, double x, double y)> draw;  ///< with its top left corner there
};
using Pieces = std::vector<Piece>;

/// Cuts a sheet into pieces. OutOfRange as of typeset().
base::Result<Pieces> piecesOf(const Sheet& sheet, const Measures& measures, const TextSetter& setter);

}  // namespace tram::paper
