#pragma once
#include <cstdint>
#include <string_view>

namespace tram::store {

/// Numbers as SQLite's files hold them. The caller has made sure that the bytes are there.
inline std::uint32_t big16(std::string_view bytes) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[0])) << 8 |
           static_cast<unsigned char>(bytes[1]);
}
inline std::uint32_t big32(std::string_view bytes) {
    return big16(bytes) << 16 | big16(bytes.substr(2));
}

}  // namespace tram::store
