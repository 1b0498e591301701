#pragma once
#include <string>
#include <utility>
#include <vector>

namespace SQLite {
class Database;
}

namespace tram::pack {

/// For pack/'s own .cpp files: what will do for one word of a query.
struct WordChoice {
    std::string word;
    bool unfinished = false;                                  ///< its beginning will do
    std::vector<std::string> others;                          ///< words one slip away, the commonest first
    std::vector<std::pair<std::string, std::string>> halves;  ///< two words that were written as one
};

std::vector<WordChoice> choicesAsTyped(const std::vector<std::string>& words);
std::vector<WordChoice> choicesForgiving(SQLite::Database& db, const std::vector<std::string>& words);

}  // namespace tram::pack
