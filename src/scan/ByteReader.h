#pragma once
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace tram::scan {

/// Reads hostile bytes forwards: beyond the end everything is zero and ok() falls for good.
class ByteReader {
  public:
    explicit ByteReader(std::span<const unsigned char> bytes) : rest_(bytes) {}

    bool ok() const { return ok_; }
    std::size_t left() const { return rest_.size(); }

    std::span<const unsigned char> take(std::size_t count) {
        if (count > rest_.size()) ok_ = false;
        const auto taken = rest_.first(std::min(count, rest_.size()));
        rest_ = rest_.subspan(taken.size());
        return taken;
    }
    void skip(std::size_t count) { take(count); }
    /// Whether these bytes come next; then they are passed.
    bool passes(std::string_view text) {
        if (rest_.size() < text.size() || std::memcmp(rest_.data(), text.data(), text.size()) != 0)
            return false;
        skip(text.size());
        return true;
    }
    std::uint32_t big(int bytes) {
        std::uint32_t value = 0;
        const auto taken = take(static_cast<std::size_t>(bytes));
        for (const auto byte : taken) value = value << 8 | byte;
        return value;
    }
    std::uint32_t little(int bytes) {
        std::uint32_t value = 0;
        const auto taken = take(static_cast<std::size_t>(bytes));
        for (std::size_t i = 0; i < taken.size(); ++i) value |= std::uint32_t{taken[i]} << (8 * i);
        return value;
    }

  private:
    std::span<const unsigned char> rest_;
    bool ok_ = true;
};

}  // namespace tram::scan
