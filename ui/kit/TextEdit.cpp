#include "ui/kit/TextEdit.h"

#include <algorithm>

#include "base/Secret.h"
#include "base/VietnameseText.h"
#include "ui/kit/Characters.h"

namespace tram::kit {

TextEdit::TextEdit(Options options) : options_(std::move(options)), composer_(options_.typing) {
    // Growing would leave copies of what was typed behind in freed memory.
    text_.reserve(options_.limit * 2 + 16);
}

TextEdit::~TextEdit() {
    base::wipe(text_.data(), text_.capacity() * sizeof(char32_t));
}

std::string TextEdit::text() const {
    return base::toUtf8(text_);
}

std::size_t TextEdit::characters() const {
    return base::characters(text());
}

void TextEdit::set(std::string_view utf8) {
    const auto wanted = base::clean(utf8, options_.multiline);
    // A flow keeps cleaned text; the blank just typed at the end must not vanish by its answer.
    if (wanted == base::clean(text(), options_.multiline)) return;
    const auto cut = base::toUtf32(base::firstCharacters(wanted, options_.limit));
    text_.assign(cut);
    caret_ = text_.size();
    drop();
    changed();
}

void TextEdit::append(std::string_view utf8) {
    end();
    auto more = base::toUtf32(base::clean(utf8, options_.multiline));
    if (!text_.empty() && !isBlank(text_.back())) more.insert(0, isLetter(text_.back()) ? U". " : U" ");
    if (replace(caret_, caret_, more)) changed();
}

void TextEdit::clear() {
    if (text_.empty()) return;
    base::wipe(text_.data(), text_.size() * sizeof(char32_t));
    text_.clear();
    caret_ = 0;
    drop();
    changed();
}

char32_t TextEdit::admitted(char32_t c) const {
    switch (options_.accept) {
        case Accept::Text:
            return isVisible(c) ? c : 0;
        case Accept::Code:
            return asCode(c);
        case Accept::Dossier:
            return c >= ' ' && c < 0x7f ? upper(c) : 0;
        case Accept::Number:
            return (c >= '0' && c <= '9') || c == '+' || c == ' ' ? c : 0;
        case Accept::Email:
            return c > ' ' && c < 0x7f ? c : 0;
    }
    return 0;
}

void TextEdit::type(char32_t character) {
    const char32_t c = admitted(character);
    if (c == 0) return;
    if (!composes() || isCombining(c)) {
        drop();
        if (replace(caret_, caret_, {&c, 1})) changed();
        return;
    }
    takeUpWord();
    apply(composer_.key(c));
}

void TextEdit::shaped(char32_t letter) {
    if (!composes()) return;
    takeUpWord();
    apply(composer_.letter(letter));
}

void TextEdit::tone(typing::Tone tone) {
    if (!composes()) return;
    takeUpWord();
    apply(composer_.tone(tone));
}

void TextEdit::enter() {
    drop();
    if (!options_.multiline) {
        if (onEnter) onEnter();
    } else if (replace(caret_, caret_, U"\n")) {
        changed();
    }
}

void TextEdit::backspace() {
    if (caret_ == 0) return;
    if (composing_)
        if (const auto edit = composer_.backspace(); edit.erase > 0) return apply(edit);
    drop();
    if (replace(boundaryBefore(caret_), caret_, {})) changed();
}

void TextEdit::erase() {
    if (caret_ == text_.size()) return;
    drop();
    if (replace(caret_, boundaryAfter(caret_), {})) changed();
}

void TextEdit::left() {
    moveTo(boundaryBefore(caret_));
}
void TextEdit::right() {
    moveTo(boundaryAfter(caret_));
}
void TextEdit::home() {
    moveTo(0);
}
void TextEdit::end() {
    moveTo(text_.size());
}

void TextEdit::moveTo(std::size_t caret) {
    caret_ = std::min(caret, text_.size());
    while (caret_ < text_.size() && caret_ > 0 && joinsBefore(text_, caret_)) --caret_;
    drop();
}

void TextEdit::leave() {
    if (composing_) apply(composer_.finish());  // marks that make no word are given back as typed
    drop();
}

void TextEdit::setMethod(typing::Method method) {
    if (method == options_.typing.method) return;
    options_.typing.method = method;
    composer_.setOptions(options_.typing);
    drop();
}

void TextEdit::takeUpWord() {
    if (composing_) return;
    std::size_t from = caret_;
    while (from > 0 && isLetter(text_[from - 1])) --from;
    composer_.reset();
    if (from < caret_) composer_.resume(std::u32string_view(text_).substr(from, caret_ - from));
    composing_ = true;
}

void TextEdit::drop() {
    composer_.reset();
    composing_ = false;
}

void TextEdit::apply(const typing::Edit& edit) {
    if (edit.erase == 0 && edit.insert.empty()) return;
    const std::size_t from = caret_ - std::min(edit.erase, caret_);
    if (replace(from, caret_, edit.insert))
        changed();
    else
        drop();  // the composer already counts the key that found no room
}

bool TextEdit::replace(std::size_t from, std::size_t to, std::u32string_view with) {
    std::u32string after(text_, 0, from);
    after.append(with);
    const std::size_t caret = base::toUtf32(base::toNfc(base::toUtf8(after))).size();
    after.append(text_, to);
    const auto utf8 = base::toNfc(base::toUtf8(after));
    full_ = with.size() > to - from && base::characters(utf8) > options_.limit;
    if (full_) return false;
    text_.assign(base::toUtf32(utf8));
    caret_ = std::min(caret, text_.size());
    return true;
}

void TextEdit::changed() {
    if (options_.format) {
        const std::size_t fromEnd = text_.size() - caret_;
        text_.assign(base::toUtf32(options_.format(text())));
        caret_ = text_.size() - std::min(fromEnd, text_.size());
    }
    if (onChange) onChange();
}

std::size_t TextEdit::boundaryBefore(std::size_t at) const {
    if (at == 0) return 0;
    for (--at; at > 0 && joinsBefore(text_, at); --at) {
    }
    return at;
}

std::size_t TextEdit::boundaryAfter(std::size_t at) const {
    if (at >= text_.size()) return text_.size();
    for (++at; at < text_.size() && joinsBefore(text_, at); ++at) {
    }
    return at;
}

}  // namespace tram::kit
