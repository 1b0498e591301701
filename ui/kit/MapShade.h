#pragma once
#include "ui/kit/Layout.h"

class wxBrush;

namespace tram::kit {

/// How something that has an area lies on a map: its colour, and stripes for what comes and goes.
struct AreaLook {
    TilePair pair = TilePair::Blue;
    bool striped = false;
};

wxBrush shadeBrush(const Canvas& canvas, const AreaLook& look, bool strong);
wxColour shadeLine(const Theme& theme, const AreaLook& look);
/// A piece of it, for whoever asks what a colour stands for.
ViewRef shadeSample(const AreaLook& look, double side);

}  // namespace tram::kit
