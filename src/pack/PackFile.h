#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"
#include "pack/Entry.h"
#include "pack/ListQuery.h"
#include "pack/PackAbout.h"

namespace SQLite {
class Database;
}

namespace tram::pack {

class RankSet;
class Vocabulary;

/// A pack that has been verified (wire/Manifest), opened to be read. Reading goes on from the file that was
/// opened when another takes its place. Not for several threads at once.
class PackFile {
  public:
    /// FileMissing, FileUnreadable; Malformed when it is not of our shape (fact "detail"); StoreTooNew.
    static base::Result<PackFile> open(const std::filesystem::path& path);
    PackFile(PackFile&&) noexcept;
    PackFile& operator=(PackFile&&) noexcept;
    ~PackFile();

    const PackAbout& about() const { return about_; }
    std::optional<Entry> entry(std::string_view kind, std::string_view id) const;
    std::int64_t count(std::string_view kind) const;
    std::int64_t count(const ListQuery& query) const;
    std::vector<std::string> kinds() const;     ///< that it has anything of
    std::size_t size() const { return size_; }  ///< of all kinds

    struct Listed {
        Entry entry;
        std::optional<double> metres;
        bool popular = true;  ///< stands where it does by its popularity; else by its name
    };
    std::vector<Listed> list(const ListQuery& query) const;
    /// All that a list would page through, by their ranks; of a whole kind at once.
    RankSet ranks(const ListQuery& query) const;

    /// Whose area holds a place ("which enrolment area do I live in"), by popularity. `kind`: "" for all.
    std::vector<Entry> areasAt(const Point& place, std::string_view kind = "") const;
    /// For the map: the most popular `limit` of these kinds that are `wanted` (all without it) and whose
    /// place is in `box`, or whose area's own box meets it.
    std::vector<Entry> within(const std::vector<std::string>& kinds, const Box& box, std::size_t limit,
                              const std::function<bool(const Entry&)>& wanted = {}) const;

    /// All, by kind and id. What `take` throws ends it.
    void each(const std::function<void(Entry)>& take) const;

    SQLite::Database& database() const { return *db_; }
    const Vocabulary& vocabulary() const;  ///< read when first asked for: it is needed for slips only

  private:
    explicit PackFile(std::unique_ptr<SQLite::Database> db);
    bool hasFieldsOf(const ListQuery& query) const;
    std::vector<std::size_t> byDate(RankSet wanted, const ListQuery& query) const;
    std::vector<std::size_t> byDistance(const ListQuery& query, const RankSet& wanted) const;

    std::unique_ptr<SQLite::Database> db_;
    mutable std::unique_ptr<Vocabulary> vocabulary_;
    PackAbout about_;
    std::set<std::string> listedBy_;  ///< fieldWords of the fields whose texts are words
    std::size_t size_ = 0, popular_ = 0;
};

}  // namespace tram::pack
