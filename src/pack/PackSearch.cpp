#include "pack/PackSearch.h"

#include <algorithm>
#include <compare>
#include <exception>
#include <memory>

#include "pack/PackFile.h"
#include "pack/PackLook.h"
#include "pack/SearchWords.h"
#include "pack/TitleFit.h"

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
    explicit Search(const Query& query) : query_(query), fit_(query.typed.substr(0, kMostBytes)) {}

    std::vector<Found> run(std::span<const Searched> packs) {
        asked_ = pack::asTyped(wordsOf(query_));
        if (asked_.empty() || !isKind(query_.kind)) return {};
        looks_.resize(packs.size());
        each([&](std::size_t at) { looks_[at] = std::make_unique<PackLook>(packs[at], query_, asked_); });
        eachLook([](PackLook& look) { look.asTyped(); });
        if (found() < kFew && !named()) eachLook([](PackLook& look) { look.withOneSlip(Forgive::Longer); });
        if (found() == 0) eachLook([](PackLook& look) { look.withOneSlip(Forgive::All); });
        if (found() == 0) eachLook([](PackLook& look) { look.withSlips(); });
        return inOrder();
    }

  private:
    using Look = std::unique_ptr<PackLook>;

    /// What a disk has spoilt costs what is in that pack.
    template <class Step>
    void each(Step step) {
        for (std::size_t at = 0; at < looks_.size(); ++at) try {
                step(at);
            } catch (const std::exception&) {
                broken_ = std::current_exception();
                looks_[at].reset();
            }
        if (broken_ && std::ranges::none_of(looks_, [](const Look& look) { return look != nullptr; }))
            std::rethrow_exception(broken_);
    }
    template <class Step>
    void eachLook(Step step) {
        each([&](std::size_t at) {
            if (looks_[at]) step(*looks_[at]);
        });
    }
    std::size_t found() const {
        std::size_t count = 0;
        for (const auto& look : looks_) count += look ? look->found().size() : 0;
        return count;
    }
    /// Somebody who wrote the beginning of a title has not slipped.
    bool named() const {
        return std::ranges::any_of(looks_, [&](const Look& look) {
            return look && std::ranges::any_of(look->found(), [&](const PackLook::Candidate& one) {
                       return fit_.of(one.entry.title, 0) == 0;
                   });
        });
    }
    std::vector<Found> inOrder() {
        struct Key {
            std::size_t slips;
            int fit;
            std::size_t accents;
            double metres;
            std::size_t rank, pack;
            auto operator<=>(const Key&) const = default;
        };
        std::vector<std::pair<Key, Found>> keyed;
        for (std::size_t at = 0; at < looks_.size(); ++at) {
            if (!looks_[at]) continue;
            for (auto& [rank, slips, entry, metres] : looks_[at]->found()) {
                const Key key{slips,
                              fit_.of(entry.title, slips),
                              fit_.accentsMissed(entry.title),
                              query_.from ? metres.value_or(1e9) : 0,
                              rank,
                              at};
                keyed.emplace_back(key, Found{std::move(entry), metres, slips > 0, at});
            }
        }
        std::ranges::sort(keyed, {}, [](const auto& pair) -> const Key& { return pair.first; });
        std::vector<Found> best;
        for (std::size_t at = 0; at < std::min(query_.limit, keyed.size()); ++at)
            best.push_back(std::move(keyed[at].second));
        return best;
    }

    const Query& query_;
    const TitleFit fit_;
    std::vector<Asked> asked_;
    std::exception_ptr broken_;
    std::vector<Look> looks_;  // into each pack; none into one that could not be read
};

}  // namespace

std::vector<Found> search(std::span<const Searched> packs, const Query& query) {
    return Search(query).run(packs);
}

std::vector<Found> search(const PackFile& pack, const Query& query, const RankSet* among) {
    const Searched only{&pack, among};
    return Search(query).run({&only, 1});
}

}  // namespace tram::pack
