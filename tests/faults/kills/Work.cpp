#include "Work.h"

#include <fmt/format.h>

#include <random>

namespace tram::kills {

std::string textOf(std::uint32_t serial) {
    return fmt::format("Nắp cống bị vỡ, lần thứ {}.", serial);
}

std::size_t picturesOf(std::uint32_t serial) {
    return serial % 4;
}

std::string pictureOf(std::uint32_t serial, std::size_t place) {
    std::mt19937_64 noise(serial * 8 + place);
    // One in eight takes several pieces on the line, so that an upload breaks off in the middle and is
    // resumed.
    const std::size_t size = noise() % 8 == 0 ? 150'000 + noise() % 100'000 : 200 + noise() % 12'000;
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(noise());
    return bytes;
}

}  // namespace tram::kills
