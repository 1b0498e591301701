#include "pack/PackSearch.h"

#include <algorithm>

#include "pack/PackFile.h"
#include "pack/PackRows.h"
#include "pack/PackSchema.h"
#include "pack/RankSet.h"
#include "pack/SearchWords.h"
#include "pack/TitleFit.h"
#include "pack/WordChoices.h"
#include "pack/WordSets.h"

namespace tram::pack {

namespace {

/// Nobody types more to find a thing; what is longer comes from a cat or an attacker.
constexpr std::size_t kMostBytes = 400, kMostWords = 12, kLongestWord = 40;
/// So few, and the person has probably slipped.
constexpr std::size_t kFew = 3;
/// Where several words are to be mended at once, each may be so many others.
constexpr std::size_t kMostWays = 8, kMostSlips = 3;

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
    Search(const PackFile& pack, const Query& query, const RankSet* among)
        : pack_(pack),
          query_(query),
          fit_(query.typed.substr(0, kMostBytes)),
          words_(pack.database(), pack.size()),
          entries_(pack.database()),
          taken_(pack.size()),
          start_(RankSet::all(pack.size())) {
        if (!query.kind.empty()) start_ = words_.of(kindWord(query.kind));
        if (among) start_ &= *among;
    }

    std::vector<Found> run() {
        const auto typed = wordsOf(query_);
        if (typed.empty() || !isKind(query_.kind)) return {};
        asked_ = asTyped(typed);
        for (const auto& one : asked_) sets_.push_back(words_.of(one));
        take(restOf(0, 0), 0);
        if (found_.size() < kFew && !named()) take(withOneSlip(Forgive::Longer), 1);
        if (found_.empty()) take(withOneSlip(Forgive::All), 1);
        if (found_.empty()) take(withSlips(), kMostSlips);
        return inOrder();
    }

  private:
    /// Somebody who wrote the beginning of a title has not slipped.
    bool named() const {
        return std::ranges::any_of(
            found_, [&](const Candidate& one) { return fit_.of(one.found.entry.title, 0) == 0; });
    }
    /// What has all words as they were typed but for `count` from `at` on.
    RankSet restOf(std::size_t at, std::size_t count) const {
        auto rest = start_;
        for (std::size_t word = 0; word < sets_.size(); ++word)
            if (word < at || word >= at + count) rest &= sets_[word];
        return rest;
    }
    /// All words are as typed but one, or two that a blank parts in the wrong place. A slip is looked for
    /// only where all the others lead to something.
    RankSet withOneSlip(Forgive forgive) {
        RankSet fitting(pack_.size());
        const auto add = [&](RankSet rest, const AnyOf& ways) {
            if (!ways.empty()) fitting |= rest &= words_.ofAny(ways);
        };
        for (std::size_t at = 0; at < asked_.size(); ++at)
            if (auto rest = restOf(at, 1); !rest.empty())
                add(std::move(rest), mended(pack_.vocabulary(), asked_[at], forgive));
        for (std::size_t at = 0; at + 1 < asked_.size(); ++at)
            if (auto rest = restOf(at, 2); !rest.empty())
                add(std::move(rest), mendedTogether(pack_.vocabulary(), asked_[at], asked_[at + 1]));
        return fitting;
    }
    /// One in each word, if need be.
    RankSet withSlips() {
        auto fitting = start_;
        for (std::size_t at = 0; at < asked_.size() && !fitting.empty(); ++at) {
            auto ways = mended(pack_.vocabulary(), asked_[at], Forgive::Longer);
            ways.resize(std::min(ways.size(), kMostWays));
            fitting &= words_.ofAny(ways) |= sets_[at];
        }
        return fitting;
    }
    /// Enough of what fits, the nearest before the most popular.
    void take(const RankSet& fitting, std::size_t slips) {
        if (fitting.empty()) return;
        if (query_.from)
            for (const auto& grid : {kFine, kCoarse})
                if (found_.size() < query_.limit) {
                    auto near = words_.ofAny(squaresAround(grid, *query_.from));
                    takeFirst(near &= fitting, slips);
                }
        if (found_.size() < query_.limit) takeFirst(fitting, slips);
    }
    void takeFirst(const RankSet& fitting, std::size_t slips) {
        for (const auto rank : fitting.first(kCandidates)) {
            if (taken_.has(rank)) continue;
            taken_.add(rank);
            auto entry = entries_.at(rank);
            std::optional<double> metres;
            if (query_.from && entry.place) metres = metresBetween(*query_.from, *entry.place);
            found_.push_back({rank, slips, {std::move(entry), metres, slips > 0}});
        }
    }

    struct Candidate {
        std::size_t rank, slips;
        Found found;
    };
    std::vector<Found> inOrder() {
        struct Key {
            std::size_t slips;
            int fit;
            std::size_t accents;
            double metres;
            std::size_t rank;
            auto operator<=>(const Key&) const = default;
        };
        std::vector<std::pair<Key, Found>> keyed;
        for (auto& [rank, slips, found] : found_) {
            const auto& title = found.entry.title;
            keyed.emplace_back(Key{slips, fit_.of(title, slips), fit_.accentsMissed(title),
                                   query_.from ? found.metres.value_or(1e9) : 0, rank},
                               std::move(found));
        }
        std::ranges::sort(keyed, {}, [](const auto& pair) -> const Key& { return pair.first; });
        std::vector<Found> best;
        for (std::size_t at = 0; at < std::min(query_.limit, keyed.size()); ++at)
            best.push_back(std::move(keyed[at].second));
        return best;
    }

    const PackFile& pack_;
    const Query& query_;
    const TitleFit fit_;
    WordSets words_;
    Entries entries_;
    RankSet taken_, start_;
    std::vector<Asked> asked_;
    std::vector<RankSet> sets_;  // of each word as it was typed
    std::vector<Candidate> found_;
};

}  // namespace

std::vector<Found> search(const PackFile& pack, const Query& query, const RankSet* among) {
    return Search(pack, query, among).run();
}

}  // namespace tram::pack
