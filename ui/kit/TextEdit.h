#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "typing/Composer.h"

namespace tram::kit {

enum class Accept {
    Text,
    Code /* Crockford's symbols and dashes, upper case */,
    Dossier /* printed ASCII and blanks, upper case: codes of other houses */,
    Number /* digits, + and blanks */,
    Email
};

/// The text of a field while it is edited. No wx. Text is NFC; its memory is wiped when dropped.
/// There is no paste; characters nobody can see (controls, bidirectional overrides) are refused.
class TextEdit {
  public:
    struct Options {
        std::size_t limit = 200;  ///< characters as a person counts them
        bool multiline = false;
        Accept accept = Accept::Text;
        typing::Options typing = {};
        /// Applied after each edit, e.g. TrackingCode::group; the caret then keeps its place from the end.
        std::function<std::string(std::string_view)> format = nullptr;
    };
    explicit TextEdit(Options options);
    ~TextEdit();
    TextEdit(const TextEdit&) = delete;
    TextEdit& operator=(const TextEdit&) = delete;

    std::string text() const;
    const std::u32string& content() const { return text_; }
    bool empty() const { return text_.empty(); }
    std::size_t characters() const;
    std::size_t limit() const { return options_.limit; }
    bool multiline() const { return options_.multiline; }
    Accept accept() const { return options_.accept; }
    std::size_t caret() const { return caret_; }  ///< 0 … content().size(), never inside a grapheme

    /// From the flow or a ready sentence; the same text changes nothing, another one puts the caret at its
    /// end.
    void set(std::string_view utf8);
    void append(std::string_view utf8);  ///< a ready sentence after what is there, a blank between
    void clear();

    // keys, physical or on the screen
    void type(char32_t character);
    void shaped(char32_t letter);  ///< ă â đ ê ô ơ ư
    void tone(typing::Tone tone);
    void enter();  ///< a new line where there are several
    void backspace();
    void erase();  ///< Delete
    void left();
    void right();
    void home();
    void end();
    void moveTo(std::size_t caret);
    void leave();  ///< the field loses focus: the word is finished

    void setMethod(typing::Method method);
    typing::Method method() const { return options_.typing.method; }
    bool full() const { return full_; }  ///< the last key was refused for the limit

    std::function<void()> onChange;  ///< after every change of the text, not of the caret
    std::function<void()> onEnter;   ///< Enter in a single line

  private:
    void apply(const typing::Edit& edit);
    bool replace(std::size_t from, std::size_t to, std::u32string_view with);
    void takeUpWord();
    void drop();
    void changed();
    char32_t admitted(char32_t character) const;
    std::size_t boundaryBefore(std::size_t at) const;
    std::size_t boundaryAfter(std::size_t at) const;
    bool composes() const { return options_.accept == Accept::Text; }

    Options options_;
    typing::Composer composer_;
    std::u32string text_;
    std::size_t caret_ = 0;
    bool full_ = false;
    bool composing_ = false;  ///< the composer holds the word before the caret
};

}  // namespace tram::kit
