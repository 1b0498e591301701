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

RankSet WordSets::of(const std::string& word) {
    RankSet set(size_);
    add(word_, word, set);
    return set;
}

RankSet WordSets::ofAny(const std::vector<std::string>& words) {
    RankSet set(size_);
    for (const auto& word : words) add(word_, word, set);
    return set;
}

/// Kept ready for what is short and therefore in very many words.
RankSet WordSets::beginning(const std::string& letters) {
    RankSet set(size_);
    add(letters.size() <= kLongestBeginning ? beginning_ : range_, letters, set);
    return set;
}

RankSet WordSets::any(const WordChoice& choice) {
    auto set = choice.unfinished ? beginning(choice.word) : of(choice.word);
    set |= ofAny(choice.others);
    for (const auto& [first, second] : choice.halves) {
        auto both = of(first);
        set |= both &= choice.unfinished ? beginning(second) : of(second);
    }
    return set;
}

}  // namespace tram::pack
