#pragma once
#include "paper/Typeset.h"

namespace tram::paper {

constexpr double kPointsPerMm = 72 / 25.4;

/// Sizes of a stock; in millimetres, type in points.
struct Measures {
    double width = 0, height = 0;  ///< of the page; height 0: as long as it needs to be
    double side = 0, top = 0, bottom = 0;
    double most = 0;  ///< of all pages together
    double body = 0, small = 0, title = 0, heading = 0, code = 0;
    double labels = 0;  ///< width of the column of labels; 0: they stand over their values

    double inner() const { return width - 2 * side; }
};

/// A roll's type is smaller than a letter's: it is held in the hand, and 203 dots an inch are enough for it.
inline Measures measuresOf(Stock stock) {
    if (stock == Stock::A4)
        return {.width = 210,
                .height = 297,
                .side = 18,
                .top = 18,
                .bottom = 18,
                .most = 20 * 297,
                .body = 11.5,
                .small = 9.5,
                .title = 19,
                .heading = 13.5,
                .code = 30,
                .labels = 52};
    return {.width = 80,
            .side = 4,
            .top = 3,
            .bottom = 6,
            .most = 4000,
            .body = 10,
            .small = 8.5,
            .title = 14,
            .heading = 11.5,
            .code = 26};
}

}  // namespace tram::paper
