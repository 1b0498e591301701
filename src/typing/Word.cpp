#include "typing/Word.h"

#include <algorithm>

#include "typing/ForeignWords.h"

namespace tram::typing {
namespace {

Letter letterOf(const Glyph& glyph) {
    return {glyph.base, glyph.shape, glyph.upper};
}

/// Shows exactly this character, whatever it is.
Letter verbatim(char32_t character) {
    return {character};
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
    return !hasVowel(letters_) || (allUpper(letters_) && !isBeginning(letters_, tone_));
}

}  // namespace tram::typing
