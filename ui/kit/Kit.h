#pragma once
/// Everything a screen needs; see each file.
#include "ui/kit/Controls.h"
#include "ui/kit/Film.h"
#include "ui/kit/Keyboard.h"
#include "ui/kit/Layout.h"
#include "ui/kit/MapView.h"
#include "ui/kit/Parts.h"
#include "ui/kit/Sketch.h"
#include "ui/kit/Surface.h"
#include "ui/kit/Text.h"
#include "ui/kit/TextEdit.h"
#include "ui/kit/TextField.h"
#include "ui/kit/Theme.h"
