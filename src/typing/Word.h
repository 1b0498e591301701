#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "typing/Syllable.h"

namespace tram::typing {

/// One word while it is being typed: its letters, its tone, and the keys that made them.
/// A key does its work only while a syllable can still come of the word; after that it is a letter like any
/// other, and as soon as nothing Vietnamese can come of it the word shows its keys (wifi, software).
class Word {
  public:
    static constexpr std::size_t kMostKeys = 32;

    void press(char32_t key, const Options& options);
    void tapTone(Tone tone);  ///< an on-screen key: asked for by name, so never given back as keys
    void tapLetter(char32_t shaped);
    void takeUp(std::u32string_view word);
    void removeLast(ToneStyle style);

    bool empty() const { return letters_.empty(); }
    bool full() const { return keys_.size() >= kMostKeys; }
    std::u32string shown(ToneStyle style) const;
    /// What remains once the word is over: as shown, or the keys if the marks on it make no syllable.
    std::u32string finished(ToneStyle style) const;
    std::u32string typed() const;

  private:
    static constexpr std::size_t kNoLetter = static_cast<std::size_t>(-1);

    struct Key {
        char32_t code;
        std::size_t letter;  ///< the letter it made or shaped; kNoLetter: it changed the tone
        bool shapes;
    };

    bool act(char32_t key, const Options& options);
    bool actTelex(char32_t key);
    bool actVni(char32_t key);
    bool putTone(Tone tone);
    bool clearTone();
    bool circumflex(std::u32string_view bases);
    bool hook(bool horn, bool breve);
    bool bar();
    bool loneHorn();

    bool tryShapes(Letters shaped);
    bool undoShapes(const std::vector<std::size_t>& at);
    std::optional<std::vector<std::size_t>> hookTargets(bool horn, bool breve) const;
    std::optional<std::vector<std::size_t>> bestHook(const std::vector<std::vector<std::size_t>>& sets) const;
    bool opensUo(std::size_t u) const;
    bool canBarLast() const;
    bool toggleBar(std::size_t at);
    void append(const Letter& letter);
    void completeUo();
    void spellOut();

    bool hasMarks() const;
    bool isAbbreviation() const;

    Letters letters_;
    Tone tone_ = Tone::None;
    std::vector<Key> keys_;
    std::u32string untouched_;  ///< a word taken up keeps its own spelling until it is changed
    bool toneUndone_ = false;   ///< tone keys are letters from here on (tesst, passs)
    bool undone_ = false;
    bool tapped_ = false;
    bool spelledOut_ = false;
};

}  // namespace tram::typing
