#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tram::device {

constexpr std::string_view kPageCommand = "page";

/// What `tram-camera page` says of a page it has found, straightened and cleaned (scan/PageCleaner.h). In:
/// the picture's bytes on standard input. Out: a PageFrame, then `jpegBytes`, `thumbnailBytes` and
/// `codeBytes` bytes, exit code 0; or nothing and a PictureExit. Each of the codes read in the picture: two
/// bytes of length (little-endian), then its text.
struct PageFrame {
    static constexpr std::uint32_t kMagic = 0x31475054;  // "TPG1"
    static constexpr std::uint32_t kMaxSide = 4096;
    static constexpr std::uint32_t kMaxJpegBytes = 1'200'000;
    static constexpr std::uint32_t kMaxThumbnailBytes = 1u << 20;
    static constexpr std::uint32_t kMaxCodeBytes = 64u << 10;
    static constexpr std::uint32_t kMaxDpi = 1200;
    static constexpr std::uint32_t kShapes = 3;  ///< scan::PageShape: sheet, card, other
    static constexpr std::size_t kNumbers = 11, kBytes = 4 * kNumbers;
    using Bytes = std::array<unsigned char, kBytes>;

    std::uint32_t width = 0, height = 0, dpi = 0;
    std::uint32_t jpegBytes = 0, thumbnailBytes = 0, codeBytes = 0;
    std::uint32_t shape = 0;
    std::uint32_t turned = 0;       ///< 0, 90, 180, 270
    std::uint32_t uprightSure = 0;  ///< 1: text says so
    std::uint32_t squareMarks = 0;  ///< places that look like a QR code's corners, at most 255

    Bytes toBytes() const {
        Bytes bytes{};
        std::size_t at = 0;
        for (const auto value : {kMagic, width, height, dpi, jpegBytes, thumbnailBytes, codeBytes, shape,
                                 turned, uprightSure, squareMarks})
            for (int shift = 0; shift < 32; shift += 8)
                bytes[at++] = static_cast<unsigned char>(value >> shift);
        return bytes;
    }

    /// False unless every number is within its bounds.
    bool fromBytes(const Bytes& bytes) {
        std::array<std::uint32_t, kNumbers> values{};
        for (std::size_t i = 0; i < kBytes; ++i) values[i / 4] |= std::uint32_t{bytes[i]} << (i % 4 * 8);
        std::size_t at = 1;
        for (auto* number : {&width, &height, &dpi, &jpegBytes, &thumbnailBytes, &codeBytes, &shape, &turned,
                             &uprightSure, &squareMarks})
            *number = values[at++];
        const auto within = [](std::uint32_t value, std::uint32_t most) {
            return value >= 1 && value <= most;
        };
        return values[0] == kMagic && within(width, kMaxSide) && within(height, kMaxSide) &&
               within(dpi, kMaxDpi) && within(jpegBytes, kMaxJpegBytes) &&
               within(thumbnailBytes, kMaxThumbnailBytes) && codeBytes <= kMaxCodeBytes && shape < kShapes &&
               turned % 90 == 0 && turned < 360 && uprightSure <= 1 && squareMarks <= 255;
    }
};

}  // namespace tram::device
