#include "pack/Vocabulary.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <set>
#include <span>

#include "pack/PackSchema.h"

namespace tram::pack {

namespace {

using Near = Vocabulary::Near;
using Words = std::span<const Near>;  // that have their first letters in common

/// Of less it is not told which word it is to become.
constexpr std::size_t kShortestWithFirstLetter = 5, kShortestWithLastLetter = 4;

bool hasDigit(std::string_view word) {
    return std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

/// Those that go on with `rest` after their first `depth` letters.
Words goingOn(Words words, std::size_t depth, std::string_view rest) {
    const auto part = [&](const Near& near) {
        return std::string_view(near.word).substr(std::min(depth, near.word.size()), rest.size());
    };
    const auto range = std::ranges::equal_range(words, rest, {}, part);
    return {range.begin(), range.end()};
}

/// From what was typed to what may have been meant: the same letters up to one place, a slip there, the same
/// letters from there on.
class Walk {
  public:
    Walk(Words all, std::string_view typed, bool unfinished)
        : typed_(typed), unfinished_(unfinished), words_(all) {}

    /// With what was typed before `first` and from `last` on as it is.
    std::vector<Near> anySlip(std::size_t first, std::size_t last) {
        const auto end = unfinished_ ? typed_.size() : typed_.size() + 1;
        for (std::size_t at = 0; at < end && !words_.empty(); advance(at++)) {
            if (at < first) continue;
            if (at < last) take(words_, at, typed_.substr(at + 1));
            exchange(at);
            for (auto rest = words_; !rest.empty();) rest = takeBranch(rest, at, at < last);
        }
        return found();
    }
    std::vector<Near> exchanges() {
        for (std::size_t at = 0; at < typed_.size() && !words_.empty(); advance(at++)) exchange(at);
        return found();
    }

  private:
    void advance(std::size_t at) { words_ = goingOn(words_, at, typed_.substr(at, 1)); }
    void exchange(std::size_t at) {
        if (at + 1 >= typed_.size()) return;
        const std::string exchanged{typed_[at + 1], typed_[at]};
        take(words_, at, exchanged + std::string(typed_.substr(at + 2)));
    }
    /// The words with the next letter at this place: it was left out, or another typed for it. Returns what
    /// comes after them.
    Words takeBranch(Words words, std::size_t at, bool orAnother) {
        const auto& first = words.front().word;
        if (first.size() == at) return words.subspan(1);
        const auto branch = goingOn(words, at, std::string_view(first).substr(at, 1));
        take(branch, at + 1, typed_.substr(at));
        if (orAnother) take(branch, at + 1, typed_.substr(at + 1));
        return words.subspan(branch.size());
    }
    void take(Words words, std::size_t depth, std::string_view rest) {
        for (const auto& near : goingOn(words, depth, rest)) {
            if (!unfinished_ && near.word.size() > depth + rest.size()) return;  // the whole one stands first
            const bool asTyped = unfinished_ ? near.word.starts_with(typed_) : near.word == typed_;
            if (!asTyped) taken_.insert(&near);
        }
    }
    /// The commonest first.
    std::vector<Near> found() const {
        std::vector<Near> all;
        for (const auto* near : taken_) all.push_back(*near);
        std::ranges::stable_sort(all, std::ranges::greater(), &Near::entries);
        return all;
    }

    std::string_view typed_;
    bool unfinished_;
    Words words_;  // that begin as what was typed does, up to where the walk is
    std::set<const Near*> taken_;
};

}  // namespace

Vocabulary::Vocabulary(SQLite::Database& db) {
    SQLite::Statement rows(db, "SELECT word, entries FROM words WHERE word >= 'a' ORDER BY word");
    while (rows.executeStep()) {
        auto word = rows.getColumn(0).getString();
        if (!isMark(word) && !hasDigit(word))
            words_.push_back({std::move(word), rows.getColumn(1).getInt64()});
    }
    std::ranges::sort(words_, {}, &Near::word);  // they are, unless the disk has spoilt the index
}

bool Vocabulary::has(std::string_view word) const {
    const auto at = std::ranges::lower_bound(words_, word, {}, &Near::word);
    return at != words_.end() && at->word == word;
}

bool Vocabulary::hasBeginning(std::string_view letters) const {
    const auto at = std::ranges::lower_bound(words_, letters, {}, &Near::word);
    return at != words_.end() && at->word.starts_with(letters);
}

std::vector<Near> Vocabulary::near(std::string_view word) const {
    return Walk(words_, word, false).anySlip(0, word.size());
}

std::vector<Near> Vocabulary::nearBeginning(std::string_view letters) const {
    if (letters.size() < 2) return {};
    const bool ofFirst = letters.size() >= kShortestWithFirstLetter;
    const bool ofLast = letters.size() >= kShortestWithLastLetter;
    return Walk(words_, letters, true).anySlip(ofFirst ? 0 : 1, letters.size() - (ofLast ? 0 : 1));
}

std::vector<Near> Vocabulary::exchanged(std::string_view word) const {
    return Walk(words_, word, false).exchanges();
}

}  // namespace tram::pack
