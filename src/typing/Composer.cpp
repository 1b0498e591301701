#include "typing/Composer.h"

#include <unicode/uchar.h>

#include <algorithm>

namespace tram::typing {
namespace {

constexpr std::size_t kLongestToken = 128;

bool isBlank(char32_t character) {
    return u_isUWhiteSpace(static_cast<UChar32>(character));
}
bool isDigit(char32_t character) {
    return character >= U'0' && character <= U'9';
}

Edit difference(const std::u32string& before, const std::u32string& after) {
    const auto ends = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
    return {static_cast<std::size_t>(before.end() - ends.first), std::u32string(ends.second, after.end())};
}

Edit followedBy(Edit edit, char32_t character) {
    edit.insert += character;
    return edit;
}

void applyEdit(const Edit& edit, std::u32string& text) {
    text.resize(text.size() - std::min(edit.erase, text.size()));
    text += edit.insert;
}

std::u32string run(std::u32string_view keys, Composer& composer) {
    std::u32string text;
    for (char32_t key : keys) applyEdit(composer.key(key), text);
    return text;
}

}  // namespace

std::u32string compose(std::u32string_view keys, const Options& options) {
    Composer composer(options);
    return run(keys, composer);
}

std::u32string composeFinished(std::u32string_view keys, const Options& options) {
    Composer composer(options);
    std::u32string text = run(keys, composer);
    applyEdit(composer.finish(), text);
    return text;
}

void Composer::setOptions(Options options) {
    options_ = options;
}

Edit Composer::key(char32_t character) {
    if (isBlank(character)) {
        Edit edit = followedBy(finish(), character);
        reset();
        return edit;
    }
    if (verbatim_ > 0) {
        ++verbatim_;
        return {0, {character}};
    }
    return continuesWord(character) ? extend(character) : separate(character);
}

/// In VNI a digit belongs to the word it stands behind, but not in 12A1, the name of a class.
bool Composer::continuesWord(char32_t character) const {
    if (isLetter(character)) return true;
    if (options_.method != Method::Vni || !isDigit(character) || word_.empty()) return false;
    return shown_.size() > 1 || tokenShown_.empty() || !isDigit(tokenShown_.back());
}

Edit Composer::extend(char32_t character) {
    if (word_.full()) {
        Edit edit = followedBy(finish(), character);
        verbatim_ = 1;
        return edit;
    }
    word_.press(character, options_);
    return show();
}

Edit Composer::separate(char32_t character) {
    if (startsAddress(character)) {
        Edit edit = followedBy(giveTokenBack(), character);
        verbatim_ = 1;
        return edit;
    }
    Edit edit = followedBy(finish(), character);
    rememberToken({character}, {character});
    return edit;
}

/// minh1@… and http://…: addresses have no Vietnamese letters, neither before this character nor behind it.
bool Composer::startsAddress(char32_t character) const {
    if (character == U'@') return !word_.empty() || !tokenShown_.empty();
    return character == U'/' && word_.empty() && tokenTyped_.ends_with(U":/");
}

Edit Composer::giveTokenBack() {
    const Edit edit = difference(tokenShown_ + shown_, tokenTyped_ + word_.typed());
    reset();
    return edit;
}

Edit Composer::finish() {
    const std::u32string finished = word_.finished(options_.toneStyle);
    const Edit edit = difference(shown_, finished);
    rememberToken(word_.typed(), finished);
    word_ = Word();
    shown_.clear();
    return edit;
}

void Composer::rememberToken(const std::u32string& typed, const std::u32string& shown) {
    tokenTyped_ += typed;
    tokenShown_ += shown;
    if (std::max(tokenTyped_.size(), tokenShown_.size()) <= kLongestToken) return;
    tokenTyped_.clear();
    tokenShown_.clear();
}

Edit Composer::show() {
    std::u32string now = word_.shown(options_.toneStyle);
    Edit edit = difference(shown_, now);
    shown_ = std::move(now);
    return edit;
}

Edit Composer::backspace() {
    if (verbatim_ > 0) {
        --verbatim_;
        return {1, {}};
    }
    if (word_.empty()) {
        reset();
        return {1, {}};
    }
    word_.removeLast(options_.toneStyle);
    return show();
}

Edit Composer::tone(Tone tone) {
    if (word_.empty()) return {};
    word_.tapTone(tone);
    return show();
}

Edit Composer::letter(char32_t shaped) {
    if (verbatim_ > 0 || word_.full() || !isLetter(shaped)) return key(shaped);
    word_.tapLetter(shaped);
    return show();
}

void Composer::reset() {
    word_ = Word();
    shown_.clear();
    tokenTyped_.clear();
    tokenShown_.clear();
    verbatim_ = 0;
}

void Composer::resume(std::u32string_view word) {
    reset();
    auto start = word.size();
    while (start > 0 && isLetter(word[start - 1])) --start;
    word.remove_prefix(start);
    if (word.size() > Word::kMostKeys) {
        verbatim_ = word.size();
        return;
    }
    word_.takeUp(word);
    shown_ = word;
}

}  // namespace tram::typing
