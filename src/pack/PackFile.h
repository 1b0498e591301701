#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"
#include "pack/Entry.h"
#include "pack/PackAbout.h"

namespace SQLite {
class Database;
}

namespace tram::pack {

class RankSet;
class Vocabulary;

/// A page of a kind: by popularity, or the nearest first when `from` is given (those without a place last,
/// then).
struct ListQuery {
    std::string kind;
    std::string ward = {};  ///< a code; "" for all
    struct Is {
        std::string field, value;
    };
    std::vector<Is> only = {};  ///< texts that fields of an entry must have
    /// Not those whose date (ISO 8601) in that field is before that day; those without one stay.
    std::optional<Is> notBefore = std::nullopt;
    /// By the date in that field, what has none last; `latest` first, else the earliest. `from` then only
    /// tells how far each is.
    struct Order {
        std::string field;
        bool latest = false;
    };
    std::optional<Order> order = std::nullopt;
    std::optional<Point> from = std::nullopt;
    std::size_t offset = 0, limit = 20;
};

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
    std::size_t size() const { return size_; }  ///< of all kinds

    struct Listed {
        Entry entry;
        std::optional<double> metres;
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
    std::unique_ptr<SQLite::Database> db_;
    mutable std::unique_ptr<Vocabulary> vocabulary_;
    PackAbout about_;
    std::size_t size_ = 0;
};

}  // namespace tram::pack
