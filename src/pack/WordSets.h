#pragma once
#include <SQLiteCpp/SQLiteCpp.h>

#include <string>
#include <vector>

#include "pack/RankSet.h"
#include "pack/WordChoices.h"

namespace tram::pack {

/// For pack/'s own .cpp files: in which entries words are.
class WordSets {
  public:
    WordSets(SQLite::Database& db, std::size_t size);
    RankSet of(const std::string& word);
    RankSet ofAny(const std::vector<std::string>& words);
    RankSet any(const WordChoice& choice);

  private:
    void add(SQLite::Statement& row, const std::string& word, RankSet& into);
    RankSet beginning(const std::string& letters);

    SQLite::Statement word_, beginning_, range_;
    std::size_t size_;
};

}  // namespace tram::pack
