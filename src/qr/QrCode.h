#pragma once
#include <string_view>
#include <vector>

#include "base/Result.h"

namespace tram::qr {

/// A QR symbol as modules, without its quiet zone, which whoever draws must leave free.
struct QrCode {
    static constexpr int kQuietModules = 4;  ///< on each side (ISO/IEC 18004, 6.3.8)

    int size = 0;
    std::vector<bool> dark;  ///< row by row
    bool at(int x, int y) const { return dark[static_cast<std::size_t>(y * size + x)]; }

    /// How wide it must be shown at least, with its quiet zone, for a phone held `distanceMm` away. A phone's
    /// wide camera sees 1.27 times its distance (65°) in the 1,920 pixels of its preview, and a reader wants
    /// three of them a module: distance/500 a module, 1.2 mm at arm's length (600 mm).
    double leastSideMm(double distanceMm) const { return (size + 2 * kQuietModules) * distanceMm / 500; }

    /// ECC level M (15 % may be hidden by a reflection), or Q or H where that makes the symbol no larger.
    /// ASCII only: other text would carry an ECI header that some phone readers dislike.
    static base::Result<QrCode> encode(std::string_view ascii);
};

}  // namespace tram::qr
