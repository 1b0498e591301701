#pragma once
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

/// libFuzzer's bytes, taken from the front: mostly the first chooses what to do with the rest.
class Input {
  public:
    Input(const std::uint8_t* data, std::size_t size) : bytes_(reinterpret_cast<const char*>(data), size) {}
    explicit Input(std::string_view bytes) : bytes_(bytes) {}
    unsigned byte() {
        if (bytes_.empty()) return 0;
        const auto first = static_cast<unsigned char>(bytes_.front());
        bytes_.remove_prefix(1);
        return first;
    }
    unsigned choose(unsigned kinds) { return byte() % kinds; }
    std::uint64_t number(int bytes) {
        std::uint64_t value = 0;
        for (int i = 0; i < bytes; ++i) value = value << 8 | byte();
        return value;
    }
    std::string_view take(std::size_t count) {
        const auto taken = bytes_.substr(0, count);
        bytes_.remove_prefix(taken.size());
        return taken;
    }
    /// Up to the next line break, which goes with it; corpora stay readable.
    std::string_view line() {
        const auto taken = take(bytes_.find('\n'));
        take(1);
        return taken;
    }
    bool empty() const { return bytes_.empty(); }
    std::string_view rest() const { return bytes_; }

  private:
    std::string_view bytes_;
};

/// `bytes` with slips as `input` has them: what no checksum or signature may let pass.
inline std::string damaged(std::string bytes, Input& input) {
    while (!input.empty() && !bytes.empty()) {
        const auto how = input.choose(4);
        const auto at = static_cast<std::size_t>(input.number(3)) % bytes.size();
        const auto what = static_cast<char>(input.byte());
        if (how == 0) bytes[at] = static_cast<char>(bytes[at] ^ what);
        if (how == 1) bytes.resize(at);
        if (how == 2) bytes.insert(at, 1, what);
        if (how == 3) bytes.erase(at, static_cast<unsigned char>(what));
    }
    return bytes;
}

/// A property that must hold for every input; abort() is what libFuzzer takes notice of.
inline void must(bool holds, const char* what) {
    if (holds) return;
    dprintf(STDERR_FILENO, "does not hold: %s\n", what);  // the stream may be silenced
    std::abort();
}
