#pragma once
#include <string>

#include "catalogue/Kind.h"
#include "catalogue/ValueWords.h"
#include "gateway/content/EntryShelf.h"
#include "gateway/content/WardNames.h"
#include "gateway/http/Pages.h"

namespace tram::gateway {

/// An entry by its kind's sections, as HTML that needs no script and can be printed. Whatever a pack holds is
/// text here, never markup.
class EntryPage {
  public:
    /// `directions`: wire::isDirectionsLink.
    EntryPage(const Pages& pages, const WardNames& wards, const std::string& directions,
              std::string language);
    /// What is over says so; of what is too old to be shown only that is said.
    std::string main(const catalogue::Kind& kind, const EntryShelf::Found& found, base::WallTime now) const;

  private:
    std::string notice(const catalogue::Kind& kind, const EntryShelf::Found& found, base::WallTime now) const;
    std::string section(const catalogue::Section& section,
                        const std::vector<catalogue::FieldValue>& values) const;
    std::string shortValue(const catalogue::FieldValue& value) const;
    std::string longValue(const catalogue::FieldValue& value) const;
    std::string way(const pack::Entry& entry) const;
    std::string label(const catalogue::FieldValue& value) const;
    std::string say(std::string_view key, const Pages::Values& values) const;

    const Pages& pages_;
    const WardNames& wards_;
    const std::string& directions_;
    std::string language_;
    catalogue::ValueWords words_;
};

}  // namespace tram::gateway
