#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pack/Entry.h"
#include "pack/ListQuery.h"

namespace tram::pack {

class PackFile;
class RankSet;

/// What a person typed so far, on the way to an answer: the last word may be unfinished.
struct Query {
    std::string typed;
    std::string kind;           ///< "" for all
    std::optional<Point> from;  ///< the kiosk's own place: the nearest first among what fits as well
    std::size_t limit = 20;
    // Of one kind only what a list would page through, too.
    std::string ward = {};  ///< a code; "" for all
    std::vector<FieldIs> only = {};
};

struct Found {
    Entry entry;
    std::optional<double> metres;
    bool forgiven = false;  ///< only with a typing slip mended
    std::size_t pack = 0;   ///< which of those that were searched
};

/// Best first: what is as it was typed before what needed a slip to be forgiven; titles that begin with the
/// words, then those that hold all of them, then the rest; accents that were typed count; then the nearer,
/// then the more popular. Of what fits, only the kCandidates most popular (or the nearest, with `from`) are
/// looked at. With `among` nothing else is found.
constexpr std::size_t kCandidates = 50;
std::vector<Found> search(const PackFile& pack, const Query& query, const RankSet* among = nullptr);

/// The same over several packs as if they were one: a slip is looked for only where all of them together have
/// too little of what was typed. A pack that cannot be read any more has nothing in it; throws what reading
/// threw when that is so of all.
struct Searched {
    const PackFile* pack = nullptr;
    const RankSet* among = nullptr;
};
std::vector<Found> search(std::span<const Searched> packs, const Query& query);

}  // namespace tram::pack
