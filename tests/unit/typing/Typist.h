#pragma once
#include <algorithm>
#include <stdexcept>
#include <string>

#include "base/VietnameseText.h"
#include "typing/Composer.h"

namespace tram::typing::test {

inline constexpr Options kTelex{Method::Telex, ToneStyle::Old};
inline constexpr Options kTelexNew{Method::Telex, ToneStyle::New};
inline constexpr Options kVni{Method::Vni, ToneStyle::Old};
inline constexpr Options kOff{Method::Off, ToneStyle::Old};

inline std::string whileTyping(std::string_view keys, const Options& options = kTelex) {
    return base::toUtf8(compose(base::toUtf32(keys), options));
}

inline std::string whenOver(std::string_view keys, const Options& options = kTelex) {
    return base::toUtf8(composeFinished(base::toUtf32(keys), options));
}

/// A text field with the caret at its end; it refuses Edits that are not minimal.
class Typist {
  public:
    explicit Typist(const Options& options = kTelex) : composer(options) {}

    Typist& press(char32_t key) { return apply(composer.key(key)); }
    Typist& type(std::u32string_view keys) {
        for (char32_t key : keys) press(key);
        return *this;
    }
    Typist& type(std::string_view keys) { return type(base::toUtf32(keys)); }
    Typist& erase(int times = 1) {
        while (times-- > 0) apply(composer.backspace());
        return *this;
    }
    Typist& tone(Tone tone) { return apply(composer.tone(tone)); }
    Typist& letter(char32_t shaped) { return apply(composer.letter(shaped)); }
    Typist& finish() { return apply(composer.finish()); }

    Typist& apply(const Edit& edit) {
        const std::size_t erased = std::min(edit.erase, text.size());
        if (erased < edit.erase && !text.empty()) throw std::logic_error("erases more than there is");
        if (erased > 0 && !edit.insert.empty() && text[text.size() - erased] == edit.insert[0])
            throw std::logic_error("erases what it puts back");
        text.resize(text.size() - erased);
        text += edit.insert;
        last = edit;
        return *this;
    }

    std::string shown() const { return base::toUtf8(text); }

    Composer composer;
    std::u32string text;
    Edit last;
};

}  // namespace tram::typing::test
