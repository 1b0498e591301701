#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "catalogue/Catalogue.h"
#include "pack/PackFile.h"
#include "pack/PackSearch.h"

namespace tram::content {

/// What the city knows, as one kiosk asks it: all its packs together, read in the words of its catalogue.
/// Not for several threads at once; each question takes milliseconds.
class City {
  public:
    struct Item {
        pack::Entry entry;
        std::optional<double> metres;       ///< from the place that was asked from
        const pack::PackAbout* about = {};  ///< whom and when it comes from
    };

    /// A pack that cannot be read is left out: what the others know is still there.
    static City open(catalogue::Catalogue catalogue, const std::vector<std::filesystem::path>& packs);

    const catalogue::Catalogue& catalogue() const { return catalogue_; }
    bool empty() const { return packs_.empty(); }  ///< nothing has come yet

    struct Listing {
        std::vector<Item> items;
        std::size_t total = 0;
        bool tooOld = false;  ///< there is something, but too old to be shown (Kind::freshDays)
        std::optional<pack::PackAbout> about = std::nullopt;  ///< of the oldest that had anything
    };
    /// Without what is over (Kind::until) or too old. `query.notBefore` is the kind's own.
    Listing list(pack::ListQuery query, base::WallTime now) const;
    /// Of all kinds or of one; what is over or too old is not among them.
    std::vector<Item> search(const pack::Query& query, base::WallTime now) const;
    /// Also when it is over by now: whoever stands before it goes on reading.
    std::optional<Item> entry(std::string_view kind, std::string_view id) const;

  private:
    City(catalogue::Catalogue catalogue, std::vector<pack::PackFile> packs)
        : catalogue_(std::move(catalogue)), packs_(std::move(packs)) {}
    bool shown(const catalogue::Kind& kind, const pack::Entry& entry, base::WallTime now) const;

    catalogue::Catalogue catalogue_;
    std::vector<pack::PackFile> packs_;
};

/// The day in Ho Chi Minh City: "2026-11-29".
std::string today(base::WallTime now);
/// Older than it may be shown, by the pack's own word; a pack that does not say is too old.
bool tooOld(const catalogue::Kind& kind, const pack::PackAbout& about, base::WallTime now);

}  // namespace tram::content
