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

/// Frames one after the other, gathered up to each commit.
class Frames {
  public:
    Frames(std::string_view bytes, std::uint32_t pageSize) : bytes_(bytes), size_(kFrameHeader + pageSize) {
        wal_.pageSize = pageSize;
    }
    bool there() const { return at_ + size_ <= bytes_.size(); }
    std::string_view head() const { return bytes_.substr(at_, kFrameHeader); }
    std::string_view page() const { return bytes_.substr(at_ + kFrameHeader, wal_.pageSize); }
    std::string_view salt() const { return head().substr(8, 8); }
    void take() {
        open_[big32(head())] = at_ + kFrameHeader;
        const bool commits = big32(head().substr(4)) != 0;
        if (commits)
            for (const auto& [number, place] : open_) wal_.committed[number] = place;
        if (commits) open_.clear();
        at_ += size_;
    }
    Wal result() && { return std::move(wal_); }

  private:
    std::string_view bytes_;
    std::size_t size_, at_ = kHeader;
    std::map<std::uint32_t, std::uint64_t> open_;
    Wal wal_;
};

/// Without the header no checksum can be followed; but a generation of frames bears one salt, and noise does
/// not.
Wal withoutHeader(std::string_view bytes) {
    constexpr std::uint32_t kUsualPage = 4096, kLargestNumber = 1 << 24;
    Frames frames(bytes, kUsualPage);
    if (!frames.there()) return {};
    const auto salt = frames.salt();
    int taken = 0;
    for (; frames.there() && frames.salt() == salt; ++taken) {
        const auto number = big32(frames.head());
        if (number == 0 || number > kLargestNumber) break;
        frames.take();
    }
    return taken > 1 ? std::move(frames).result() : Wal{};
}

}  // namespace

Wal readWal(std::string_view bytes) {
    Checksum sum;
    const std::uint32_t pageSize = readHeader(bytes, sum);
    if (pageSize == 0) return withoutHeader(bytes);
    Frames frames(bytes, pageSize);
    for (const auto salt = bytes.substr(16, 8); frames.there(); frames.take()) {
        sum.add(frames.head().substr(0, 8));
        sum.add(frames.page());
        if (frames.salt() != salt || big32(frames.head()) == 0 || !sum.standsAt(frames.head().substr(16)))
            break;
    }
    return std::move(frames).result();
}

bool walIsForeign(const std::filesystem::path& database) {
    std::error_code absent;
    const auto wal = database.string() + "-wal";
    const auto size = std::filesystem::file_size(wal, absent);
    if (absent || size <= kHeader) return false;
    if (std::filesystem::file_size(database, absent) == 0) return true;
    // Another process may be writing the header just now.
    for (int attempt = 0; attempt < 3; ++attempt) {
        std::ifstream file(wal, std::ios::binary);
        std::string head(kHeader, '\0');
        Checksum sum;
        if (!file.read(head.data(), kHeader) || readHeader(head, sum) != 0) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return true;
}

}  // namespace tram::store
