#pragma once
#include <string>
#include <vector>

#include "typing/Options.h"

namespace tram::typing::test {

/// Every order of keys in which a person may type this syllable (small letters, NFC, its tone where it
/// belongs): the tone after its vowel, after all vowels, after the coda or at the very end; a shape at once,
/// after the vowels or at the end; ươ by one key or two; đ at once, later, or at the end; and all of them in
/// any order where they meet. The plainest order comes first.
std::vector<std::u32string> keyOrders(std::u32string_view syllable, Method method);

}  // namespace tram::typing::test
