#include "pack/TitleFit.h"

#include <algorithm>

#include "pack/SearchWords.h"
#include "pack/Slips.h"

namespace tram::pack {

namespace {

enum Fit { Begins = 0, InARow = 2, All = 4, Not = 6 };

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

int fitAsTyped(const std::vector<std::string>& title, const std::vector<std::string>& typed) {
    const auto fits = [](const std::string& in, const std::string& word) { return in.starts_with(word); };
    const auto at = std::search(title.begin(), title.end(), typed.begin(), typed.end(), fits);
    if (at != title.end()) {
        const bool whole = at[static_cast<std::ptrdiff_t>(typed.size()) - 1] == typed.back();
        return (at == title.begin() ? Begins : InARow) + (whole ? 0 : 1);
    }
    const bool all = std::ranges::all_of(typed, [&](const std::string& word) {
        return std::ranges::any_of(title, [&](const std::string& in) { return fits(in, word); });
    });
    return (all ? All : Not) + (std::ranges::find(title, typed.back()) == title.end() ? 1 : 0);
}

/// Blanks are letters here, since one may have slipped as well.
int fitMended(const std::vector<std::string>& title, const std::vector<std::string>& typed,
              const std::string& joinedTyped, std::size_t slips) {
    const auto text = joined(title);
    int best = Not;
    for (std::size_t at = 0, word = 0; word < title.size(); at += title[word++].size() + 1)
        if (const auto found = beginningOf(std::string_view(text).substr(at), joinedTyped, slips))
            best = std::min(best, (at == 0 ? Begins : InARow) + (found->whole ? 0 : 1));
    if (best < Not) return best;
    const bool all = std::ranges::all_of(typed, [&](const std::string& word) {
        return std::ranges::any_of(
            title, [&](const std::string& in) { return beginningOf(in, word, 1).has_value(); });
    });
    return (all ? All : Not) + 1;
}

}  // namespace

TitleFit::TitleFit(const std::string& typed)
    : words_(searchWords(typed)), spelled_(spelledWords(typed)), joined_(joined(words_)) {}

int TitleFit::of(const std::string& title, std::size_t slips) const {
    const auto words = searchWords(title);
    return slips == 0 ? fitAsTyped(words, words_) : fitMended(words, words_, joined_, slips);
}

std::size_t TitleFit::accentsMissed(const std::string& title) const {
    const auto spelled = spelledWords(title);
    return static_cast<std::size_t>(std::ranges::count_if(spelled_, [&](const std::string& typed) {
        return std::ranges::none_of(spelled, [&](const std::string& in) { return in.starts_with(typed); });
    }));
}

}  // namespace tram::pack
