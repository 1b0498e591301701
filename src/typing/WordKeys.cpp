// What each key does to the word; false leaves the key to be a letter of its own.

#include <algorithm>

#include "typing/Word.h"

namespace tram::typing {
namespace {

bool isAsciiUpper(char32_t character) {
    return character >= U'A' && character <= U'Z';
}

}  // namespace

bool Word::act(char32_t key, const Options& options) {
    if (options.method == Method::Vni) return actVni(key);
    return actTelex(isAsciiUpper(key) ? key + 32 : key);
}

bool Word::actTelex(char32_t key) {
    switch (key) {
        case U's':
            return putTone(Tone::Sac);
        case U'f':
            return putTone(Tone::Huyen);
        case U'r':
            return putTone(Tone::Hoi);
        case U'x':
            return putTone(Tone::Nga);
        case U'j':
            return putTone(Tone::Nang);
        case U'z':
            return clearTone();
        case U'a':
        case U'e':
        case U'o':
            return circumflex({&key, 1});
        case U'w':
            return hook(true, true) || loneHorn();
        case U'd':
            return bar();
        default:
            return false;
    }
}

bool Word::actVni(char32_t key) {
    switch (key) {
        case U'1':
            return putTone(Tone::Sac);
        case U'2':
            return putTone(Tone::Huyen);
        case U'3':
            return putTone(Tone::Hoi);
        case U'4':
            return putTone(Tone::Nga);
        case U'5':
            return putTone(Tone::Nang);
        case U'0':
            return clearTone();
        case U'6':
            return circumflex(U"aeo");
        case U'7':
            return hook(true, false);
        case U'8':
            return hook(false, true);
        case U'9':
            return bar();
        default:
            return false;
    }
}

bool Word::putTone(Tone tone) {
    if (toneUndone_ || !hasVowel(letters_)) return false;
    if (tone == tone_ && isBeginning(letters_, tone)) {
        tone_ = Tone::None;
        toneUndone_ = undone_ = true;
        for (Key& key : keys_)
            if (key.letter == kNoLetter) key.letter = letters_.size();
        return false;
    }
    // qu and gi alone pass as beginnings, but a tone asks for a vowel of their own to stand on.
    if (!isBeginning(letters_, tone)) return false;
    tone_ = tone;
    keys_.back().letter = kNoLetter;
    return true;
}

bool Word::clearTone() {
    if (tone_ == Tone::None) return false;
    tone_ = Tone::None;
    keys_.back().letter = kNoLetter;
    return true;
}

bool Word::circumflex(std::u32string_view bases) {
    for (std::size_t i = 0; i < letters_.size(); ++i) {
        if (bases.find(letters_[i].base) == bases.npos) continue;
        if (letters_[i].shape == Shape::Circumflex) return undoShapes({i});
        Letters shaped = letters_;
        shaped[i].shape = Shape::Circumflex;
        if (i > 0 && shaped[i].base == U'o' && shaped[i - 1].base == U'u')
            shaped[i - 1].shape = Shape::None;  // ươ → uô
        if (tryShapes(std::move(shaped))) return true;
    }
    return false;
}

bool Word::tryShapes(Letters shaped) {
    if (!isBeginning(shaped, tone_)) return false;
    for (std::size_t i = 0; i < shaped.size(); ++i)
        if (shaped[i].shape != letters_[i].shape) keys_.back() = {keys_.back().code, i, true};
    letters_ = std::move(shaped);
    return true;
}

/// Takes the shapes off again and leaves the key to be a letter; a lone w only turns back into itself.
bool Word::undoShapes(const std::vector<std::size_t>& at) {
    undone_ = true;
    bool swallowed = true;
    for (std::size_t i : at) {
        Letter& letter = letters_[i];
        swallowed = swallowed && letter.lone;
        if (letter.lone) letter.base = U'w';
        letter.shape = Shape::None;
        letter.lone = letter.implied = false;
        for (Key& key : keys_)
            if (key.shapes && key.letter == i) key = {key.code, letters_.size(), false};
    }
    if (swallowed) keys_.back() = {keys_.back().code, at.back(), false};
    return swallowed;
}

bool Word::hook(bool horn, bool breve) {
    const auto targets = hookTargets(horn, breve);
    if (!targets) return false;
    Letters shaped = letters_;
    bool changes = false;
    bool confirms = false;
    for (std::size_t i : *targets) {
        const Shape wanted = shaped[i].base == U'a' ? Shape::Breve : Shape::Horn;
        changes = changes || shaped[i].shape != wanted;
        confirms = confirms || shaped[i].implied;
        shaped[i].shape = wanted;
        shaped[i].implied = false;
    }
    if (!changes && !confirms) return undoShapes(*targets);
    if (changes) return tryShapes(std::move(shaped));
    letters_ = std::move(shaped);
    keys_.back() = {keys_.back().code, targets->back(), true};
    return true;
}

std::optional<std::vector<std::size_t>> Word::hookTargets(bool horn, bool breve) const {
    std::vector<std::vector<std::size_t>> sets;
    const auto each = [&](char32_t base) {
        for (std::size_t i = 0; i < letters_.size(); ++i)
            if (letters_[i].base == base) sets.push_back({i});
    };
    if (horn) {
        for (std::size_t i = 0; i + 1 < letters_.size(); ++i) {
            if (letters_[i].base != U'u' || letters_[i + 1].base != U'o') continue;
            if (opensUo(i)) return std::vector<std::size_t>{i + 1};
            sets.push_back({i, i + 1});
        }
        each(U'u');
        each(U'o');
    }
    if (breve) each(U'a');
    return bestHook(sets);
}

std::optional<std::vector<std::size_t>> Word::bestHook(
    const std::vector<std::vector<std::size_t>>& sets) const {
    for (const auto& set : sets) {
        Letters shaped = letters_;
        for (std::size_t i : set) shaped[i].shape = shaped[i].base == U'a' ? Shape::Breve : Shape::Horn;
        if (isBeginning(shaped, tone_)) return set;
    }
    return std::nullopt;
}

/// thuở, huơ: uơ is a rhyme of its own there. With a coda it becomes ươ by itself (append).
bool Word::opensUo(std::size_t u) const {
    if (u == 0 || u + 2 != letters_.size() || letters_[u].shape != Shape::None) return false;
    Letters shaped = letters_;
    shaped[u + 1].shape = Shape::Horn;
    return isSyllable(shaped, tone_);
}

bool Word::loneHorn() {
    Letters longer = letters_;
    longer.push_back({U'u', Shape::Horn, isAsciiUpper(keys_.back().code), true});
    if (!isBeginning(longer, tone_)) return false;
    letters_ = std::move(longer);
    return true;
}

bool Word::bar() {
    if (letters_.empty()) return false;
    if (canBarLast()) return toggleBar(letters_.size() - 1);
    const bool initial = letters_[0].base == U'd' && hasVowel(letters_) && isBeginning(letters_, tone_);
    return initial && toggleBar(0);
}

bool Word::toggleBar(std::size_t at) {
    if (letters_[at].shape == Shape::Bar) return undoShapes({at});
    letters_[at].shape = Shape::Bar;
    keys_.back() = {keys_.back().code, at, true};
    return true;
}

/// Right after a consonant or at the start, in any word: đt, HĐND, ĐTDĐ (the second d undone, the next one
/// barred again), as UniKey lets people write them. A row of nothing but d's stays one.
bool Word::canBarLast() const {
    const std::size_t last = letters_.size() - 1;
    if (letters_[last].base != U'd' || (last > 0 && isVowel(letters_[last - 1].base))) return false;
    if (hasVowel(letters_) && !allUpper(letters_)) return false;
    const auto plain = [](const Letter& letter) { return letter.spells(U'd'); };
    return last == 0 || !std::all_of(letters_.begin(), letters_.end(), plain);
}

}  // namespace tram::typing
