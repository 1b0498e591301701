#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace tram::gateway {

/// What part of `total` bytes is to be sent.
struct ByteRange {
    enum class Kind { Whole, Part, Unsatisfiable };
    Kind kind = Kind::Whole;
    std::uint64_t first = 0, last = 0;  ///< inclusive
    std::uint64_t size() const { return last - first + 1; }

    /// A Range field (RFC 9110 §14.1.2) of a file of `total` bytes, at least one. What is not one range of
    /// bytes is ignored, as §14.2 lets a server do: the whole is sent.
    static ByteRange read(std::string_view field, std::uint64_t total);
};

}  // namespace tram::gateway
