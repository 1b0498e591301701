#pragma once
#include <optional>
#include <span>

namespace tram::paper {

/// What a JPEG says of itself before its pixels.
struct JpegHead {
    int width = 0, height = 0;  ///< pixels, 1…8192
    int dpi = 0;                ///< JFIF 1.02, the same across and down; 0: it does not say
};

/// Nothing for what is no JPEG of one or three components, or ends before its frame header (ITU-T T.81,
/// B.2.2).
std::optional<JpegHead> readJpegHead(std::span<const unsigned char> bytes);

}  // namespace tram::paper
