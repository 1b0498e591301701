#include "scan/PictureHeader.h"

#include <optional>

#include "scan/ByteReader.h"

namespace tram::scan {

using base::fail;
using base::ProblemKind;
using Bytes = std::span<const unsigned char>;

namespace {

using Found = std::optional<PictureHeader>;

/// TIFF 6.0 §2 as EXIF embeds it: only the first directory's orientation is looked for.
int exifOrientation(Bytes tiff) {
    constexpr std::uint32_t kOrientation = 0x0112, kShort = 3;
    ByteReader head(tiff);
    const bool little = head.passes(std::string_view("II*\0", 4));
    if (!little && !head.passes(std::string_view("MM\0*", 4))) return 1;
    const auto number = [little](ByteReader& from, int bytes) {
        return little ? from.little(bytes) : from.big(bytes);
    };

    ByteReader directory(tiff);
    directory.skip(number(head, 4));
    for (auto entries = number(directory, 2); entries > 0 && directory.ok(); --entries) {
        const auto tag = number(directory, 2), type = number(directory, 2), count = number(directory, 4);
        const auto value = number(directory, 2);
        directory.skip(2);
        if (tag != kOrientation) continue;
        return type == kShort && count == 1 && value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    }
    return 1;
}

/// The next marker, over scan data (in which FF is followed by 00) and whatever else stands between.
std::uint32_t nextMarker(ByteReader& in) {
    for (;;) {
        while (in.ok() && in.big(1) != 0xFF) {
        }
        std::uint32_t marker = 0xFF;
        while (marker == 0xFF && in.ok()) marker = in.big(1);
        if (marker != 0 || !in.ok()) return marker;
    }
}

/// ISO/IEC 10918-1 B.1.1.4, as libjpeg goes by it: what stands below C0 is passed over byte by byte.
bool hasLength(std::uint32_t marker) {
    return marker >= 0xC0 && (marker < 0xD0 || marker > 0xD9);
}

/// From behind the header of the first scan on; B.2. An end that is missing tells a cut-off file. Behind it
/// phones put a film or another picture. Markers are found just as libjpeg finds them, so that it never meets
/// a scan that was not counted here.
struct Scans {
    int count = 1;
    bool end = false;
};
Scans scansFrom(Bytes bytes) {
    constexpr std::uint32_t kScan = 0xDA, kEnd = 0xD9;
    Scans scans;
    ByteReader in(bytes);
    while (in.ok() && scans.count <= kMaxScans) {
        const auto marker = nextMarker(in);
        if (!in.ok()) break;
        if (marker == kEnd) return {scans.count, true};
        scans.count += marker == kScan;
        if (!hasLength(marker)) continue;
        const auto length = in.big(2);
        if (length < 2) break;
        in.skip(length - 2);
    }
    return scans;
}

bool isFrame(std::uint32_t marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

Found readJpeg(ByteReader in) {
    constexpr std::uint32_t kScan = 0xDA, kApp1 = 0xE1;
    PictureHeader header;
    header.format = PictureHeader::Format::Jpeg;
    while (in.ok()) {
        if (in.big(1) != 0xFF) return std::nullopt;
        std::uint32_t marker = in.big(1);
        while (marker == 0xFF) marker = in.big(1);
        // libjpeg takes the next marker right behind these: what stands there would be another picture to it.
        if (!hasLength(marker)) return std::nullopt;
        const std::uint32_t length = in.big(2);
        if (length < 2) return std::nullopt;
        ByteReader segment(in.take(length - 2));
        if (isFrame(marker)) {
            segment.skip(1);
            header.height = static_cast<int>(segment.big(2));
            header.width = static_cast<int>(segment.big(2));
        } else if (marker == kApp1 && segment.passes(std::string_view("Exif\0\0", 6))) {
            header.orientation = exifOrientation(segment.take(segment.left()));
        } else if (marker == kScan) {
            const bool whole = in.ok();
            const auto scans = scansFrom(in.take(in.left()));
            header.scans = scans.count;
            return whole && (scans.end || scans.count > kMaxScans) ? Found(header) : std::nullopt;
        }
    }
    return std::nullopt;
}

/// PNG (W3C REC, 3rd edition) §5: IHDR first, IEND last.
Found readPng(ByteReader in) {
    constexpr std::uint32_t kAlpha = 4;
    PictureHeader header;
    header.format = PictureHeader::Format::Png;
    for (bool first = true; in.ok(); first = false) {
        const std::uint32_t length = in.big(4);
        const auto type = in.take(4);
        const std::string_view name(reinterpret_cast<const char*>(type.data()), type.size());
        if (first && (name != "IHDR" || length != 13)) return std::nullopt;
        ByteReader chunk(in.take(length));
        in.skip(4);
        if (!in.ok()) return std::nullopt;
        if (first) {
            header.width = static_cast<int>(std::min(chunk.big(4), 0x7FFFFFFFu));
            header.height = static_cast<int>(std::min(chunk.big(4), 0x7FFFFFFFu));
            chunk.skip(1);
            header.transparent = (chunk.big(1) & kAlpha) != 0;
        } else if (name == "tRNS") {
            header.transparent = true;
        } else if (name == "eXIf") {
            header.orientation = exifOrientation(chunk.take(chunk.left()));
        } else if (name == "IEND") {
            return header;
        }
    }
    return std::nullopt;
}

/// RFC 9649. 2.5: lossy key frame; 2.6: lossless; 2.7: extended.
void readWebPChunk(std::string_view name, ByteReader chunk, PictureHeader& header) {
    if (name == "VP8X") {
        header.transparent = (chunk.little(1) & 0x10) != 0;
        chunk.skip(3);
        header.width = static_cast<int>(chunk.little(3)) + 1;
        header.height = static_cast<int>(chunk.little(3)) + 1;
    } else if (name == "VP8 " && header.width == 0) {
        chunk.skip(3);
        if (!chunk.passes("\x9D\x01\x2A")) return;
        header.width = static_cast<int>(chunk.little(2) & 0x3FFF);
        header.height = static_cast<int>(chunk.little(2) & 0x3FFF);
    } else if (name == "VP8L" && header.width == 0) {
        if (!chunk.passes("\x2F")) return;
        const std::uint32_t sizes = chunk.little(4);
        header.width = static_cast<int>(sizes & 0x3FFF) + 1;
        header.height = static_cast<int>(sizes >> 14 & 0x3FFF) + 1;
        header.transparent = true;
    } else if (name == "EXIF") {
        chunk.passes(std::string_view("Exif\0\0", 6));  // some writers keep JPEG's prefix
        header.orientation = exifOrientation(chunk.take(chunk.left()));
    }
}

Found readWebP(Bytes bytes) {
    ByteReader file(bytes);
    file.skip(4);
    const std::uint32_t size = file.little(4);
    ByteReader in(file.take(size));
    if (!file.ok() || !in.passes("WEBP")) return std::nullopt;
    PictureHeader header;
    header.format = PictureHeader::Format::WebP;
    while (in.left() > 0) {
        const auto type = in.take(4);
        const std::uint32_t length = in.little(4);
        const auto chunk = in.take(length);
        if (!in.ok()) return std::nullopt;
        readWebPChunk({reinterpret_cast<const char*>(type.data()), type.size()}, ByteReader(chunk), header);
        if (length % 2 == 1 && in.left() > 0) in.skip(1);
    }
    return header;
}

Found readAny(Bytes bytes) {
    using namespace std::literals;
    ByteReader in(bytes);
    // The next byte of a JPEG begins its first marker; readJpeg wants all of it.
    if (ByteReader(bytes).passes("\xFF\xD8\xFF"sv)) return in.skip(2), readJpeg(in);
    if (in.passes("\x89PNG\r\n\x1A\n"sv)) return readPng(in);
    if (in.passes("RIFF"sv)) return readWebP(bytes);
    return std::nullopt;
}

}  // namespace

base::Result<PictureHeader> PictureHeader::read(Bytes bytes) {
    const auto header = readAny(bytes);
    if (!header || header->width < 1 || header->height < 1) return fail(ProblemKind::PictureUnreadable);
    if (header->scans > kMaxScans) return fail(ProblemKind::PictureUnreadable, {{"key", "scans"}});
    if (static_cast<long long>(header->width) * header->height > kMaxPixels)
        return fail(ProblemKind::PictureTooLarge);
    return *header;
}

}  // namespace tram::scan
