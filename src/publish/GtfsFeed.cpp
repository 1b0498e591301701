#include "publish/GtfsFeed.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace tram::publish {

namespace {

using base::Result;
using Ids = std::unordered_map<std::string, std::uint32_t>;

constexpr std::size_t kMaxDepartures = 500'000;
constexpr int kMostSequence = 999'999'999, kMostSeconds = 86'400;

class FeedReader {
  public:
    explicit FeedReader(const GtfsFolder& folder) : folder_(folder) {}

    Result<GtfsFeed> read() {
        for (const auto part :
             {&FeedReader::agencies, &FeedReader::stops, &FeedReader::routes, &FeedReader::fares,
              &FeedReader::services, &FeedReader::trips, &FeedReader::calls, &FeedReader::frequencies})
            if (auto done = (this->*part)(); !done) return tl::unexpected(done.error());
        return std::move(feed_);
    }

  private:
    Result<void> agencies() {
        return folder_.read("agency.txt", {"agency_name"}, [&](const GtfsRow& row) {
            // Without an id there may be only one.
            if (!agencies_.emplace(row.at("agency_id"), row.needed("agency_name")).second)
                row.refuse("agency_id", "id_once");
        });
    }

    Result<void> stops() {
        return folder_.read(
            "stops.txt", {"stop_id", "stop_name", "stop_lat", "stop_lon"}, [&](const GtfsRow& row) {
                const auto type = row.at("location_type");
                add(row, "stop_id", stopIds_, feed_.stops.size());
                feed_.stops.push_back({row.line(), row.at("stop_id"), row.at("stop_code"),
                                       row.at("stop_name"), row.at("stop_desc"), row.at("ward"),
                                       row.at("stop_lat"), row.at("stop_lon"), type.empty() || type == "0"});
            });
    }

    Result<void> routes() {
        return folder_.read("routes.txt", {"route_id"}, [&](const GtfsRow& row) {
            add(row, "route_id", routeIds_, feed_.routes.size());
            if (row.at("route_short_name").empty() && row.at("route_long_name").empty())
                row.refuse("route_short_name", "required");
            feed_.routes.push_back({row.line(), row.at("route_id"), row.at("route_short_name"),
                                    row.at("route_long_name"), runBy(row), ""});
        });
    }

    std::string runBy(const GtfsRow& row) const {
        const auto& id = row.at("agency_id");
        const auto found = agencies_.find(id);
        if (found != agencies_.end()) return found->second;
        if (id.empty() && agencies_.size() == 1) return agencies_.begin()->second;
        row.refuse("agency_id", id.empty() ? "required" : "reference");
        return "";
    }

    /// A route's one price. Zones and passes are not told on a route's page.
    Result<void> fares() {
        std::map<std::string, std::string> prices;
        std::map<std::uint32_t, std::set<std::string>> ofRoutes;
        const auto attributes = folder_.readOptional(
            "fare_attributes.txt", {"fare_id", "price", "currency_type"}, [&](const GtfsRow& row) {
                if (row.at("currency_type") != "VND") row.refuse("currency_type", "vnd");
                if (!row.number("price", 999'999'999)) return;
                if (!prices.emplace(row.needed("fare_id"), row.at("price")).second)
                    row.refuse("fare_id", "id_once");
            });
        if (!attributes) return tl::unexpected(attributes.error());
        const auto rules =
            folder_.readOptional("fare_rules.txt", {"fare_id", "route_id"}, [&](const GtfsRow& row) {
                const auto price = prices.find(row.needed("fare_id"));
                if (price == prices.end()) return row.refuse("fare_id", "reference");
                if (row.at("route_id").empty()) return;
                if (const auto route = known(row, "route_id", routeIds_))
                    ofRoutes[*route].insert(price->second);
            });
        if (!rules) return tl::unexpected(rules.error());
        for (const auto& [route, all] : ofRoutes)
            if (all.size() == 1) feed_.routes[route].fare = *all.begin();
        if (!*rules && prices.size() == 1)
            for (auto& route : feed_.routes) route.fare = prices.begin()->second;
        return {};
    }

    Result<void> services() { return feed_.services.read(folder_); }

