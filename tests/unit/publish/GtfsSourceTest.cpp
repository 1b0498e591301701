#include "publish/GtfsSource.h"

#include <catch2/catch.hpp>

#include "publish/EntryId.h"

using namespace tram;
using namespace tram::publish;
using std::chrono::day, std::chrono::month, std::chrono::year;

namespace {

using Files = std::map<std::string, std::string>;

/// One route there and back, on weekdays often, on Saturdays twice.
Files feed() {
    return {{"agency.txt", "agency_id,agency_name\nx,Xe Mẫu\n"},
            {"stops.txt",
             "stop_id,stop_code,stop_name,stop_desc,stop_lat,stop_lon,location_type,ward\n"
             "a,M 1,Chợ,Lê Lợi,10.77,106.68,,27154\n"
             "Trạm B/2,,Cầu,,10.78,106.69,0,\n"
             "c,,Bến,,10.79,106.70,0,\n"
             "s,,Ga,,10.79,106.70,1,\n"},
            {"routes.txt",
             "route_id,agency_id,route_short_name,route_long_name,route_type\n"
             "r,x,8,Chợ – Bến,3\n"},
            {"trips.txt",
             "route_id,service_id,trip_id,direction_id\n"
             "r,wd,t1,0\nr,wd,t2,0\nr,wd,t3,0\nr,wd,short,0\nr,wd,u,1\nr,sat,n,0\n"},
            {"stop_times.txt",
             "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
             "t1,05:00:00,5:00:00,a,1\nt1,,,Trạm B/2,5\nt1,05:30:00,05:30:00,c,9\n"
             "t2,05:10:00,05:10:00,a,1\nt2,,,Trạm B/2,2\nt2,05:40:00,05:40:00,c,3\n"
             "t3,05:40:00,05:40:00,c,3\nt3,,,Trạm B/2,2\nt3,05:22:00,05:22:00,a,1\n"  // in no order
             "short,06:30:00,06:30:00,a,1\nshort,06:40:00,06:40:00,c,2\n"
             "u,25:10:00,25:10:00,c,1\nu,25:40:00,25:40:00,a,2\n"
             "n,04:00:00,04:00:00,a,1\nn,04:10:00,04:10:00,c,2\n"},
            {"calendar.txt",
             "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,"
             "end_date\nwd,1,1,1,1,1,0,0,20261101,20261231\n"},
            {"calendar_dates.txt", "service_id,date,exception_type\nsat,20261205,1\nwd,20261202,2\n"}};
}

GtfsTables read(const Files& files, Faults& faults) {
    const GtfsFiles reader = [&](const std::string& name) -> base::Result<std::string> {
        const auto found = files.find(name);
        if (found == files.end()) return base::fail(base::ProblemKind::FileMissing, {{"path", name}});
        return found->second;
    };
    return readGtfs(reader, "bus", "Tuyến {short}: {long}", year(2026) / month(11) / day(28), faults).value();
}

GtfsTables read(const Files& files) {
    Faults faults;
    auto tables = read(files, faults);
    CHECK(faults.empty());
    return tables;
}

/// What is told of the feed once `file` is `text`.
Faults told(const char* file, const std::string& text) {
    auto files = feed();
    files[file] = text;
    Faults faults;
    const auto tables = read(files, faults);
    CHECK(tables.stops.columns.empty() == !faults.empty());
    return faults;
}

/// One line more.
Faults with(const char* file, const std::string& row) {
    return told(file, feed()[file] + row + '\n');
}

std::string line(const char* file, int number, const char* column, const char* expected) {
    return std::string(file) + ':' + std::to_string(number) + ':' + column + ':' + expected;
}
std::string only(const Faults& faults) {
    REQUIRE(faults.size() == 1);
    const auto& one = faults[0];
    return line(one.file.c_str(), one.number, one.column.c_str(), one.expected.c_str());
}

}  // namespace

TEST_CASE("a feed's route is told by its commonest trips and its busiest day") {
    const auto tables = read(feed());
    REQUIRE(tables.routes.rows.size() == 1);
    CHECK(tables.routes.rows[0].number == 2);
    CHECK(tables.routes.rows[0].cells ==
          std::map<std::string, std::string>{{"id", "r"},
                                             {"title", "Tuyến 8: Chợ – Bến"},
                                             {"popularity", "5"},
                                             {"number", "8"},
                                             {"stops", "Chợ\nCầu\nBến"},
                                             {"stops_back", "Bến\nChợ"},
                                             {"first_and_last", "05:00 – 01:10"},
                                             {"every", "12"},
                                             {"operator", "Xe Mẫu"}});
}

