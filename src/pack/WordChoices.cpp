#include "pack/WordChoices.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

#include "pack/SearchWords.h"
#include "pack/Slips.h"

namespace tram::pack {

namespace {

/// The index is asked for all of them: more make a query slow and its answers strange.
constexpr std::size_t kMostOthers = 5;

bool known(SQLite::Database& db, const std::string& word) {
    SQLite::Statement row(db, "SELECT 1 FROM words WHERE word = ?");
    row.bind(1, word);
    return row.executeStep();
}

bool knownBeginning(SQLite::Database& db, const std::string& word) {
    SQLite::Statement row(db, "SELECT 1 FROM words WHERE word >= ?1 AND word < ?1 || char(1114111) LIMIT 1");
    row.bind(1, word);
    return row.executeStep();
}

/// Those that `sql` finds for a text and that are one slip from `word`, with how often they occur.
void collect(SQLite::Database& db, const char* sql, const std::vector<std::string>& texts,
             const std::string& word, std::vector<std::pair<std::int64_t, std::string>>& into) {
    SQLite::Statement rows(db, sql);
    for (const auto& text : texts) {
        rows.bind(1, text);
        while (rows.executeStep()) {
            auto other = rows.getColumn(0).getString();
            if (other != word && withinOneSlip(word, other))
                into.emplace_back(-rows.getColumn(1).getInt64(), other);
        }
        rows.reset();
    }
}

std::vector<std::string> oneSlipAway(SQLite::Database& db, const std::string& word) {
    auto shorter = deletions(word);
    std::vector<std::pair<std::int64_t, std::string>> found;
    collect(db, "SELECT word, entries FROM words WHERE word = ?", shorter, word, found);
    shorter.push_back(word);
    collect(db,
            "SELECT d.word, v.entries FROM deletions d JOIN words v ON v.word = d.word WHERE d.shorter = ?",
            shorter, word, found);
    std::ranges::sort(found);
    found.erase(std::ranges::unique(found).begin(), found.end());
    std::vector<std::string> words;
    for (auto& [count, other] : found)
        if (words.size() < kMostOthers) words.push_back(std::move(other));
    return words;
}

std::vector<std::pair<std::string, std::string>> halvesOf(SQLite::Database& db, const std::string& word,
                                                          bool unfinished) {
    std::vector<std::pair<std::string, std::string>> halves;
    for (std::size_t at = 2; at + 2 <= word.size() && halves.size() < 2; ++at) {
        const auto first = word.substr(0, at), second = word.substr(at);
        if (known(db, first) && (unfinished ? knownBeginning(db, second) : known(db, second)))
            halves.emplace_back(first, second);
    }
    return halves;
}

}  // namespace

std::vector<WordChoice> choicesAsTyped(const std::vector<std::string>& words) {
    std::vector<WordChoice> choices;
    for (const auto& word : words) choices.push_back({word, &word == &words.back(), {}, {}});
    return choices;
}

std::vector<WordChoice> choicesForgiving(SQLite::Database& db, const std::vector<std::string>& words) {
    auto choices = choicesAsTyped(words);
    for (auto& choice : choices) {
        if (!mayBeMistyped(choice.word)) continue;
        choice.others = oneSlipAway(db, choice.word);
        if (!known(db, choice.word)) choice.halves = halvesOf(db, choice.word, choice.unfinished);
    }
    return choices;
}

}  // namespace tram::pack
