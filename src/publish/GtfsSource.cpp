#include "publish/GtfsSource.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "publish/EntryId.h"
#include "publish/GtfsFeed.h"

namespace tram::publish {

namespace {

constexpr int kMostPopular = 1'000'000, kDay = 24 * 3600;

std::string replaced(std::string text, std::string_view what, const std::string& by) {
    for (auto at = text.find(what); at != text.npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(' ');
    return first == text.npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::string clock(int seconds) {
    return fmt::format("{:02}:{:02}", seconds % kDay / 3600, seconds / 60 % 60);
}

/// What is known of one route once its trips are looked through.
struct Ways {
    std::vector<std::uint32_t> there, back;  ///< stops
    std::vector<int> departures[2];          ///< on its day, sorted
    std::size_t day = 0, trips = 0;
};

class Timetables {
  public:
    Timetables(const GtfsFeed& feed, std::chrono::sys_days asOf)
        : feed_(feed), weeks_(feed.services.weekFrom(asOf)), ofRoute_(feed.routes.size()) {
        for (std::size_t trip = 0; trip < feed.trips.size(); ++trip)
            ofRoute_[feed.trips[trip].route].push_back(trip);
    }

    Ways waysOf(std::size_t route) const {
        Ways ways;
        const auto& trips = ofRoute_[route];
        ways.there = commonest(trips, false);
        ways.back = commonest(trips, true);
        ways.day = busiestDay(trips);
        for (const auto trip : trips)
            if (runs(trip, ways.day)) addDepartures(trip, ways);
        for (auto& times : ways.departures) std::ranges::sort(times);
        ways.trips = ways.departures[0].size() + ways.departures[1].size();
        return ways;
    }

    const std::vector<std::size_t>& tripsOf(std::size_t route) const { return ofRoute_[route]; }
    bool runs(std::size_t trip, std::size_t day) const { return weeks_[feed_.trips[trip].service][day]; }
    std::size_t timesOf(std::size_t trip) const {
        return std::max<std::size_t>(1, feed_.trips[trip].departures.size());
    }

  private:
    /// More stops win among equals, then what stands first.
    std::vector<std::uint32_t> commonest(const std::vector<std::size_t>& trips, bool back) const {
        std::map<std::vector<std::uint32_t>, std::size_t> counts;
        std::vector<std::uint32_t> best;
        std::size_t most = 0;
        for (const auto trip : trips) {
            if (feed_.trips[trip].back != back) continue;
            std::vector<std::uint32_t> stops;
            for (const auto& call : feed_.callsOf(trip)) stops.push_back(call.stop);
            const auto count = counts[stops] += timesOf(trip);
            if (count > most || (count == most && stops.size() > best.size())) best = stops, most = count;
        }
        return best;
    }

    std::size_t busiestDay(const std::vector<std::size_t>& trips) const {
        std::array<std::size_t, 7> counts{};
        for (const auto trip : trips)
            for (std::size_t day = 0; day < counts.size(); ++day)
                if (runs(trip, day)) counts[day] += timesOf(trip);
        return static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin());
    }

    void addDepartures(std::size_t trip, Ways& ways) const {
        auto& into = ways.departures[feed_.trips[trip].back ? 1 : 0];
        const auto& repeated = feed_.trips[trip].departures;
        const auto calls = feed_.callsOf(trip);
        if (!repeated.empty())
            into.insert(into.end(), repeated.begin(), repeated.end());
        else if (!calls.empty() && calls.front().departs >= 0)
            into.push_back(calls.front().departs);
    }

    const GtfsFeed& feed_;
    std::vector<GtfsServices::Week> weeks_;
    std::vector<std::vector<std::size_t>> ofRoute_;
};

class Maker {
  public:
    Maker(const GtfsFeed& feed, std::string title, std::chrono::sys_days asOf)
        : feed_(feed),
          title_(std::move(title)),
          times_(feed, asOf),
          stopsRoutes_(feed.stops.size()),
          stopsTrips_(feed.stops.size()) {}

    GtfsTables make() {
        GtfsTables tables;
        for (std::size_t route = 0; route < feed_.routes.size(); ++route)
            tables.routes.rows.push_back(routeRow(route));
        for (std::size_t stop = 0; stop < feed_.stops.size(); ++stop)
            if (feed_.stops[stop].boards) tables.stops.rows.push_back(stopRow(stop));
        tables.stops.columns = {"id",         "title",  "ward",   "latitude", "longitude",
                                "popularity", "routes", "street", "code"};
        tables.stops.ownNames = {{"id", "stop_id"},         {"title", "stop_name"},  {"latitude", "stop_lat"},
                                 {"longitude", "stop_lon"}, {"street", "stop_desc"}, {"code", "stop_code"}};
        tables.routes.columns = {"id",         "title",          "popularity", "number", "stops",
                                 "stops_back", "first_and_last", "every",      "fare",   "operator"};
        tables.routes.ownNames = {
            {"id", "route_id"}, {"title", "route_long_name"}, {"number", "route_short_name"}};
        return tables;
    }

  private:
    Row routeRow(std::size_t at) {
        const auto& route = feed_.routes[at];
        const auto ways = times_.waysOf(at);
        tellStops(at, ways.day);
        Row row{route.line, {}};
        const auto& number = route.shortName.empty() ? route.longName : route.shortName;
        put(row, "id", entryId(route.id));
        put(row, "title",
            trimmed(replaced(replaced(title_, "{short}", route.shortName), "{long}", route.longName)));
        put(row, "popularity", popularity(ways.trips));
        put(row, "number", number);
        put(row, "stops", names(ways.there));
        put(row, "stops_back", names(ways.back));
        put(row, "first_and_last", firstAndLast(ways));
        put(row, "every", every(ways));
        put(row, "fare", route.fare);
        put(row, "operator", route.runBy);
        return row;
    }

    /// Routes come in the feed's order; a stop's list keeps it.
    void tellStops(std::size_t at, std::size_t day) {
        const auto& route = feed_.routes[at];
        const auto name = trimmed(route.shortName + ' ' + route.longName);
        for (const auto trip : times_.tripsOf(at))
            for (const auto& call : feed_.callsOf(trip)) {
                auto& list = stopsRoutes_[call.stop];
                if (list.empty() || list.back() != name) list.push_back(name);
                if (times_.runs(trip, day)) stopsTrips_[call.stop] += times_.timesOf(trip);
            }
    }

    Row stopRow(std::size_t at) const {
        const auto& stop = feed_.stops[at];
        Row row{stop.line, {}};
        put(row, "id", entryId(stop.id));
        put(row, "title", stop.name);
        put(row, "ward", stop.ward);
        put(row, "latitude", stop.latitude);
        put(row, "longitude", stop.longitude);
        put(row, "popularity", popularity(stopsTrips_[at]));
        put(row, "routes", lines(stopsRoutes_[at]));
        put(row, "street", stop.description);
        put(row, "code", stop.code);
        return row;
    }

    static std::string firstAndLast(const Ways& ways) {
        int first = -1, last = -1;
        for (const auto& times : ways.departures) {
            if (times.empty()) continue;
            first = first < 0 ? times.front() : std::min(first, times.front());
            last = std::max(last, times.back());
        }
        return first < 0 ? "" : clock(first) + " – " + clock(last);
    }

    static std::string every(const Ways& ways) {
        std::vector<int> gaps;
        for (const auto& times : ways.departures)
            for (std::size_t at = 1; at < times.size(); ++at) gaps.push_back(times[at] - times[at - 1]);
        if (gaps.empty()) return "";
        const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
        std::ranges::nth_element(gaps, middle);
        return std::to_string((*middle + 30) / 60);
    }

    std::string names(const std::vector<std::uint32_t>& stops) const {
        std::vector<std::string> all;
        for (const auto stop : stops) all.push_back(feed_.stops[stop].name);
        return lines(all);
    }
    static std::string lines(const std::vector<std::string>& all) {
        std::string text;
        for (const auto& line : all) text += (text.empty() ? "" : "\n") + line;
        return text;
    }
    static std::string popularity(std::size_t trips) {
        return std::to_string(std::min<std::size_t>(trips, kMostPopular));
    }
    static void put(Row& row, const char* column, const std::string& cell) {
        if (!cell.empty()) row.cells[column] = cell;
    }

    const GtfsFeed& feed_;
    std::string title_;
    Timetables times_;
    std::vector<std::vector<std::string>> stopsRoutes_;
    std::vector<std::size_t> stopsTrips_;
};

}  // namespace

base::Result<GtfsTables> readGtfs(const GtfsFiles& files, const std::string& feed, const std::string& title,
                                  std::chrono::sys_days asOf, Faults& faults) {
    const auto before = faults.size();
    const auto read = readGtfsFeed({files, feed, faults});
    if (!read) return tl::unexpected(read.error());
    if (faults.size() > before || before == kMaxFaults) return GtfsTables();
    auto tables = Maker(*read, title, asOf).make();
    tables.lastDay = read->services.lastDay();
    return tables;
}

}  // namespace tram::publish
