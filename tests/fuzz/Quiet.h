#pragma once
#include <cstdio>

/// What the programs log of each input goes nowhere; what a sanitizer or libFuzzer has to say goes past the
/// stream.
inline void silenceLog() {
    stderr = std::fopen("/dev/null", "w");
}
