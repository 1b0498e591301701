#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pack/Entry.h"

namespace tram::pack {

/// A pack is one SQLite file of this shape and no other. `rank` is the order of popularity. `words` has for
/// each word in which entries it is (RankSet), `beginnings` the same for words that begin with one to three
/// letters, together: a question is then "in all of these" over sets, whose first fifty are the most popular.
/// FTS5 took 50 ms where three common words meet (docs/CONTENT.md). `deletions` leads from a word short of a
/// letter to whole ones: for readers that walk no Vocabulary. `boxes` (SQLite's R-Tree) has the place of each
/// entry, or the box around its area, whose shape stands in `areas` (Area.h). `about` says of which fields
/// the texts stand in `words` too (`listed_by`, a fieldWord a line): what a kind's list is narrowed and
/// ordered by; and how many entries have a popularity (`popular`): the others stand by name. Packs of before
/// say neither.
constexpr std::string_view kPackSchema = R"sql(
CREATE TABLE about(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entries(rank INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, ward TEXT NOT NULL, latitude REAL, longitude REAL, fields TEXT NOT NULL, UNIQUE(kind, id));
CREATE INDEX by_ward ON entries(kind, ward, rank);
CREATE TABLE words(word TEXT PRIMARY KEY, entries INTEGER NOT NULL, ranks BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE beginnings(letters TEXT PRIMARY KEY, ranks BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE deletions(shorter TEXT, word TEXT, PRIMARY KEY(shorter, word)) WITHOUT ROWID;
CREATE TABLE areas(rank INTEGER PRIMARY KEY, shape BLOB NOT NULL);
CREATE VIRTUAL TABLE boxes USING rtree(rank, south, north, west, east);
)sql";

constexpr std::size_t kLongestBeginning = 3;

constexpr int kPackApplication = 0x7472616D;  // "tram", PRAGMA application_id
constexpr int kPackVersion = 2;               // PRAGMA user_version

// Words of the index that no text has, since folding leaves no low line.

bool isMark(std::string_view word);
/// Stands for a kind.
std::string kindWord(std::string_view kind);
/// With a text behind it: stands for a field of a kind that has that text. In the order of these texts.
std::string fieldWord(std::string_view kind, std::string_view field);

/// A place is also found by the squares of the map it lies in, a finer and a coarser one, so that "the
/// nearest of what fits" is one question to the index and no sorting of thousands.
struct Grid {
    char letter;
    int perDegree;
};
constexpr Grid kFine{'f', 100}, kCoarse{'c', 25};  // about 1.1 km and 4.4 km in this city
std::string squareWord(const Grid& grid, const Point& place);
/// The square of a place and the eight around it: whatever is nearer than one side of a square is in them.
std::vector<std::string> squaresAround(const Grid& grid, const Point& place);
/// Those that cover a box; none when they were more than `most`.
std::vector<std::string> squaresIn(const Grid& grid, const Box& box, std::size_t most);

}  // namespace tram::pack
