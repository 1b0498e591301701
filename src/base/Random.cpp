#include "base/Random.h"

#include <sys/random.h>

#include <cerrno>
#include <system_error>
#include <vector>

namespace tram::base {

void fillRandom(std::span<unsigned char> out) {
    while (!out.empty()) {
        const ssize_t got = getrandom(out.data(), out.size(), 0);
        if (got < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "getrandom");
        if (got > 0) out = out.subspan(static_cast<std::size_t>(got));
    }
}

std::string randomHex(std::size_t bytes) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::vector<unsigned char> raw(bytes);
    fillRandom(raw);
    std::string hex;
    hex.reserve(bytes * 2);
    for (const unsigned char b : raw) {
        hex += kDigits[b >> 4];
        hex += kDigits[b & 15];
    }
    return hex;
}

}  // namespace tram::base