TEST_CASE("a feed's stops know the routes that call there") {
    const auto tables = read(feed());
    REQUIRE(tables.stops.rows.size() == 3);  // the station is none
    CHECK(tables.stops.rows[0].cells == std::map<std::string, std::string>{{"id", "a"},
                                                                           {"title", "Chợ"},
                                                                           {"ward", "27154"},
                                                                           {"latitude", "10.77"},
                                                                           {"longitude", "106.68"},
                                                                           {"popularity", "5"},
                                                                           {"routes", "8 Chợ – Bến"},
                                                                           {"street", "Lê Lợi"},
                                                                           {"code", "M 1"}});
    CHECK(tables.stops.rows[1].number == 3);
    CHECK(tables.stops.rows[1].at("popularity") == "3");
    const auto& id = tables.stops.rows[1].at("id");
    CHECK(id == derivedId("Trạm B/2"));
    CHECK(isEntryId(id));
    CHECK(tables.stops.ownNames.at("latitude") == "stop_lat");
}

TEST_CASE("frequencies count as departures, and fares by the route's one price") {
    auto files = feed();
    files["frequencies.txt"] =
        "trip_id,start_time,end_time,headway_secs\nt1,05:00:00,06:00:00,600\nt1,23:00:00,25:00:01,3600\n";
    files["fare_attributes.txt"] = "fare_id,price,currency_type\nf,6000,VND\ng,7000,VND\n";
    files["fare_rules.txt"] = "fare_id,route_id\nf,r\nf,r\n";
    const auto row = read(files).routes.rows[0];
    CHECK(row.at("first_and_last") == "05:00 – 01:10");
    CHECK(row.at("popularity") == "13");  // nine, three others there, one back
    CHECK(row.at("fare") == "6000");
    files["fare_rules.txt"] = "fare_id,route_id\nf,r\ng,r\n";
    CHECK(read(files).routes.rows[0].at("fare").empty());
    files.erase("fare_rules.txt");
    CHECK(read(files).routes.rows[0].at("fare").empty());
    files["fare_attributes.txt"] = "fare_id,price,currency_type\ng,7000,VND\n";
    CHECK(read(files).routes.rows[0].at("fare") == "7000");
}

TEST_CASE("a feed without a calendar is told as one, and one of its two files is enough") {
    auto files = feed();
    files.erase("calendar.txt");
    files["calendar_dates.txt"] += "wd,20261201,1\n";
    CHECK(read(files).routes.rows[0].at("popularity") == "5");
    files.erase("calendar_dates.txt");
    Faults faults;
    read(files, faults);
    REQUIRE(faults.size() >= 1);
    CHECK(faults[0] == Fault{"bus/calendar.txt", 0, "", "gtfs_calendar"});
}

TEST_CASE("a timetable that has ended or has not begun is told by its own first or last week") {
    auto files = feed();
    files.erase("calendar_dates.txt");
    files["trips.txt"] = "route_id,service_id,trip_id,direction_id\nr,wd,t1,\n";
    files["stop_times.txt"] = "trip_id,departure_time,stop_id,stop_sequence\nt1,05:00:00,a,1\nt1,,c,2\n";
    for (const char* dates : {"20250101,20250601", "20270101,20271231", "20261124,20261126"}) {
        files["calendar.txt"] =
            std::string("service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,") +
            "end_date\nwd,1,1,1,1,1,1,1," + dates + "\n";
        CHECK(read(files).routes.rows[0].at("first_and_last") == "05:00 – 05:00");
    }
}

