#include "typing/Word.h"

#include <algorithm>

#include "typing/ForeignWords.h"

namespace tram::typing {
namespace {

constexpr std::size_t kNoLetter = static_cast<std::size_t>(-1);

Letter letterOf(const Glyph& glyph) {
    return {glyph.base, glyph.shape, glyph.upper};
}

/// Shows exactly this character, whatever it is.
Letter verbatim(char32_t character) {
    return {character};
}

bool isAsciiUpper(char32_t character) {
    return character >= U'A' && character <= U'Z';
}

bool isUpper(const Letters& letters) {
    return std::all_of(letters.begin(), letters.end(), [](const Letter& letter) { return letter.upper; });
}

}  // namespace

void Word::press(char32_t key, const Options& options) {
    const bool direct = options.method == Method::Off && untouched_.size() == letters_.size();
    untouched_ = direct ? untouched_ + key : std::u32string();
    keys_.push_back({key, letters_.size(), false});
    if (spelledOut_) return letters_.push_back(verbatim(key));
    if (options.method != Method::Off && act(key, options)) return;
    keys_.back() = {key, letters_.size(), false};
    const Glyph glyph = takeApart(key);
    const bool secondTone = glyph.tone != Tone::None && tone_ != Tone::None;
    if (!secondTone && glyph.tone != Tone::None) tone_ = glyph.tone;
    append(secondTone ? verbatim(key) : letterOf(glyph));
}

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
    if (hasVowel(letters_) && !isUpper(letters_)) return false;
    const auto plain = [](const Letter& letter) { return letter.spells(U'd'); };
    return last == 0 || !std::all_of(letters_.begin(), letters_.end(), plain);
}

void Word::append(const Letter& letter) {
    letters_.push_back(letter);
    completeUo();
    if (isBeginning(letters_, tone_)) return;
    // After an undo the writer is at work on this very word: wait for its end.
    if (!undone_ && !tapped_ && hasMarks() && !isAbbreviation()) spellOut();
}

/// With anything behind them ưo and uơ can only be ươ (truwong, thuowng).
void Word::completeUo() {
    for (std::size_t i = 0; i + 2 < letters_.size(); ++i) {
        if (letters_[i].base != U'u' || letters_[i + 1].base != U'o') continue;
        if ((letters_[i].shape == Shape::Horn) == (letters_[i + 1].shape == Shape::Horn)) continue;
        Letters shaped = letters_;
        shaped[i + 1].implied = shaped[i + 1].shape != Shape::Horn;
        shaped[i].shape = shaped[i + 1].shape = Shape::Horn;
        if (isBeginning(shaped, tone_)) letters_ = std::move(shaped);
    }
}

void Word::spellOut() {
    spelledOut_ = true;
    tone_ = Tone::None;
    letters_.clear();
    for (const Key& key : keys_) letters_.push_back(verbatim(key.code));
}

void Word::tapTone(Tone tone) {
    if (spelledOut_) takeUp(typed());
    untouched_.clear();
    if (!hasVowel(letters_)) return;
    tone_ = tone == tone_ ? Tone::None : tone;
    tapped_ = true;
}

void Word::tapLetter(char32_t shaped) {
    const bool repeats = !keys_.empty() && keys_.back().code == shaped && !spelledOut_;
    const Glyph glyph = takeApart(shaped);
    if (!repeats || glyph.base == U'd' || letters_.empty() || letters_.back().shape != glyph.shape)
        return press(shaped, {Method::Off});
    untouched_.clear();
    letters_.back().shape = Shape::None;
    keys_.back().code = putTogether({glyph.base, Shape::None, Tone::None, glyph.upper});
}

void Word::takeUp(std::u32string_view word) {
    *this = Word();
    for (char32_t character : word) press(character, {Method::Off});
}

void Word::removeLast(ToneStyle style) {
    if (letters_.empty()) return;
    if (spelledOut_) {
        const std::u32string rest = typed();
        return takeUp(std::u32string_view(rest).substr(0, rest.size() - 1));
    }
    const std::size_t last = letters_.size() - 1;
    const bool bore = untouched_.empty() ? toneBearer(letters_, tone_, style) == last
                                         : takeApart(untouched_.back()).tone != Tone::None;
    if (bore) tone_ = Tone::None;
    letters_.pop_back();
    std::erase_if(keys_,
                  [&](const Key& key) { return key.letter == last || (bore && key.letter == kNoLetter); });
    untouched_.clear();
    toneUndone_ = false;
}

std::u32string Word::shown(ToneStyle style) const {
    if (!untouched_.empty()) return untouched_;
    std::u32string text;
    const auto bearer = tone_ == Tone::None ? std::nullopt : toneBearer(letters_, tone_, style);
    for (std::size_t i = 0; i < letters_.size(); ++i) {
        const Letter& letter = letters_[i];
        text += putTogether({letter.base, letter.shape, i == bearer ? tone_ : Tone::None, letter.upper});
    }
    return text;
}

std::u32string Word::finished(ToneStyle style) const {
    const std::u32string keys = typed();
    if (keys == U"www" || keys == U"WWW") return keys;  // nobody wants the ww that undoing leaves
    if (!tapped_ && isForeignWord(keys)) return keys;
    if (tapped_ || !hasMarks() || isAbbreviation()) return shown(style);
    const bool wow = letters_.size() == 2 && letters_[0].lone && letters_[1].base == U'o';
    return isSyllable(letters_, tone_) && !wow ? shown(style) : keys;
}

std::u32string Word::typed() const {
    std::u32string text;
    for (const Key& key : keys_) text += key.code;
    return text;
}

bool Word::hasMarks() const {
    return tone_ != Tone::None || std::any_of(letters_.begin(), letters_.end(), [](const Letter& letter) {
               return letter.shape != Shape::None;
           });
}

/// Only đ is marked, and there is no vowel or no small letter: đt, đc, QĐ, UBĐT.
bool Word::isAbbreviation() const {
    if (tone_ != Tone::None) return false;
    const auto plainOrBar = [](const Letter& l) { return l.shape == Shape::None || l.shape == Shape::Bar; };
    if (!std::all_of(letters_.begin(), letters_.end(), plainOrBar)) return false;
    return !hasVowel(letters_) || (isUpper(letters_) && !isBeginning(letters_, tone_));
}

}  // namespace tram::typing
