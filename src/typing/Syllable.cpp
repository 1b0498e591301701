#include "typing/Syllable.h"

#include <algorithm>

#include "typing/Rhymes.h"

namespace tram::typing {
namespace {

enum class Fit { None, Longer, Shapeless, Exact };  ///< from no match to every letter and shape there

bool mayBecome(const Letter& letter, const Mark& mark) {
    return letter.base == mark.base && (letter.shape == Shape::None || letter.shape == mark.shape);
}

Fit fit(std::span<const Letter> letters, const Spelling& spelling) {
    if (letters.size() > spelling.size) return Fit::None;
    bool exact = true;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        if (!mayBecome(letters[i], spelling.marks[i])) return Fit::None;
        exact = exact && letters[i].shape == spelling.marks[i].shape;
    }
    if (letters.size() < spelling.size) return Fit::Longer;
    return exact ? Fit::Exact : Fit::Shapeless;
}

bool permits(const Rhyme& rhyme, Tone tone) {
    return tone == Tone::None || rhyme.takes(tone);
}

/// Where the rhyme may begin. Two answers only for gi: gi + a, but g + iếng.
struct Onsets {
    std::size_t at[2];
    std::size_t count;
};

Onsets onsets(std::span<const Letter> letters) {
    std::size_t consonants = 0;
    while (consonants < letters.size() && !isVowel(letters[consonants].base)) ++consonants;
    const bool one = consonants == 1 && letters.size() > 1;
    if (one && letters[0].base == U'q' && letters[1].spells(U'u')) return {{2}, 1};
    if (one && letters[0].base == U'g' && letters[1].base == U'i') return {{2, 1}, 2};
    return {{consonants}, 1};
}

struct Match {
    Fit fit = Fit::None;
    std::size_t onset = 0;
    const Rhyme* rhyme = nullptr;
};

/// Searches until something fits well enough.
class Search {
  public:
    Search(std::span<const Letter> letters, Tone tone, Fit enough)
        : letters_(letters), tone_(tone), enough_(enough) {
        const Onsets found = onsets(letters);
        for (std::size_t i = 0; i < found.count && !done(); ++i)
            if (found.at[i] < letters.size()) tryOnset(found.at[i]);
    }

    const Match& best() const { return best_; }

  private:
    bool done() const { return best_.fit >= enough_; }

    void tryOnset(std::size_t onset) {
        for (const Spelling& initial : initials()) {
            const Fit initialFit = fit(letters_.first(onset), initial);
            if (initialFit >= Fit::Shapeless) tryInitial(onset, initial, initialFit);
            if (done()) return;
        }
    }

    void tryInitial(std::size_t onset, const Spelling& initial, Fit initialFit) {
        const auto rest = letters_.subspan(onset);
        for (const Rhyme& rhyme : rhymesFrom(rest[0].base)) {
            const Fit found = std::min(fit(rest, rhyme), initialFit);
            if (found <= best_.fit || !permits(rhyme, tone_) || !joins(initial, rhyme)) continue;
            best_ = {found, onset, &rhyme};
            if (done()) return;
        }
    }

    std::span<const Letter> letters_;
    Tone tone_;
    Fit enough_;
    Match best_;
};

Match bestMatch(std::span<const Letter> letters, Tone tone, Fit enough = Fit::Exact) {
    return Search(letters, tone, enough).best();
}

bool beginsInitial(std::span<const Letter> letters) {
    return std::any_of(initials().begin(), initials().end(),
                       [&](const Spelling& initial) { return fit(letters, initial) != Fit::None; });
}

std::optional<std::size_t> lastVowel(const Letters& letters) {
    for (std::size_t i = letters.size(); i-- > 0;)
        if (isVowel(letters[i].base)) return i;
    return std::nullopt;
}

}  // namespace

bool hasVowel(const Letters& letters) {
    return lastVowel(letters).has_value();
}

bool allUpper(const Letters& letters) {
    return std::all_of(letters.begin(), letters.end(), [](const Letter& letter) { return letter.upper; });
}

bool isBeginning(const Letters& letters, Tone tone) {
    if (tone == Tone::None && beginsInitial(letters)) return true;
    return bestMatch(letters, tone, Fit::Longer).fit != Fit::None;
}

bool isSyllable(const Letters& letters, Tone tone) {
    const Match match = bestMatch(letters, tone);
    return match.fit == Fit::Exact && match.rhyme->takes(tone);
}

std::optional<std::size_t> toneBearer(const Letters& letters, Tone tone, ToneStyle style) {
    const Match match = bestMatch(letters, tone);
    if (match.fit == Fit::None) return lastVowel(letters);
    const std::size_t bearer = style == ToneStyle::Old ? match.rhyme->oldBearer : match.rhyme->newBearer;
    return std::min(match.onset + bearer, letters.size() - 1);
}

}  // namespace tram::typing
