#include "scan/AviFrames.h"

#include <string_view>

#include "scan/ByteReader.h"

namespace tram::scan {

namespace {

using Bytes = std::span<const unsigned char>;

/// Microsoft's RIFF: four letters, a length, so many bytes, and one more when that is odd.
struct Chunk {
    std::string_view name;
    Bytes content;
};

bool next(ByteReader& in, Chunk& chunk) {
    if (in.left() < 8) return false;
    const auto name = in.take(4);
    chunk.name = {reinterpret_cast<const char*>(name.data()), name.size()};
    const std::uint32_t length = in.little(4);
    // A recorder that was cut off leaves its last chunk short: what is there counts.
    chunk.content = in.take(std::min<std::size_t>(length, in.left()));
    if (length % 2 == 1 && in.left() > 0) in.skip(1);
    return true;
}

bool isPicture(const Chunk& chunk) {
    const auto kind = chunk.name.substr(2);
    return (kind == "dc" || kind == "db") && chunk.content.size() > 4 && chunk.content[0] == 0xFF &&
           chunk.content[1] == 0xD8;
}

/// Lists lie in lists (`movi` in `AVI `, `rec ` in `movi`); deeper than that is no video.
void collect(Bytes list, int depth, std::size_t most, std::vector<Bytes>& frames) {
    ByteReader in(list);
    for (Chunk chunk; frames.size() < most && next(in, chunk);) {
        if (isPicture(chunk)) frames.push_back(chunk.content);
        const bool nested = chunk.name == "LIST" || chunk.name == "RIFF";
        if (nested && depth < 4 && chunk.content.size() > 4)
            collect(chunk.content.subspan(4), depth + 1, most, frames);
    }
}

}  // namespace

bool isAvi(Bytes bytes) {
    ByteReader in(bytes);
    if (!in.passes("RIFF")) return false;
    in.skip(4);
    return in.passes("AVI ");
}

base::Result<std::vector<Bytes>> aviFrames(Bytes bytes, std::size_t most) {
    std::vector<Bytes> frames;
    if (isAvi(bytes)) collect(bytes, 0, most, frames);
    if (frames.empty()) return base::fail(base::ProblemKind::PictureUnreadable);
    return frames;
}

}  // namespace tram::scan
