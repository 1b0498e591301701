#pragma once
#include <string_view>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Secret.h"

namespace tram::identity {

/// The QR of a resident's card (CCCD, Căn cước): UTF-8, fields between `|`:
/// number(12) | old number (9, or empty) | name | birth date DDMMYYYY | Nam or Nữ | address | issue date
/// DDMMYYYY. Cards since October 2024 have four fields more, and later ones may have others; what they hold
/// is not published and may be relatives' data, so nothing after the seventh is looked at. Printed and
/// unsigned: it fills in a form and never says who somebody is.
struct CitizenCard {
    static constexpr std::size_t kMaxBytes = 4096;

    base::SecretText number;     ///< personal number, 12 digits
    base::SecretText name;       ///< NFC, as on the card
    base::SecretText birthDate;  ///< YYYY-MM-DD

    /// Address, old number and issue date are checked for shape and not kept: no page needs them.
    /// Malformed with detail: "fields" (fewer than seven, bytes that are no UTF-8, control characters),
    /// "number", "name" (anything but Latin letters, their marks, and what joins a name's parts), "date" (no
    /// such day, issued before 2000, before the birth or after tomorrow), "sex", or "mismatch" when the
    /// number tells another century, year or sex than the card itself (its fourth digit and the two after
    /// it).
    /// `now`, by this machine's clock, is for the date of issue alone. A kiosk's clock may be years off, and
    /// refusing a real card is worse than filling in a form from a made-up one (which proves nothing anyway):
    /// a clock that tells a day before this program was written has lost the time and is not asked, one that
    /// is ahead lets more pass, and one that is a day behind refuses nothing.
    static base::Result<CitizenCard> read(std::string_view text, base::WallTime now);
    /// Whether a text that read() refuses is laid out like a card all the same: seven fields or more, and of
    /// what tells a card (twelve digits, a date of eight, Nam or Nữ) no more than one is missing.
    static bool resembles(std::string_view text);
};

}  // namespace tram::identity
