#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tram::pack {

/// A set of entries, by their ranks 1 … size: one bit each, so that a hundred thousand are 12 kB and "in
/// both" or "in either" takes microseconds. Kept in a pack as the distances from one rank to the next, in
/// LEB128: a byte or two each.
class RankSet {
  public:
    explicit RankSet(std::size_t size) : bits_(size / 64 + 1), size_(size) {}
    static RankSet all(std::size_t size);

    void add(std::size_t rank) { bits_[rank / 64] |= std::uint64_t{1} << rank % 64; }
    void remove(std::size_t rank) { bits_[rank / 64] &= ~(std::uint64_t{1} << rank % 64); }
    bool has(std::size_t rank) const { return rank <= size_ && (bits_[rank / 64] >> rank % 64 & 1); }
    bool empty() const;
    std::size_t count() const;
    RankSet& operator|=(const RankSet& other);
    RankSet& operator&=(const RankSet& other);
    /// The `limit` lowest, in order.
    std::vector<std::size_t> first(std::size_t limit) const;

    std::string toBytes() const;
    /// Adds those of `bytes`; false, and no more than some of them, when a rank is 0 or beyond the size, or a
    /// byte is missing.
    bool addBytes(std::string_view bytes);
    /// Gives what `bytes` hold to `take`, in order; answers as addBytes.
    template <class Take>
    static bool each(std::string_view bytes, std::size_t size, Take take) {
        std::size_t rank = 0, step = 0;
        unsigned shift = 0;
        for (const unsigned char byte : bytes) {
            step |= static_cast<std::size_t>(byte & 0x7F) << shift;
            shift += 7;
            if (byte & 0x80) {
                if (shift > 28) return false;
                continue;
            }
            rank += step;
            if (step == 0 || rank > size) return false;
            take(rank);
            step = shift = 0;
        }
        return shift == 0;
    }

  private:
    std::vector<std::uint64_t> bits_;
    std::size_t size_;
};

}  // namespace tram::pack
