#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "catalogue/Catalogue.h"
#include "content/ShownEntries.h"
#include "content/UnknownKinds.h"
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

    /// What time it is to go by, of what the kiosk's clock says: what is over or too old is not to come back,
    /// nor what is not to go, because somebody changed a clock.
    using TimeSource = std::function<base::WallTime(base::WallTime clock)>;
    /// A pack that cannot be read is left out: what the others know is still there. Without `time` the clock
    /// is believed.
    static City open(catalogue::Catalogue catalogue, const std::vector<std::filesystem::path>& packs,
                     TimeSource time = {});

    const catalogue::Catalogue& catalogue() const { return catalogue_; }
    bool empty() const { return packs_.empty(); }  ///< nothing has come yet
    /// What its packs have of kinds that its catalogue has not.
    std::vector<UnknownKind> unknownKinds() const;
    bool has(std::string_view kind) const;  ///< anything of it, however old

    struct Listing {
        std::vector<Item> items;
        std::size_t total = 0;
        bool tooOld = false;  ///< there is something, but too old to be shown (Kind::freshDays)
        std::optional<pack::PackAbout> about = std::nullopt;  ///< of the oldest that had anything
    };
    /// Without what is over (Kind::until) or too old. `query.notBefore` and `query.order` are the kind's own.
    Listing list(pack::ListQuery query, base::WallTime clock) const;
    /// Of all kinds or of one; what is over or too old is not among them.
    std::vector<Item> search(const pack::Query& query, base::WallTime clock) const;
    /// For the map: the most popular `limit` of these kinds that are in `box`, or whose area's own box meets
    /// it. What is over or too old is not among them.
    std::vector<Item> within(const std::vector<std::string>& kinds, const pack::Box& box, std::size_t limit,
                             base::WallTime clock) const;
    /// Also when it is over by now: whoever stands before it goes on reading.
    std::optional<Item> entry(std::string_view kind, std::string_view id) const;

  private:
    City(catalogue::Catalogue catalogue, std::vector<pack::PackFile> packs, TimeSource time)
        : catalogue_(std::move(catalogue)),
          packs_(std::move(packs)),
          shown_(packs_.size()),
          time_(std::move(time)) {}
    base::WallTime trusted(base::WallTime clock) const { return time_ ? time_(clock) : clock; }

    catalogue::Catalogue catalogue_;
    std::vector<pack::PackFile> packs_;
    mutable std::vector<ShownEntries> shown_;  // of each of them
    TimeSource time_;
};

}  // namespace tram::content
