#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pack/Entry.h"

namespace tram::pack {

class PackFile;
class RankSet;

/// What a person typed so far, on the way to an answer: the last word may be unfinished.
struct Query {
    std::string typed;
    std::string kind;           ///< "" for all
    std::optional<Point> from;  ///< the kiosk's own place: the nearest first among what fits as well
    std::size_t limit = 20;
};

struct Found {
    Entry entry;
    std::optional<double> metres;
    bool forgiven = false;  ///< only with a typing slip mended
};

/// Best first: what is as it was typed before what needed a slip to be forgiven; titles that begin with the
/// words, then those that hold all of them, then the rest; accents that were typed count; then the nearer,
/// then the more popular. Of what fits, only the kCandidates most popular (or the nearest, with `from`) are
/// looked at. With `among` nothing else is found.
constexpr std::size_t kCandidates = 50;
std::vector<Found> search(const PackFile& pack, const Query& query, const RankSet* among = nullptr);

}  // namespace tram::pack
