#pragma once
#include <string>
#include <string_view>

namespace tram::typing {

enum class Method { Telex, Vni, Off };
enum class ToneStyle { Old /* hòa */, New /* hoà */ };
enum class Tone { None, Sac, Huyen, Hoi, Nga, Nang };

struct Options {
    Method method = Method::Telex;
    ToneStyle toneStyle = ToneStyle::Old;
};

/// Keystrokes of one word to the word shown, as people who use UniKey expect. Pure.
std::u32string compose(std::u32string_view keys, const Options& options);

/// What a text field does after a key: take `erase` characters away before the caret, put `insert` there.
struct Edit {
    std::size_t erase = 0;
    std::u32string insert;
};

/// Holds the keys of the word being typed. A text field feeds it every key, and calls reset() whenever the caret
/// moves otherwise, the text is set from outside, or the field is left.
class Composer {
  public:
    explicit Composer(Options options) : options_(options) {}
    void setOptions(Options options);

    Edit key(char32_t character);   ///< letters, digits, blanks, punctuation; a non-letter ends the word
    Edit backspace();               ///< takes the last letter off, with its marks; the rest keeps its own
    Edit tone(Tone tone);           ///< the on-screen tone keys; Tone::None clears
    Edit letter(char32_t shaped);   ///< the on-screen ă â đ ê ô ơ ư (and capitals)
    void reset();
    /// Takes up a word that stands before the caret, so that a tone can still be put on it.
    void resume(std::u32string_view word);

  private:
    Options options_;
    std::u32string keys_;   ///< as typed
    std::u32string shown_;  ///< what stands in the field for them
};

}  // namespace tram::typing
