#include "pack/PackSearch.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <tuple>

#include "pack/PackFile.h"
#include "pack/PackRows.h"
#include "pack/PackSchema.h"
#include "pack/RankSet.h"
#include "pack/SearchWords.h"
#include "pack/WordChoices.h"
#include "pack/WordSets.h"

namespace tram::pack {

namespace {

/// Nobody types more to find a thing; what is longer comes from a cat or an attacker.
constexpr std::size_t kMostBytes = 400, kMostWords = 12, kLongestWord = 40;
/// So few, and the person has probably slipped.
constexpr std::size_t kFew = 3;

std::vector<std::string> wordsOf(const Query& query) {
    auto words = queryWords(std::string_view(query.typed).substr(0, kMostBytes));
    words.resize(std::min(words.size(), kMostWords));
    for (auto& word : words) word.resize(std::min(word.size(), kLongestWord));
    return words;
}

bool isKind(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return (c >= 'a' && c <= 'z') || c == '-' || (c >= '0' && c <= '9'); });
}

class Search {
  public:
    Search(const PackFile& pack, const Query& query)
        : db_(pack.database()), query_(query), words_(db_, pack.size()), entries_(db_), taken_(pack.size()) {}

    std::vector<Found> run() {
        const auto typed = wordsOf(query_);
        if (typed.empty() || !isKind(query_.kind)) return {};
        ask(choicesAsTyped(typed), false);
        if (found_.size() < kFew) ask(choicesForgiving(db_, typed), true);
        return inOrder();
    }

  private:
    void ask(const std::vector<WordChoice>& choices, bool forgiven) {
        auto fitting = words_.any(choices.front());
        for (std::size_t at = 1; at < choices.size(); ++at) fitting &= words_.any(choices[at]);
        if (!query_.kind.empty()) fitting &= words_.of(kindWord(query_.kind));
        if (query_.from)
            for (const auto& grid : {kFine, kCoarse})
                if (found_.size() < query_.limit) {
                    auto near = words_.ofAny(squaresAround(grid, *query_.from));
                    take(near &= fitting, forgiven);
                }
        if (found_.size() < query_.limit) take(fitting, forgiven);
    }
    void take(const RankSet& fitting, bool forgiven) {
        for (const auto rank : fitting.first(kCandidates)) {
            if (taken_.has(rank)) continue;
            taken_.add(rank);
            auto entry = entries_.at(rank);
            std::optional<double> metres;
            if (query_.from && entry.place) metres = metresBetween(*query_.from, *entry.place);
            found_.push_back({rank, {std::move(entry), metres, forgiven}});
        }
    }

    /// How well the title fits: begins with the words, has them in a row, has them all, or not even that; and
    /// of each sort the one first in which the last word is whole.
    int fit(const std::vector<std::string>& title) const {
        enum { Begins = 0, InARow = 2, All = 4, Not = 6 };
        const auto typed = searchWords(query_.typed);
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
    std::size_t accentsMissed(const std::string& title) const {
        const auto spelled = spelledWords(title);
        return static_cast<std::size_t>(
            std::ranges::count_if(spelledWords(query_.typed), [&](const std::string& typed) {
                return std::ranges::none_of(spelled,
                                            [&](const std::string& in) { return in.starts_with(typed); });
            }));
    }
    std::vector<Found> inOrder() {
        struct Key {
            bool forgiven;
            int fit;
            std::size_t accents;
            double metres;
            std::size_t rank;
            auto operator<=>(const Key&) const = default;
        };
        std::vector<std::pair<Key, Found>> keyed;
        for (auto& [rank, found] : found_) {
            const auto title = searchWords(found.entry.title);
            keyed.emplace_back(Key{found.forgiven, fit(title), accentsMissed(found.entry.title),
                                   query_.from ? found.metres.value_or(1e9) : 0, rank},
                               std::move(found));
        }
        std::ranges::sort(keyed, {}, [](const auto& pair) -> const Key& { return pair.first; });
        std::vector<Found> best;
        for (std::size_t at = 0; at < std::min(query_.limit, keyed.size()); ++at)
            best.push_back(std::move(keyed[at].second));
        return best;
    }

    struct Candidate {
        std::size_t rank;
        Found found;
    };
    SQLite::Database& db_;
    const Query& query_;
    WordSets words_;
    Entries entries_;
    RankSet taken_;
    std::vector<Candidate> found_;
};

}  // namespace

std::vector<Found> search(const PackFile& pack, const Query& query) {
    return Search(pack, query).run();
}

}  // namespace tram::pack
