#include "pack/SearchWords.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <sstream>

#include "base/VietnameseText.h"

namespace tram::pack {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

void addWord(std::vector<std::string>& words, std::string word) {
    if (word.empty()) return;
    if (isNumber(word)) word.erase(0, std::min(word.find_first_not_of('0'), word.size() - 1));
    words.push_back(std::move(word));
}

bool countsWordBefore(const std::vector<std::string>& words, std::size_t at) {
    return at > 0 && isNumber(words[at]) && !isNumber(words[at - 1]);
}

}  // namespace

bool isNumber(std::string_view word) {
    return !word.empty() && isDigit(word.front());
}

std::vector<std::string> searchWords(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    for (char c : base::fold(text)) {
        if (c == ' ' || (!word.empty() && isDigit(c) != isDigit(word.back()))) {
            addWord(words, std::move(word));
            word.clear();
        }
        if (c != ' ') word += c;
    }
    addWord(words, std::move(word));
    return words;
}

std::vector<std::string> indexWords(std::string_view text) {
    const auto words = searchWords(text);
    auto indexed = words;
    for (std::size_t at = 0; at < words.size(); ++at)
        if (countsWordBefore(words, at)) indexed.push_back(words[at - 1] + words[at]);
    return indexed;
}

std::vector<std::string> queryWords(std::string_view typed) {
    const auto words = searchWords(typed);
    std::vector<std::string> asked;
    for (std::size_t at = 0; at < words.size(); ++at)
        countsWordBefore(words, at) ? void(asked.back() += words[at]) : asked.push_back(words[at]);
    return asked;
}

std::vector<std::string> spelledWords(std::string_view text) {
    std::string lower;
    icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())))
        .toLower(icu::Locale("vi"))
        .toUTF8String(lower);
    std::vector<std::string> words;
    std::istringstream parts(base::clean(lower));
    for (std::string word; parts >> word;) words.push_back(std::move(word));
    return words;
}

}  // namespace tram::pack
