#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "publish/GtfsServices.h"

namespace tram::publish {

/// A feed of public transport's timetables (GTFS Schedule reference, gtfs.org), as far as stops and routes
/// are told from it: agency, stops, routes, trips, stop_times, calendar and calendar_dates; frequencies,
/// fare_attributes and fare_rules where there are any. Of 500,000 stop_times ten megabytes are kept.
struct GtfsFeed {
    struct Stop {
        int line = 0;
        std::string id, code, name, description, ward, latitude, longitude;
        bool boards = false;  ///< no station, no entrance (location_type)
    };
    struct Route {
        int line = 0;
        std::string id, shortName, longName, runBy;
        std::string fare;  ///< whole đồng; "" when it has none, or several
    };
    struct Trip {
        std::uint32_t route = 0, service = 0;
        bool back = false;            ///< direction_id 1
        std::vector<int> departures;  ///< by frequencies.txt: seconds
    };
    /// When a trip calls at a stop.
    struct Call {
        std::uint32_t trip = 0, sequence = 0, stop = 0;
        std::int32_t departs = 0;  ///< seconds; negative: not told
        std::int32_t line = 0;
    };

    std::vector<Stop> stops;
    std::vector<Route> routes;
    std::vector<Trip> trips;
    GtfsServices services;

    /// In the order of the trip.
    std::span<const Call> callsOf(std::size_t trip) const;

    std::vector<Call> calls;            ///< by trip and sequence
    std::vector<std::size_t> callsEnd;  ///< of each trip
};

/// What is wrong inside is told in `folder.faults`; then the feed is not to be used. FileMissing and
/// FileUnreadable of a table that every feed has.
base::Result<GtfsFeed> readGtfsFeed(const GtfsFolder& folder);

}  // namespace tram::publish
