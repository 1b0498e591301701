// The self-test of the fuzzing: a real parser of ours behind a promise that does not hold. A tracking code
// has to be right to the check symbol before the broken promise is reached, and none in the corpus is of this
// kind.
#include "../Input.h"
#include "base/TrackingCode.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    if (input.choose(10) != 3) return 0;  // as in ../text.cpp
    const auto code = tram::base::TrackingCode::parse(input.rest());
    if (code) must(code->symbols() == "K7M3Q9X2TW", "there is only one code");
    return 0;
}
