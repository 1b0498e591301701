#include "pack/WordSets.h"

#include "pack/PackSchema.h"

namespace tram::pack {

namespace {

std::string_view bytesOf(SQLite::Statement& row) {
    const auto column = row.getColumn(0);
    return {static_cast<const char*>(column.getBlob()), static_cast<std::size_t>(column.getBytes())};
}

}  // namespace

WordSets::WordSets(SQLite::Database& db, std::size_t size)
    : word_(db, "SELECT ranks FROM words WHERE word = ?"),
      beginning_(db, "SELECT ranks FROM beginnings WHERE letters = ?"),
      range_(db, "SELECT ranks FROM words WHERE word >= ?1 AND word < ?1 || char(1114111)"),
      size_(size) {}

/// What a damaged set holds beyond the pack is not added; the rest of it stays, as SQLite's own damage would
/// be told.
void WordSets::add(SQLite::Statement& row, const std::string& word, RankSet& into) {
    row.bind(1, word);
    while (row.executeStep()) into.addBytes(bytesOf(row));
    row.reset();
}

/// The beginnings of many words are kept ready.
void WordSets::add(const Asked& asked, RankSet& into) {
    if (!asked.unfinished) return add(word_, asked.word, into);
    add(asked.word.size() <= kLongestBeginning ? beginning_ : range_, asked.word, into);
}

RankSet WordSets::of(const std::string& word) {
    return of(Asked{word});
}

RankSet WordSets::of(const Asked& asked) {
    RankSet set(size_);
    add(asked, set);
    return set;
}

RankSet WordSets::ofAny(const std::vector<std::string>& words) {
    RankSet set(size_);
    for (const auto& word : words) add(word_, word, set);
    return set;
}

RankSet WordSets::ofAny(const AnyOf& ways) {
    RankSet set(size_);
    for (const auto& way : ways) {
        if (way.size() == 1) {
            add(way.front(), set);
            continue;
        }
        auto all = of(way.front());
        for (std::size_t at = 1; at < way.size(); ++at) all &= of(way[at]);
        set |= all;
    }
    return set;
}

}  // namespace tram::pack
