#pragma once
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>

#include "gateway/http/Pace.h"

namespace tram::gateway {

/// How many downloads are under way. What is larger than a kiosk asks for at once is not taken whole by nginx
/// (installer/nginx: its buffers hold such a piece, and no more), so that it holds a thread here for as long
/// as its client takes: only a few of those, or they would keep kiosks from their pieces.
struct PackLoad {
    static constexpr int kMost = 24, kMostLarge = 4;
    static constexpr std::uint64_t kPiece = 1u << 20;  ///< link::PackLine::kMostPiece
    std::atomic<int> all{0}, large{0};
};

/// A pack's file, and a place among those who download, for as long as the answer is being written.
class PackDownload {
  public:
    /// No kiosk is as slow: it asks for pieces, and nginx takes these at once.
    static constexpr std::size_t kLeastPerSecond = 64'000;

    PackDownload(PackLoad& load, const std::filesystem::path& file, const base::Clock& clock);
    ~PackDownload();
    PackDownload(const PackDownload&) = delete;
    PackDownload& operator=(const PackDownload&) = delete;

    std::uint64_t size() const { return size_; }  ///< 0: it is not there
    /// A place for an answer of so many bytes; false when all are taken.
    bool begin(std::uint64_t bytes);
    /// Gives some of the bytes from `offset` on to `out`; false when they are not there any more, when `out`
    /// says so, or when they are taken too slowly.
    using Out = std::function<bool(const char*, std::size_t)>;
    bool write(std::uint64_t offset, std::size_t most, const Out& out);

  private:
    PackLoad& load_;
    Pace pace_;
    int file_ = -1;
    std::uint64_t size_ = 0;
    std::size_t written_ = 0;
    bool counted_ = false, large_ = false;
};

}  // namespace tram::gateway
