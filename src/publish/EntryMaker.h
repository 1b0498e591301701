#pragma once
#include <optional>
#include <set>
#include <string>

#include "catalogue/Kind.h"
#include "content/WardDirectory.h"
#include "pack/Entry.h"
#include "publish/Row.h"

namespace tram::publish {

/// Rows of one kind → entries. Columns that every kind has: id, title; where it is said so also ward (code or
/// name as published), latitude, longitude (WGS 84 degrees), popularity, also_found_by; and the kind's own.
/// An area is no column: a GeoJSON source has it as a feature's geometry.
class EntryMaker {
  public:
    EntryMaker(const catalogue::Kind& kind, const content::WardDirectory& wards)
        : kind_(kind), wards_(wards) {}

    /// Columns that are missing or that nobody knows: expected "column" or "no_such_column".
    void checkColumns(const std::vector<std::string>& columns, const std::string& file, Faults& faults) const;
    /// Nothing, and what is wrong added to `faults`, unless all of the row is right.
    std::optional<pack::Entry> make(const Row& row, const std::string& file, Faults& faults);

  private:
    const catalogue::Kind& kind_;
    const content::WardDirectory& wards_;
    std::set<std::string> ids_;
};

}  // namespace tram::publish
