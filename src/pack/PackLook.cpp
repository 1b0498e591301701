#include "pack/PackLook.h"

#include <algorithm>

#include "pack/PackFile.h"
#include "pack/PackSchema.h"

namespace tram::pack {

namespace {

/// Where several words are to be mended at once, each may be so many others.
constexpr std::size_t kMostWays = 8;

}  // namespace

PackLook::PackLook(const Searched& in, const Query& query, const std::vector<Asked>& asked)
    : pack_(*in.pack),
      query_(query),
      asked_(asked),
      words_(pack_.database(), pack_.size()),
      entries_(pack_.database()),
      taken_(pack_.size()),
      start_(RankSet::all(pack_.size())) {
    const bool narrowed = !query.ward.empty() || !query.only.empty();
    if (!query.kind.empty())
        start_ = narrowed ? pack_.ranks({.kind = query.kind, .ward = query.ward, .only = query.only})
                          : words_.of(kindWord(query.kind));
    if (in.among) start_ &= *in.among;
    for (const auto& one : asked_) sets_.push_back(words_.of(one));
}

/// What has all words as they were typed but for `count` from `at` on.
RankSet PackLook::restOf(std::size_t at, std::size_t count) const {
    auto rest = start_;
    for (std::size_t word = 0; word < sets_.size(); ++word)
        if (word < at || word >= at + count) rest &= sets_[word];
    return rest;
}

void PackLook::asTyped() {
    take(restOf(0, 0), 0);
}

/// All words are as typed but one, or two that a blank parts in the wrong place. A slip is looked for only
/// where all the others lead to something.
void PackLook::withOneSlip(Forgive forgive) {
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
    take(fitting, 1);
}

/// One in each word, if need be.
void PackLook::withSlips() {
    auto fitting = start_;
    for (std::size_t at = 0; at < asked_.size() && !fitting.empty(); ++at) {
        auto ways = mended(pack_.vocabulary(), asked_[at], Forgive::Longer);
        ways.resize(std::min(ways.size(), kMostWays));
        fitting &= words_.ofAny(ways) |= sets_[at];
    }
    take(fitting, kMostSlips);
}

/// Enough of what fits, the nearest before the most popular.
void PackLook::take(const RankSet& fitting, std::size_t slips) {
    if (fitting.empty()) return;
    if (query_.from)
        for (const auto& grid : {kFine, kCoarse})
            if (found_.size() < query_.limit) {
                auto near = words_.ofAny(squaresAround(grid, *query_.from));
                takeFirst(near &= fitting, slips);
            }
    if (found_.size() < query_.limit) takeFirst(fitting, slips);
}

void PackLook::takeFirst(const RankSet& fitting, std::size_t slips) {
    for (const auto rank : fitting.first(kCandidates)) {
        if (taken_.has(rank)) continue;
        taken_.add(rank);
        auto entry = entries_.at(rank);
        std::optional<double> metres;
        if (query_.from && entry.place) metres = metresBetween(*query_.from, *entry.place);
        found_.push_back({rank, slips, std::move(entry), metres});
    }
}

}  // namespace tram::pack
