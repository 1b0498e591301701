#pragma once
#include "base/Result.h"
#include "paper/Pdf.h"
#include "paper/Sheet.h"

namespace tram::paper {

/// What the printer is fed with.
enum class Stock {
    Thermal80,  ///< a roll 80 mm wide, 72 mm of them printable; one page as long as it needs to be, up to 4 m
    A4          ///< 210 × 297 mm, margins of 18 mm, up to 20 pages
};

/// Sets `sheet` in Inter (Noto Sans for what Inter lacks), black on white. The same sheet makes the same
/// bytes: no date, no author, no title is in the document. Thread-safe, milliseconds; what Pango and Cairo
/// free is not overwritten and goes with the process, as what was on the screen does. OutOfRange: a QR's text
/// is none (qr::QrCode). TooLarge: longer than a roll or 20 pages may be. Malformed: nothing to set.
base::Result<Pdf> typeset(const Sheet& sheet, Stock stock);

}  // namespace tram::paper
