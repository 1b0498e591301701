#pragma once
#include "ui/kit/KeyView.h"
#include "ui/kit/Keyboard.h"

namespace tram::kit {

struct KeyRow {
    std::vector<KeySpec> keys;
    double inset = 0;  ///< free at each side, in keys
};

enum class KeyShape {
    Tall,        ///< six rows
    TonesApart,  ///< the same with the tones in a row of their own (large text)
    Wide         ///< four long rows for a screen that lies
};
/// The keys of a layout as the keyboard's state has them now.
std::vector<KeyRow> keyRows(const KeyboardOptions& options, KeyShape shape);

}  // namespace tram::kit
