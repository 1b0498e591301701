#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "publish/GtfsTable.h"
#include "publish/TableSource.h"

namespace tram::publish {

/// What a feed tells, as tables of the kinds bus-stop and bus-route. Ids that no entry may have are derived
/// (EntryId.h); a stop's `ward` is told by a column of that name, which is none of GTFS'.
///   stops   id, title, ward, latitude, longitude, popularity (buses a day), routes, street (stop_desc), code
///   routes  id, title, popularity, number, stops and stops_back (of the commonest trip of each direction),
///           first_and_last ("05:00 – 01:10", the first and the last departure of both directions), every
///           (minutes: the middle one of the gaps between departures), fare, operator
/// Times are those of the day on which the route runs most often, of the week from `asOf` on.
struct GtfsTables {
    Table stops, routes;
    std::optional<std::chrono::sys_days> lastDay = {};  ///< on which anything runs
};

/// `title`: how a route is called, with {short} and {long} in it. As readGtfsFeed; with faults the tables are
/// empty.
base::Result<GtfsTables> readGtfs(const GtfsFiles& files, const std::string& feed, const std::string& title,
                                  std::chrono::sys_days asOf, Faults& faults);

}  // namespace tram::publish
