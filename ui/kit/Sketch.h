#pragma once
#include <string>
#include <vector>

#include "ui/kit/View.h"

namespace tram::kit {

/// One row of a phone that is drawn: what a step of a guide is about, told without copying anybody's page.
struct SketchRow {
    enum class Kind { Bar, Search, App, Button, Field, Notice, Camera };
    Kind kind = Kind::Bar;
    std::string text = {};    ///< none of Camera
    std::string button = {};  ///< of an App, at its right
    bool finger = false;      ///< a hand shows where to press
};

/// In the theme's colours, letters as large as any caption's. Nothing in it can be pressed; it is spoken as
/// one picture. `width` in reference pixels, at most.
ViewRef phoneSketch(std::vector<SketchRow> rows, std::string spoken, double width = 560);

}  // namespace tram::kit
