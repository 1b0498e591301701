#pragma once
#include <span>
#include <string>

namespace tram::base {

/// From the kernel's generator (getrandom(2)); never falls short.
void fillRandom(std::span<unsigned char> out);
/// `bytes` random bytes as lower-case hex: for names of temporary files and the like.
std::string randomHex(std::size_t bytes);

}  // namespace tram::base
