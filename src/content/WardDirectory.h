#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/Result.h"

namespace tram::content {

class WardQuery;

struct Ward {
    std::string code, fullName;  ///< "27154", "Phường Bàn Cờ" as published
};

/// The 168 wards, communes and the special zone since 1/7/2025, found by present or old names, without
/// accents. Data: resources/content/wards.csv and old_wards.csv (shared facts); both tone spellings (Hòa,
/// Hoà) match.
class WardDirectory {
  public:
    /// FileMissing, FileUnreadable; Malformed with facts path, line, expected.
    static base::Result<WardDirectory> load(const std::filesystem::path& dir);
    struct Match {
        const Ward* ward;
        std::string oldName;  ///< "Phường 4, Quận 3" or "Quận 3" when found by it, else ""
    };
    /// Best first: present names that begin with the words, then containing, then old names. Empty query:
    /// all, by name.
    std::vector<Match> search(std::string_view query, std::size_t limit) const;
    const Ward* byCode(std::string_view code) const;
    const Ward* byName(std::string_view fullName) const;  ///< as published, in either tone spelling
    /// What the ward's places are also found by: "Phường 4, Quận 3", old names only.
    std::vector<std::string> formerNames(std::string_view code) const;
    const std::vector<Ward>& all() const { return wards_; }  ///< in Vietnamese order

  private:
    /// One name a ward is found by, as WardQuery::indexText.
    struct Key {
        std::size_t ward;
        std::string full, bare;  ///< " phuong 4 quan 3 ", " 4 quan 3 "
        std::string wide;        ///< `full` and the old province
        std::string oldName;
    };
    static std::optional<int> rank(const WardQuery& query, const Key& key);
    base::Result<void> readWards(std::string_view csv);
    base::Result<void> readOldNames(std::string_view csv);
    void addKey(std::size_t ward, std::string oldName, std::string_view province);

    std::vector<Ward> wards_;
    std::vector<Key> keys_;
};

}  // namespace tram::content
