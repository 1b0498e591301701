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
    std::size_t size() const { return size_; }  ///< of all kinds

    struct Listed {
        Entry entry;
        std::optional<double> metres;
    };
    /// A page of all of a kind: by popularity, or the nearest first when `from` is given (those without a
    /// place last, then). `ward`: a code, or "" for all.
    std::vector<Listed> list(std::string_view kind, std::string_view ward, const std::optional<Point>& from,
                             std::size_t offset, std::size_t limit) const;

    /// All, by kind and id. What `take` throws ends it.
    void each(const std::function<void(Entry)>& take) const;

    SQLite::Database& database() const { return *db_; }

  private:
    explicit PackFile(std::unique_ptr<SQLite::Database> db);
    std::unique_ptr<SQLite::Database> db_;
    PackAbout about_;
    std::size_t size_ = 0;
};

}  // namespace tram::pack
