#pragma once
#include "ui/screens/Host.h"

namespace tram::shell {

/// What stands around every page (UI.md, Frame).
kit::ViewRef statusBar(screens::Host& host);
/// *Quay lại*, *Kết thúc*, the page's own, help; the main action right.
struct Help {
    kit::Action display, lower, call;
};
kit::ViewRef actionBar(screens::Host& host, screens::Page& page, const Help& help);
kit::KeyboardWords keyboardWords(const screens::Host& host);
/// "Còn ở đây không?" over everything.
kit::ViewRef countdown(screens::Host& host, int secondsLeft, kit::Action stay);

}  // namespace tram::shell
