#pragma once
#include <bitset>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "publish/GtfsTable.h"

namespace tram::publish {

/// On which days a feed's services run: calendar.txt and what calendar_dates.txt adds to it and takes away
/// (GTFS reference). One of the two has to be there.
class GtfsServices {
  public:
    base::Result<void> read(const GtfsFolder& folder);

    std::optional<std::uint32_t> find(const std::string& id) const;
    std::size_t size() const { return services_.size(); }

    /// The last on which anything runs; none when nothing ever does.
    std::optional<std::chrono::sys_days> lastDay() const;

    using Week = std::bitset<7>;
    /// On which of the seven days from `day` on each service runs; from the feed's first day on when that is
    /// later, and its last seven when it has ended by then.
    std::vector<Week> weekFrom(std::chrono::sys_days day) const;

  private:
    struct Service {
        Week weekdays;  ///< from Monday
        std::chrono::sys_days first, last;
        bool hasWeek = false;
        std::map<std::chrono::sys_days, bool> exceptions;  ///< true: runs
    };
    std::pair<std::chrono::sys_days, std::chrono::sys_days> span() const;
    Service& named(const std::string& id);
    void readWeek(const GtfsRow& row);
    void readException(const GtfsRow& row);
    static bool runsOn(const Service& service, std::chrono::sys_days day);

    std::map<std::string, std::uint32_t> ids_;
    std::vector<Service> services_;
};

}  // namespace tram::publish
