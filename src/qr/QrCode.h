#pragma once
#include <string_view>
#include <vector>

#include "base/Result.h"

namespace tram::qr {

/// A QR symbol as modules, without its quiet zone (four modules, which whoever draws must leave free).
struct QrCode {
    int size = 0;
    std::vector<bool> dark;  ///< row by row
    bool at(int x, int y) const { return dark[static_cast<std::size_t>(y * size + x)]; }

    /// ECC level M. ASCII only: other text would carry an ECI header that some phone readers dislike.
    static base::Result<QrCode> encode(std::string_view ascii);
};

}  // namespace tram::qr
