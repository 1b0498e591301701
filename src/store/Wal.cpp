#include "store/Wal.h"

#include <chrono>
#include <fstream>
#include <thread>

#include "store/BigEndian.h"

namespace tram::store {
namespace {

constexpr std::size_t kHeader = 32, kFrameHeader = 24;
constexpr std::uint32_t kMagic = 0x377f0682;  // its last bit: checksums over big-endian words
constexpr std::uint32_t kFormat = 3007000;

struct Checksum {
    std::uint32_t a = 0, b = 0;
    bool bigEndian = true;

    void add(std::string_view bytes) {
        for (std::size_t i = 0; i + 8 <= bytes.size(); i += 8) {
            a += word(bytes.substr(i)) + b;
            b += word(bytes.substr(i + 4)) + a;
        }
    }
    bool standsAt(std::string_view bytes) const { return big32(bytes) == a && big32(bytes.substr(4)) == b; }

  private:
    std::uint32_t word(std::string_view bytes) const {
        return bigEndian ? big32(bytes) : __builtin_bswap32(big32(bytes));
    }
};

/// The page size, or 0 when this is no header; `sum` is then where the frames' checksums go on from.
std::uint32_t readHeader(std::string_view bytes, Checksum& sum) {
    if (bytes.size() < kHeader || (big32(bytes) & ~1u) != kMagic || big32(bytes.substr(4)) != kFormat)
        return 0;
    sum.bigEndian = (big32(bytes) & 1) != 0;
    sum.add(bytes.substr(0, 24));
    const std::uint32_t size = big32(bytes.substr(8));
    const bool fits = size >= 512 && size <= 65536 && (size & (size - 1)) == 0;
    return fits && sum.standsAt(bytes.substr(24)) ? size : 0;
}

}  // namespace

Wal readWal(std::string_view bytes) {
    Checksum sum;
    Wal wal;
    wal.pageSize = readHeader(bytes, sum);
    if (wal.pageSize == 0) return wal;
    const auto salt = bytes.substr(16, 8);
    std::map<std::uint32_t, std::uint64_t> open;
    for (std::size_t at = kHeader; at + kFrameHeader + wal.pageSize <= bytes.size();
         at += kFrameHeader + wal.pageSize) {
        const auto frame = bytes.substr(at, kFrameHeader);
        sum.add(frame.substr(0, 8));
        sum.add(bytes.substr(at + kFrameHeader, wal.pageSize));
        if (frame.substr(8, 8) != salt || big32(frame) == 0 || !sum.standsAt(frame.substr(16))) break;
        open[big32(frame)] = at + kFrameHeader;
        if (big32(frame.substr(4)) == 0) continue;  // not the last one of its transaction
        for (const auto& [page, place] : open) wal.committed[page] = place;
        open.clear();
    }
    return wal;
}

bool walIsForeign(const std::filesystem::path& database) {
    // Another process may be writing the header just now.
    for (int attempt = 0; attempt < 3; ++attempt) {
        std::ifstream file(database.string() + "-wal", std::ios::binary);
        std::string head(kHeader + 1, '\0');
        if (!file.read(head.data(), static_cast<std::streamsize>(head.size()))) return false;
        Checksum sum;
        if (readHeader(head, sum) != 0) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

}  // namespace tram::store
