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
    RankSet of(const Asked& asked);
    RankSet ofAny(const std::vector<std::string>& words);
    RankSet ofAny(const AnyOf& ways);

  private:
    void add(SQLite::Statement& row, const std::string& word, RankSet& into);
    void add(const Asked& asked, RankSet& into);

    SQLite::Statement word_, beginning_, range_;
    std::size_t size_;
};

}  // namespace tram::pack
