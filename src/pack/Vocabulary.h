#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace SQLite {
class Database;
}

namespace tram::pack {

/// For pack/'s own .cpp files: the words of a pack that have no digits, in order, so that words one slip away
/// are found by walking them as a tree. A city's are some thousands, its numbered ones ("quan3") more.
class Vocabulary {
  public:
    explicit Vocabulary(SQLite::Database& db);

    bool has(std::string_view word) const;
    bool hasBeginning(std::string_view letters) const;

    /// Words one slip from this one.
    struct Near {
        std::string word;
        std::int64_t entries;  ///< that have it
        bool operator==(const Near&) const = default;
    };
    std::vector<Near> near(std::string_view word) const;
    /// Words of which a beginning is one slip from `letters`, but not those that begin with them. A word of
    /// which little is known yet keeps its first letter, and a word of three what was typed last.
    std::vector<Near> nearBeginning(std::string_view letters) const;
    /// Words that differ only in two letters that were exchanged.
    std::vector<Near> exchanged(std::string_view word) const;

  private:
    std::vector<Near> words_;
};

}  // namespace tram::pack
