#include "pack/WordChoices.h"

#include <algorithm>

#include "pack/SearchWords.h"

namespace tram::pack {

namespace {

/// The index is asked for each of them.
constexpr std::size_t kMostWords = 60, kMostCuts = 4;
/// Shorter words have too many neighbours for a slip to mean much, shorter halves of a word are by chance.
constexpr std::size_t kShortest = 3, kShortestHalf = 2;

/// "quan3": a slip is looked for in what is before the number.
struct Parted {
    explicit Parted(const Asked& asked) {
        const auto end = std::min(asked.word.find_first_of("0123456789"), asked.word.size());
        letters = asked.word.substr(0, end);
        number = asked.word.substr(end);
        unfinished = asked.unfinished && number.empty();
        numberUnfinished = asked.unfinished && !number.empty();
    }
    Asked with(const std::string& word, bool beginning) const {
        return {word + number, beginning || numberUnfinished};
    }
    std::string letters, number;
    bool unfinished, numberUnfinished;
};

/// What is known of the vocabulary: a whole word, or the beginning of one where no more was typed yet.
bool known(const Vocabulary& words, const std::string& letters, bool unfinished) {
    return unfinished ? words.hasBeginning(letters) : words.has(letters);
}

void addWords(AnyOf& ways, const Parted& typed, const std::vector<Vocabulary::Near>& near) {
    for (const auto& [word, entries] : near) {
        if (ways.size() == kMostWords) return;
        if (word.size() == 1) continue;  // says too little
        const AllOf way{typed.with(word, false)};
        if (std::ranges::find(ways, way) == ways.end()) ways.push_back(way);
    }
}

/// "benhvien", and "benhxvien", whose blank became a letter.
void addCuts(AnyOf& ways, const Vocabulary& words, const Parted& typed) {
    const auto& all = typed.letters;
    std::size_t cuts = 0;
    for (std::size_t at = kShortestHalf; at + kShortestHalf <= all.size(); ++at) {
        if (!words.has(all.substr(0, at))) continue;
        for (const auto& second : {all.substr(at), all.substr(at + 1)}) {
            if (second.size() < kShortestHalf || !known(words, second, typed.unfinished)) continue;
            if (++cuts > kMostCuts) return;
            ways.push_back({{all.substr(0, at), false}, typed.with(second, typed.unfinished)});
        }
    }
}

}  // namespace

std::vector<Asked> asTyped(const std::vector<std::string>& words) {
    std::vector<Asked> asked;
    for (const auto& word : words) asked.push_back({word, &word == &words.back()});
    return asked;
}

AnyOf mended(const Vocabulary& words, const Asked& asked, Forgive forgive) {
    const Parted typed(asked);
    AnyOf ways;
    const bool counted = !typed.number.empty();  // "kp 4" is not "ap 4"
    if (typed.letters.size() < kShortest && (forgive == Forgive::Longer || counted)) {
        addWords(ways, typed, words.exchanged(typed.letters));
        return ways;
    }
    addWords(ways, typed, words.near(typed.letters));
    if (typed.unfinished) addWords(ways, typed, words.nearBeginning(typed.letters));
    if (!words.has(typed.letters)) addCuts(ways, words, typed);
    return ways;
}

AnyOf mendedTogether(const Vocabulary& words, const Asked& first, const Asked& second) {
    const Parted one(first), two(second);
    AnyOf ways;
    if (!one.number.empty() || two.letters.empty()) return ways;
    if (words.has(one.letters) && known(words, two.letters, two.unfinished)) return ways;
    if (const auto whole = one.letters + two.letters; known(words, whole, two.unfinished))
        ways.push_back({two.with(whole, two.unfinished)});
    const auto add = [&](const std::string& before, const std::string& after) {
        if (after.empty()) return;
        if (words.has(before) && known(words, after, two.unfinished))
            ways.push_back({{before, false}, two.with(after, two.unfinished)});
    };
    add(one.letters.substr(0, one.letters.size() - 1), one.letters.back() + two.letters);
    add(one.letters + two.letters.front(), two.letters.substr(1));
    return ways;
}

}  // namespace tram::pack
