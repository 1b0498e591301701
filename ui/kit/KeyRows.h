#pragma once
#include "ui/kit/KeyView.h"
#include "ui/kit/Keyboard.h"

namespace tram::kit {

struct KeyRow {
    std::vector<KeySpec> keys;
    double inset = 0;  ///< free at each side, in keys
};

/// The keys of a layout as the keyboard's state has them now. `wide`: four long rows for a screen that lies.
std::vector<KeyRow> keyRows(const KeyboardOptions& options, bool wide);

}  // namespace tram::kit
