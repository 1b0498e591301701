// What is where in a pack: its R-Tree.
#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

#include "pack/PackFile.h"
#include "pack/PackRows.h"
#include "pack/PackSchema.h"
#include "pack/RankSet.h"
#include "pack/WordSets.h"

namespace tram::pack {

namespace {

/// So many hits are looked through by themselves. Where more are, the kinds' entries are, by rank, as far as
/// the squares of the box have them.
constexpr std::size_t kFew = 2'000, kMostSquares = 2'000;

/// An R-Tree keeps 32-bit numbers, rounded outwards: what it finds is looked at again.
std::vector<std::size_t> ranksMeeting(SQLite::Database& db, const Box& box, std::size_t most) {
    SQLite::Statement rows(
        db,
        "SELECT rank FROM boxes WHERE south <= ?3 AND north >= ?1 AND west <= ?4 AND east >= ?2 LIMIT ?5");
    rows.bind(1, box.south);
    rows.bind(2, box.west);
    rows.bind(3, box.north);
    rows.bind(4, box.east);
    rows.bind(5, static_cast<std::int64_t>(most));
    std::vector<std::size_t> ranks;
    while (rows.executeStep()) ranks.push_back(static_cast<std::size_t>(rows.getColumn(0).getInt64()));
    std::ranges::sort(ranks);
    return ranks;
}

/// And all that have an area, which stand in no square.
RankSet inSquares(SQLite::Database& db, const std::vector<std::string>& squares, std::size_t size) {
    auto set = WordSets(db, size).ofAny(squares);
    SQLite::Statement rows(db, "SELECT rank FROM areas WHERE rank BETWEEN 1 AND ?");
    rows.bind(1, static_cast<std::int64_t>(size));
    while (rows.executeStep()) set.add(static_cast<std::size_t>(rows.getColumn(0).getInt64()));
    return set;
}

bool isIn(const Entry& entry, const Box& box) {
    if (entry.place && box.contains(*entry.place)) return true;
    const auto around = boxOf(entry.area);
    return around && around->meets(box);
}

}  // namespace

std::vector<Entry> PackFile::areasAt(const Point& place, std::string_view kind) const {
    SQLite::Statement rows(*db_,
                           entriesWhere("rank IN (SELECT rank FROM boxes WHERE south <= ?1 AND north >= "
                                        "?1 AND west <= ?2 AND east >= ?2) AND shape IS NOT NULL AND "
                                        "(?3 = '' OR kind = ?3) ORDER BY rank"));
    rows.bind(1, place.latitude);
    rows.bind(2, place.longitude);
    rows.bind(3, std::string(kind));
    std::vector<Entry> found;
    while (rows.executeStep())
        if (auto entry = readEntry(rows); entry.area.contains(place)) found.push_back(std::move(entry));
    return found;
}

std::vector<Entry> PackFile::within(const std::vector<std::string>& kinds, const Box& box, std::size_t limit,
                                    const std::function<bool(const Entry&)>& wanted) const {
    std::vector<std::string> words;
    for (const auto& kind : kinds) words.push_back(kindWord(kind));
    auto ofKinds = WordSets(*db_, size_).ofAny(words);
    auto ranks = ranksMeeting(*db_, box, kFew + 1);
    if (ranks.size() > kFew) {
        if (const auto squares = squaresIn(kCoarse, box, kMostSquares); !squares.empty())
            ofKinds &= inSquares(*db_, squares, size_);
        ranks = ofKinds.first(size_);
    } else {
        std::erase_if(ranks, [&](std::size_t rank) { return !ofKinds.has(rank); });
    }
    std::vector<Entry> found;
    Entries entries(*db_);
    for (const auto rank : ranks) {
        if (found.size() == limit) break;
        if (auto entry = entries.at(rank); isIn(entry, box) && (!wanted || wanted(entry)))
            found.push_back(std::move(entry));
    }
    return found;
}

}  // namespace tram::pack