    Result<void> trips() {
        return folder_.read("trips.txt", {"route_id", "service_id", "trip_id"}, [&](const GtfsRow& row) {
            add(row, "trip_id", tripIds_, feed_.trips.size());
            const auto route = known(row, "route_id", routeIds_);
            const auto service = feed_.services.find(row.needed("service_id"));
            if (!service && !row.at("service_id").empty()) row.refuse("service_id", "reference");
            const auto& direction = row.at("direction_id");
            if (!direction.empty() && direction != "0" && direction != "1")
                row.refuse("direction_id", "direction");
            feed_.trips.push_back({route.value_or(0), service.value_or(0), direction == "1", {}});
        });
    }

    Result<void> calls() {
        const auto done =
            folder_.read("stop_times.txt", {"trip_id", "stop_id", "stop_sequence", "departure_time"},
                         [&](const GtfsRow& row) { addCall(row); });
        auto& calls = feed_.calls;
        const auto place = [](const GtfsFeed::Call& call) { return std::tie(call.trip, call.sequence); };
        std::ranges::sort(calls, {},
                          [](const auto& call) { return std::tie(call.trip, call.sequence, call.line); });
        for (std::size_t at = 1; at < calls.size(); ++at)
            if (place(calls[at - 1]) == place(calls[at]))
                tell(folder_.faults, {fileOf("stop_times.txt"), calls[at].line, "stop_sequence", "id_once"});
        feed_.callsEnd.assign(feed_.trips.size(), 0);
        for (const auto& call : calls) ++feed_.callsEnd[call.trip];
        std::size_t end = 0;
        for (auto& count : feed_.callsEnd) count = end += count;
        return done;
    }

    void addCall(const GtfsRow& row) {
        const auto trip = known(row, "trip_id", tripIds_), stop = known(row, "stop_id", stopIds_);
        const auto sequence = row.number("stop_sequence", kMostSequence);
        std::optional<int> departs = -1;  // GTFS lets all but a trip's ends go without
        if (!row.at("departure_time").empty()) departs = row.time("departure_time");
        if (stop && !feed_.stops[*stop].boards) return row.refuse("stop_id", "reference");
        if (trip && stop && sequence && departs)
            feed_.calls.push_back(
                {*trip, static_cast<std::uint32_t>(*sequence), *stop, *departs, row.line()});
    }

    Result<void> frequencies() {
        std::size_t all = 0;
        return folder_
            .readOptional("frequencies.txt", {"trip_id", "start_time", "end_time", "headway_secs"},
                          [&](const GtfsRow& row) {
                              const auto trip = known(row, "trip_id", tripIds_);
                              const auto from = row.time("start_time"), to = row.time("end_time");
                              const auto every = row.number("headway_secs", kMostSeconds);
                              if (every && *every < 30) return row.refuse("headway_secs", "headway");
                              if (!trip || !from || !to || !every) return;
                              for (int at = *from; at < *to; at += *every) {
                                  if (++all > kMaxDepartures) return row.refuse("", "smaller");
                                  feed_.trips[*trip].departures.push_back(at);
                              }
                          })
            .map([](bool) {});
    }

    void add(const GtfsRow& row, const char* column, Ids& ids, std::size_t at) {
        const auto& id = row.needed(column);
        if (!id.empty() && !ids.emplace(id, static_cast<std::uint32_t>(at)).second)
            row.refuse(column, "id_once");
    }
    static std::optional<std::uint32_t> known(const GtfsRow& row, const char* column, const Ids& ids) {
        const auto& id = row.needed(column);
        const auto found = ids.find(id);
        if (found != ids.end()) return found->second;
        if (!id.empty()) row.refuse(column, "reference");
        return {};
    }
    std::string fileOf(const char* name) const { return folder_.feed + '/' + name; }

    const GtfsFolder& folder_;
    GtfsFeed feed_;
    std::map<std::string, std::string> agencies_;
    Ids stopIds_, routeIds_, tripIds_;
};

}  // namespace

std::span<const GtfsFeed::Call> GtfsFeed::callsOf(std::size_t trip) const {
    const auto begin = trip == 0 ? 0 : callsEnd[trip - 1];
    return std::span(calls).subspan(begin, callsEnd[trip] - begin);
}

Result<GtfsFeed> readGtfsFeed(const GtfsFolder& folder) {
    return FeedReader(folder).read();
}

}  // namespace tram::publish
