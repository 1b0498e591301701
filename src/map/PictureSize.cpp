#include <cstdint>

#include "map/Tiles.h"

namespace tram::map {

namespace {

int number(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value > 1u << 24 ? 0 : static_cast<int>(value);
}

/// PNG §11.2.2: the signature, and IHDR as the first chunk.
std::optional<PictureSize> pngSize(std::string_view bytes) {
    if (bytes.size() < 24 || bytes.substr(12, 4) != "IHDR") return {};
    return PictureSize{number(bytes, 16, 4), number(bytes, 20, 4)};
}

bool isFrame(unsigned marker) {
    return 0xC0 <= marker && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/// Scans refine a picture (T.81 §G.1): ten in real ones. A megabyte holds 87,000 empty ones, each of which
/// takes a decoder through the whole picture: seconds for each tile. In a scan's own bytes 0xFF is followed
/// by 0 or a restart (§F.1.2.3), so that all are counted.
bool hasFewScans(std::string_view bytes) {
    constexpr std::size_t kMostScans = 64;
    std::size_t scans = 0;
    for (auto at = bytes.find("\xFF\xDA"); at != bytes.npos; at = bytes.find("\xFF\xDA", at + 2))
        if (++scans > kMostScans) return false;
    return true;
}

/// ITU-T T.81 §B.1.1.4: segments, each with its length, up to a frame's header.
std::optional<PictureSize> jpegSize(std::string_view bytes) {
    for (std::size_t at = 2; at + 9 <= bytes.size() && bytes[at] == '\xFF';) {
        const auto marker = static_cast<unsigned char>(bytes[at + 1]);
        if (isFrame(marker)) return PictureSize{number(bytes, at + 7, 2), number(bytes, at + 5, 2)};
        at += 2 + static_cast<std::size_t>(number(bytes, at + 2, 2));
    }
    return {};
}

}  // namespace

std::optional<PictureSize> pictureSize(std::string_view bytes) {
    if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return pngSize(bytes);
    if (bytes.starts_with("\xFF\xD8\xFF") && hasFewScans(bytes)) return jpegSize(bytes);
    return {};
}

}  // namespace tram::map
