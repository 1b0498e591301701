#pragma once
#include "ui/shell/Kiosk.h"

namespace tram::shell {

/// --bench-start: prints "first_paint_monotonic_ns N" when the attract page is on the screen, then waits to
/// be measured.
void benchStart(Kiosk& kiosk);
/// --bench-pages: prints "page_change_ms" and "press_paint_ms" lines with p50, p95 and max, then ends.
void benchPages(Kiosk& kiosk);

}  // namespace tram::shell
