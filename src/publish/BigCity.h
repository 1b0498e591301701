#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/Result.h"
#include "catalogue/Catalogue.h"
#include "content/WardDirectory.h"
#include "pack/Entry.h"

namespace tram::publish {

/// Of what a city's names are made: resources/demo/big_city.json.
struct CityNames {
    struct Sort {
        std::string kind;
        std::vector<std::string> heads;  ///< what titles begin with
        int share;                       ///< of a hundred entries
    };
    std::vector<std::string> family, middle, given, places;
    std::string address, also;  ///< with {house}, {street}, {place}; {address}, {ward}, {district}
    std::vector<Sort> sorts;

    static base::Result<CityNames> load(const std::filesystem::path& file);
};

/// A city of many plausible entries over several kinds, spread as people live in this one: the same for the
/// same seed and wards (their codes, at least one). Fields: address and phone.
std::vector<pack::Entry> bigCity(const CityNames& names, std::size_t entries, std::uint32_t seed,
                                 const std::vector<std::string>& wards);

/// The same as sources: a folder with pack.json and a table for each kind, with all that a kind demands, of
/// which `tram pack build` makes a pack. `source` is what it says it comes from. DiskFull, StoreReadOnly.
base::Result<void> writeBigCity(const std::filesystem::path& dir, const CityNames& names, std::size_t entries,
                                std::uint32_t seed, const std::string& source,
                                const catalogue::Catalogue& catalogue, const content::WardDirectory& wards);

}  // namespace tram::publish
