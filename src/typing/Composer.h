#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "typing/Options.h"
#include "typing/Word.h"

namespace tram::typing {

/// Keystrokes of one word to the word shown while it is being typed, as people who use UniKey expect. Pure.
std::u32string compose(std::u32string_view keys, const Options& options);
/// The same once the word is over: keys that made no syllable come back as typed (`tooi` stays tôi, `wow`
/// wow).
std::u32string composeFinished(std::u32string_view keys, const Options& options);

/// What a text field does after a key: take `erase` characters away before the caret, put `insert` there.
/// Characters are code points of NFC text.
struct Edit {
    std::size_t erase = 0;
    std::u32string insert;
};

/// Holds the keys of the word being typed. A text field feeds it every key, and calls reset() whenever the
/// caret moves otherwise, the text is set from outside, or the field is left.
class Composer {
  public:
    explicit Composer(Options options) : options_(options) {}
    void setOptions(Options options);

    Edit key(char32_t character);  ///< letters, digits, blanks, punctuation; a non-letter ends the word
    /// Takes the last letter off, with its marks; the rest keeps its own. With no word at hand it asks for
    /// one character to be erased: a field at its beginning ignores that.
    Edit backspace();
    Edit tone(Tone tone);  ///< the on-screen tone keys; Tone::None clears, repeating takes it off again
    Edit letter(
        char32_t shaped);  ///< the on-screen ă â đ ê ô ơ ư (and capitals); repeating takes the mark off
    Edit finish();         ///< the text ends here (field left, form sent) without another character
    void reset();
    /// Takes up a word that stands before the caret, so that a tone can still be put on it.
    void resume(std::u32string_view word);

  private:
    bool continuesWord(char32_t character) const;
    bool startsAddress(char32_t character) const;
    Edit extend(char32_t character);
    Edit separate(char32_t character);
    Edit giveTokenBack();
    Edit show();
    void rememberToken(const std::u32string& typed, const std::u32string& shown);

    Options options_;
    Word word_;
    std::u32string shown_;                    ///< what stands in the field for it
    std::u32string tokenTyped_, tokenShown_;  ///< what stands between the last blank and the word
    std::size_t verbatim_ = 0;  ///< characters behind an @, a ://, or an endless word: as they come
};

}  // namespace tram::typing
