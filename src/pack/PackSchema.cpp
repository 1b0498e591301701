#include "pack/PackSchema.h"

#include <cmath>

namespace tram::pack {

namespace {

std::string square(const Grid& grid, int north, int east) {
    return std::string(1, grid.letter) + '_' + std::to_string(north) + '_' + std::to_string(east);
}

int step(double degrees, const Grid& grid) {
    return static_cast<int>(std::floor(degrees * grid.perDegree));
}

}  // namespace

bool isMark(std::string_view word) {
    return word.find('_') != word.npos;
}

std::string kindWord(std::string_view kind) {
    std::string word = "k_";
    for (const char c : kind) word += c == '-' ? '_' : c;
    return word;
}

std::string fieldWord(std::string_view kind, std::string_view field) {
    std::string word = "v_";
    return word.append(kind).append(".").append(field).append("=");
}

std::string squareWord(const Grid& grid, const Point& place) {
    return square(grid, step(place.latitude, grid), step(place.longitude, grid));
}

std::vector<std::string> squaresAround(const Grid& grid, const Point& place) {
    std::vector<std::string> words;
    for (int north = -1; north <= 1; ++north)
        for (int east = -1; east <= 1; ++east)
            words.push_back(
                square(grid, step(place.latitude, grid) + north, step(place.longitude, grid) + east));
    return words;
}

std::vector<std::string> squaresIn(const Grid& grid, const Box& box, std::size_t most) {
    std::vector<std::string> words;
    for (int north = step(box.south, grid); north <= step(box.north, grid); ++north)
        for (int east = step(box.west, grid); east <= step(box.east, grid); ++east) {
            if (words.size() == most) return {};
            words.push_back(square(grid, north, east));
        }
    return words;
}

}  // namespace tram::pack