TEST_CASE("what is wrong in a feed is told by file, line and column") {
    CHECK(only(with("stops.txt", "a,,Khác,,10.7,106.6,,")) == line("bus/stops.txt", 6, "stop_id", "id_once"));
    CHECK(only(with("routes.txt", "q,y,9,,3")) == line("bus/routes.txt", 3, "agency_id", "reference"));
    CHECK(only(with("routes.txt", "q,x,,,3")) == line("bus/routes.txt", 3, "route_short_name", "required"));
    CHECK(only(with("trips.txt", "z,wd,t9,0")) == line("bus/trips.txt", 8, "route_id", "reference"));
    CHECK(only(with("trips.txt", "r,sun,t9,0")) == line("bus/trips.txt", 8, "service_id", "reference"));
    CHECK(only(with("trips.txt", "r,wd,t1,0")) == line("bus/trips.txt", 8, "trip_id", "id_once"));
    CHECK(only(with("trips.txt", "r,wd,t9,2")) == line("bus/trips.txt", 8, "direction_id", "direction"));
    const char* times = "bus/stop_times.txt";
    CHECK(only(with("stop_times.txt", "t9,,5:00:00,a,1")) == line(times, 17, "trip_id", "reference"));
    CHECK(only(with("stop_times.txt", "t1,,5:00:00,s,2")) == line(times, 17, "stop_id", "reference"));
    CHECK(only(with("stop_times.txt", "t1,,5:00:00,a,5")) == line(times, 17, "stop_sequence", "id_once"));
    CHECK(only(with("stop_times.txt", "t1,,5:00:00,a,-1")) == line(times, 17, "stop_sequence", "number"));
    for (const char* time : {"5:00", "24:60:00", "5:0:00", "100:00:00", "05:00:00 ", "-1:00:00", "05-00-00"})
        CHECK(only(with("stop_times.txt", std::string("t1,,") + time + ",a,2")) ==
              line(times, 17, "departure_time", "time"));
    const char* dates = "bus/calendar_dates.txt";
    CHECK(only(with("calendar_dates.txt", "wd,20260230,1")) == line(dates, 4, "date", "gtfs_date"));
    CHECK(only(with("calendar_dates.txt", "wd,20261202,1")) == line(dates, 4, "date", "id_once"));
    CHECK(only(with("calendar_dates.txt", "wd,20261203,3")) ==
          line(dates, 4, "exception_type", "exception_type"));
    CHECK(only(with("calendar.txt", "e,1,1,1,1,1,0,0,20261102,20261101")) ==
          line("bus/calendar.txt", 3, "end_date", "not_before_start"));
    CHECK(only(with("calendar.txt", "e,2,1,1,1,1,0,0,20261101,20261102")) ==
          line("bus/calendar.txt", 3, "monday", "number"));
    CHECK(
        only(told("frequencies.txt", "trip_id,start_time,end_time,headway_secs\nt1,05:00:00,06:00:00,0\n")) ==
        line("bus/frequencies.txt", 2, "headway_secs", "headway"));
    CHECK(only(told("fare_attributes.txt", "fare_id,price,currency_type\nf,1,USD\n")) ==
          line("bus/fare_attributes.txt", 2, "currency_type", "vnd"));
    CHECK(told("stop_times.txt", "trip_id,stop_id\nt1,a\n") ==
          Faults{{times, 1, "stop_sequence", "column"}, {times, 1, "departure_time", "column"}});
    CHECK(only(told("stop_times.txt", "trip_id,departure_time,stop_id,stop_sequence\n\"")) ==
          line(times, 2, "", "csv_unclosed"));
}

TEST_CASE("a file that every feed has is missed by its name, and faults end") {
    for (const char* name : {"agency.txt", "stops.txt", "routes.txt", "trips.txt", "stop_times.txt"}) {
        auto files = feed();
        files.erase(name);
        Faults faults;
        const GtfsFiles reader = [&](const std::string& asked) -> base::Result<std::string> {
            if (const auto found = files.find(asked); found != files.end()) return found->second;
            return base::fail(base::ProblemKind::FileMissing, {{"path", asked}});
        };
        const auto missing = readGtfs(reader, "bus", "", {}, faults);
        REQUIRE_FALSE(missing);
        CHECK(missing.error().fact("path") == name);
    }
    std::string times = "trip_id,departure_time,stop_id,stop_sequence\n";
    for (int at = 0; at < 1000; ++at) times += "t9,x,y,z\n";
    CHECK(told("stop_times.txt", times).size() == kMaxFaults);
}

TEST_CASE("an id that no entry may have is derived, and stays") {
    CHECK(entryId("tram-001.A_b") == "tram-001.A_b");
    CHECK(entryId("Trạm 1") == entryId("Trạm 1"));
    CHECK(entryId("Trạm 1") != entryId("Trạm 2"));
    CHECK(entryId(std::string(65, 'a')).size() == 16);
    CHECK(entryId("").empty());
}
