#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tram::pack {

/// Words of fewer letters have too many neighbours for a slip to mean anything.
constexpr std::size_t kShortestWithSlips = 3;

/// The word without each of its letters in turn, each once: two words that are one slip apart (a letter more,
/// less, other, or two in the wrong order) share one of these, or one of them is the other. ASCII.
std::vector<std::string> deletions(std::string_view word);

/// Whether the words are the same but for one slip (optimal string alignment distance ≤ 1).
bool withinOneSlip(std::string_view a, std::string_view b);

}  // namespace tram::pack
