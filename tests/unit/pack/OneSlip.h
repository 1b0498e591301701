#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tram::test {

/// All words of these letters, up to a length, the empty one first.
inline std::vector<std::string> wordsOver(std::string_view letters, std::size_t longest) {
    std::vector<std::string> words = {""};
    for (std::size_t from = 0, length = 0; length < longest; ++length)
        for (const auto end = words.size(); from < end; ++from)
            for (const char letter : letters) words.push_back(words[from] + letter);
    return words;
}

/// What somebody who slips once may write for a word, by doing it.
inline std::set<std::string> oneSlipFrom(const std::string& word, std::string_view letters) {
    std::set<std::string> others;
    for (std::size_t at = 0; at <= word.size(); ++at) {
        for (const char letter : letters) {
            others.insert(word.substr(0, at) + letter + word.substr(at));
            if (at < word.size()) others.insert(word.substr(0, at) + letter + word.substr(at + 1));
        }
        if (at < word.size()) others.insert(word.substr(0, at) + word.substr(at + 1));
        if (at + 1 < word.size())
            others.insert(word.substr(0, at) + word[at + 1] + word[at] + word.substr(at + 2));
    }
    others.erase(word);
    return others;
}

}  // namespace tram::test
