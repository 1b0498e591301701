#include "paper/JpegHead.h"

#include <algorithm>
#include <cstddef>

namespace tram::paper {

namespace {

using Bytes = std::span<const unsigned char>;

constexpr int kMostPixels = 8192, kMostDpi = 4800;

int number(Bytes bytes, std::size_t at) {
    return bytes[at] << 8 | bytes[at + 1];
}

/// SOF0 to SOF2: baseline, extended, progressive; what PDF's DCTDecode takes.
bool isFrameHeader(unsigned char marker) {
    return marker >= 0xC0 && marker <= 0xC2;
}

int resolutionIn(Bytes segment) {
    constexpr unsigned char kJfif[] = {'J', 'F', 'I', 'F', 0};
    if (segment.size() < 12 || !std::equal(std::begin(kJfif), std::end(kJfif), segment.begin())) return 0;
    const int dpi = number(segment, 8);
    return segment[7] == 1 && dpi == number(segment, 10) && dpi <= kMostDpi ? dpi : 0;
}

bool readFrame(Bytes segment, JpegHead& head) {
    if (segment.size() < 6) return false;
    head.height = number(segment, 1);
    head.width = number(segment, 3);
    const int components = segment[5];
    return segment[0] == 8 && (components == 1 || components == 3) && head.width >= 1 && head.height >= 1 &&
           head.width <= kMostPixels && head.height <= kMostPixels;
}

}  // namespace

std::optional<JpegHead> readJpegHead(Bytes bytes) {
    if (bytes.size() < 4 || bytes[0] != 0xFF || bytes[1] != 0xD8) return std::nullopt;
    JpegHead head;
    for (std::size_t at = 2; bytes.size() - at >= 4;) {
        if (bytes[at] != 0xFF) return std::nullopt;
        const auto marker = bytes[at + 1];
        const auto size = static_cast<std::size_t>(number(bytes, at + 2));
        if (marker < 0xC0 || marker == 0xD9 || marker == 0xDA || size < 2 || bytes.size() - at - 2 < size)
            return std::nullopt;
        const auto segment = bytes.subspan(at + 4, size - 2);
        if (marker == 0xE0 && head.dpi == 0) head.dpi = resolutionIn(segment);
        if (isFrameHeader(marker)) return readFrame(segment, head) ? std::optional(head) : std::nullopt;
        at += 2 + size;
    }
    return std::nullopt;
}

}  // namespace tram::paper
