// The self-test of the fuzzing: a parser as careless ones are. Four letters it must guess, then a length it
// believes. If this is not found within its time, nothing that the other targets did not find means anything.
#include <cstdint>
#include <cstring>
#include <vector>

namespace {

void careless(const std::uint8_t* data, std::size_t size) {
    if (size < 6 || std::memcmp(data, "TRAM", 4) != 0) return;
    std::vector<std::uint8_t> record(16);
    if (data[4] <= record.size()) return;
    for (std::size_t i = 0; i < data[4] && i + 5 < size; ++i) record.data()[i] = data[5 + i];
    asm volatile("" ::"r"(record.data()) : "memory");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    careless(data, size);
    return 0;
}
