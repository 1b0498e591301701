#pragma once
#include <string>
#include <vector>

#include "ui/kit/View.h"

namespace tram::kit {

/// One figure of a chart. Nothing is ever told by a length or a colour alone: `shown` stands at its mark.
struct ChartMark {
    std::string label;        ///< "T2", "Khu phố 3"
    double value = 0;         ///< at least 0
    std::string shown;        ///< the value as people read it: "12", "84 / 120"
    std::string spoken = {};  ///< instead of the label when it is said: "Thứ Hai"
};

struct ChartOptions {
    std::string id = {};
    std::string spoken;  ///< what is counted; it is said with every label and figure after it
    std::vector<ChartMark> marks;
    double most = 0;      ///< what a whole bar stands for; 0: the greatest of them (shares: their sum)
    double height = 240;  ///< reference pixels, of the tallest bar and of the line's field
};

/// Upright bars beside each other, each with its figure above; where their words have no room, one below the
/// other like shares.
ViewRef barChart(ChartOptions options);
/// Points joined by a line, from zero up, each with its figure; without room like bars.
ViewRef lineChart(ChartOptions options);
/// One below the other: label and figure, and how much of the whole it is.
ViewRef shareChart(ChartOptions options);

}  // namespace tram::kit
