#pragma once
#include <vector>

#include "ui/kit/View.h"

namespace tram::kit {

/// Gaps, paddings and sizes are reference pixels; kDefault asks for the theme's own.
inline constexpr double kDefault = -1;
using Views = std::vector<ViewRef>;  ///< null members are left out, so that `when ? view : nullptr` works

enum class Align { Start, Centre, End, Stretch };

struct ColumnStyle {
    double gap = kDefault;
    Align align = Align::Stretch;  ///< of children narrower than the column
    Align justify = Align::Start;  ///< of the whole when it is lower than its place
};
/// From top to bottom. Children with a weight share the height left over (never less than they need).
ViewRef column(Views children, ColumnStyle style = {});

struct RowStyle {
    double gap = kDefault;
    Align align = Align::Centre;
    Align justify = Align::Start;
    /// Goes on in a next line when even the smallest widths do not fit (200 % text); a spacer goes along with
    /// what it pushes.
    bool flow = true;
    /// Weights alone share the width (never less than the smallest): nothing moves when words change.
    bool even = false;
};
ViewRef row(Views children, RowStyle style = {});

/// `end` stands at the right of the last line of `start`, as wide as its words; where there is no room, on
/// a line of its own in equal parts of the width. Words too long for that have a line each.
ViewRef bar(Views start, Views end, double gap = kDefault);

struct GridStyle {
    double gap = kDefault;
    double minWidth = 0;  ///< a cell narrower than this, or than its words, takes a column away
    bool fill = false;    ///< rows share a weighted grid's height equally
    bool whole = false;   ///< all beside each other or all below each other, nothing between
    bool roomy = false;   ///< nor may a cell be narrower than its words on one line
};
ViewRef grid(int columns, Views children, GridStyle style = {});

/// Chips: natural widths, as many to a line as fit.
ViewRef wrap(Views children, double gap = kDefault);

struct CardStyle {
    double padding = kDefault;
    Colour fill = Colour::Card;
    Colour line = Colour::Line;
    bool lined = true;
    Align justify = Align::Start;  ///< vertical place of a child lower than the card
    double radius = kDefault;
};
ViewRef card(ViewRef child, CardStyle style = {});

struct Insets {
    double left = 0, top = 0, right = 0, bottom = 0;
    static Insets all(double v) { return {v, v, v, v}; }
    static Insets xy(double x, double y) { return {x, y, x, y}; }
};
ViewRef padding(ViewRef child, Insets insets);
ViewRef spacer(double weight = 1);
ViewRef gap(double height);     ///< fixed, in a column
ViewRef center(ViewRef child);  ///< both ways
ViewRef grow(ViewRef child, double weight = 1);

struct SizeStyle {
    double width = 0, height = 0;  ///< exact; 0 leaves it to the child
    double maxWidth = 0, minHeight = 0;
    bool withText = false;  ///< maxWidth is that of 100 % text and grows with the letters
};
ViewRef sized(ViewRef child, SizeStyle style);

enum class Edge { None, Top, Bottom };
/// A white strip over the whole width with a line at one edge: status bar, action bar.
ViewRef strip(ViewRef child, Edge line, Insets insets, Colour fill = Colour::Card);
/// Fills its ground with a colour (a page, the red of an alert).
ViewRef ground(ViewRef child, Colour fill);
/// `top` in the middle over a darkened `base`, which takes no touch and no focus meanwhile.
ViewRef overlay(ViewRef base, ViewRef top);

enum class Fit { Width, Height };
/// The first of several forms of one thing that fits its place as it is (its smallest width, or its whole
/// height), else the last.
ViewRef firstToFit(Views forms, Fit by);

struct ScrollWords {
    std::string before, after;  ///< "Trước", "Sau"
    double inset = 0;           ///< of the content inside; the buttons keep to it
    bool whole = false;         ///< shows no row of targets that its place would cut
};
/// Vertical only. Buttons `<id>.before` and `<id>.after` stand under the content when it overflows.
ViewRef scroll(std::string id, ViewRef child, ScrollWords words);

}  // namespace tram::kit
