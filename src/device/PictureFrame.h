#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tram::device {

/// What tram-camera and the kiosk say to each other about one picture. In: the original's bytes on standard
/// input. Out: a PictureFrame, then `jpegBytes` and `thumbnailBytes` bytes on standard output, exit code 0;
/// or nothing and one of these exit codes.
enum class PictureExit {
    Done = 0,
    Empty = 65,
    TooLarge = 66,
    Unreadable = 67,
    TooManyScans = 68,
    Failed = 70,
    NoPage = 71,
    SeveralPages = 72
};

constexpr std::size_t kMaxOriginalBytes = 25u << 20;
constexpr std::string_view kPrepareCommand = "prepare";

struct PictureFrame {
    static constexpr std::uint32_t kMagic = 0x31504354;  // "TCP1"
    static constexpr std::uint32_t kMaxSide = 2048;
    static constexpr std::uint32_t kMaxJpegBytes = 16u << 20;
    static constexpr std::uint32_t kMaxThumbnailBytes = 1u << 20;
    static constexpr std::size_t kBytes = 20;
    using Bytes = std::array<unsigned char, kBytes>;

    std::uint32_t width = 0, height = 0;
    std::uint32_t jpegBytes = 0, thumbnailBytes = 0;

    Bytes toBytes() const {
        Bytes bytes{};
        std::size_t at = 0;
        for (const auto value : {kMagic, width, height, jpegBytes, thumbnailBytes})
            for (int shift = 0; shift < 32; shift += 8)
                bytes[at++] = static_cast<unsigned char>(value >> shift);
        return bytes;
    }

    /// False unless every number is within its bounds.
    bool fromBytes(const Bytes& bytes) {
        std::array<std::uint32_t, 5> values{};
        for (std::size_t i = 0; i < kBytes; ++i) values[i / 4] |= std::uint32_t{bytes[i]} << (i % 4 * 8);
        width = values[1];
        height = values[2];
        jpegBytes = values[3];
        thumbnailBytes = values[4];
        const auto within = [](std::uint32_t value, std::uint32_t most) {
            return value >= 1 && value <= most;
        };
        return values[0] == kMagic && within(width, kMaxSide) && within(height, kMaxSide) &&
               within(jpegBytes, kMaxJpegBytes) && within(thumbnailBytes, kMaxThumbnailBytes);
    }
};

}  // namespace tram::device
