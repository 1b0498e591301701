#include "publish/PackSources.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>

#include "pack/PackFile.h"
#include "pack/PackSearch.h"
#include "pack/PackWriter.h"
#include "publish/PackDiff.h"
#include "tests/support/SigningCity.h"
#include "tests/support/TempDir.h"

using namespace tram;
using publish::Fault;
using publish::Faults;

namespace {

const catalogue::Catalogue& kinds() {
    static const auto loaded = catalogue::Catalogue::load(TRAM_SOURCE_DIR "/resources/catalogue").value();
    return loaded;
}
const content::WardDirectory& wards() {
    static const auto loaded = content::WardDirectory::load(TRAM_SOURCE_DIR "/resources/content").value();
    return loaded;
}

constexpr const char* kHead = "id,title,ward,latitude,longitude,level,address,pupils\n";
const std::string kRight = "ban-co,Trường Tiểu học Bàn Cờ,27154,10.77,106.68,tieu-hoc,16 Lê Lợi,820\n";

/// A folder with pack.json and one table of schools.
struct Desk {
    test::TempDir dir;

    explicit Desk(const std::string& csv = kHead + kRight) {
        put("pack.json", R"({"v": 1, "name": "places", "source": "Sở mẫu", "as_of": "2026-11-01T00:00:00Z",
                             "sources": [{"kind": "school", "file": "schools.csv"}]})");
        put("schools.csv", csv);
    }
    void put(const std::string& name, const std::string& text) const {
        std::ofstream(dir / name, std::ios::binary) << text;
    }
    base::Result<publish::Collected> collect() const {
        return publish::collect(dir.path(), kinds(), wards(), test::at("2026-11-30T00:00:00Z"));
    }
    Faults faults() const {
        const auto collected = collect();
        REQUIRE(collected);
        return collected->faults;
    }
};

Faults faultsOf(const std::string& csv) {
    return Desk(csv).faults();
}

/// Of the first thing that is wrong in pack.json: its place and what was expected.
std::string refusal(const std::string& order) {
    Desk desk;
    desk.put("pack.json", order);
    const auto faults = desk.faults();
    REQUIRE_FALSE(faults.empty());
    CHECK(faults[0].file == "pack.json");
    CHECK(faults[0].number > 0);
    return faults[0].column + ' ' + faults[0].expected;
}

}  // namespace

TEST_CASE("a table becomes a pack that is searched") {
    const Desk desk(kHead + kRight + "x,Trường khác,Phường Bàn Cờ,,,thcs,1 Lê Lai,\n");
    const auto withoutPlace = desk.faults();
    CHECK(withoutPlace == Faults{{"schools.csv", 3, "latitude", "required"}});

    auto collected = Desk().collect();
    REQUIRE(collected);
    REQUIRE(collected->faults.empty());
    REQUIRE(pack::writePack(desk.dir / "a.pack", collected->about, std::move(collected->entries)));
    const auto file = pack::PackFile::open(desk.dir / "a.pack");
    REQUIRE(file);
    CHECK(file->about() == pack::PackAbout{"places", "Sở mẫu", "2026-11-01T00:00:00Z"});
    // By title, by a searched field, by the ward's present and former names, by the label of a choice.
    for (const char* typed : {"ban co", "16 le loi", "phuong ban co", "phuong 2 quan 3", "tieu hoc"}) {
        INFO(typed);
        const auto found = pack::search(*file, {.typed = typed});
        REQUIRE(found.size() == 1);
        CHECK(found[0].entry.fields == R"({"address":"16 Lê Lợi","level":"tieu-hoc","pupils":820})");
        CHECK(found[0].entry.ward == "27154");
    }
}

TEST_CASE("a ward may be told by its name, in either spelling") {
    auto collected = Desk(std::string(kHead) + "a,T,Phường Xuân Hoà,10.77,106.68,thcs,1 Lê Lai,\n" +
                          "b,T,Phường Xuân Hòa,10.77,106.68,thcs,1 Lê Lai,\n")
                         .collect();
    REQUIRE(collected);
    REQUIRE(collected->faults.empty());
    CHECK(collected->entries[0].ward == collected->entries[1].ward);
    CHECK_FALSE(collected->entries[0].ward.empty());
}

TEST_CASE("what is wrong is told exact to row and column, all of it at once") {
    const auto faults = faultsOf(std::string(kHead) +
                                 "a b,Trường,27154,10.77,106.68,thcs,1 Lê Lai,\n"
                                 "a,,27154,10.77,106.68,thcs,1 Lê Lai,\n"
                                 "a,Trường,99999,10.77,106.68,thcs,1 Lê Lai,\n"
                                 "b,Trường,27154,106.68,10.77,thcs,1 Lê Lai,\n"
                                 "c,Trường,27154,48.85,2.35,thcs,1 Lê Lai,\n"
                                 "d,Trường,27154,\"10,77\",106.68,THCS,,nhiều\n");
    CHECK(faults == Faults{{"schools.csv", 2, "id", "id"},
                           {"schools.csv", 3, "title", "required"},
                           {"schools.csv", 4, "id", "id_once"},
                           {"schools.csv", 4, "ward", "ward"},
                           {"schools.csv", 5, "latitude", "coordinates_swapped"},
                           {"schools.csv", 6, "latitude", "in_vietnam"},
                           {"schools.csv", 7, "latitude", "degrees"},
                           {"schools.csv", 7, "level", "choice"},
                           {"schools.csv", 7, "address", "required"},
                           {"schools.csv", 7, "pupils", "number"}});
}

TEST_CASE("lines are counted as an editor counts them, also after a cell of several lines") {
    CHECK(faultsOf(std::string(kHead) +
                   "a,\"Trường\",27154,10.77,106.68,thcs,\"1 Lê\nLai\",\nb,,,10,106,x,y,\n")[0]
              .number == 2);
    CHECK(faultsOf(std::string(kHead) + "a,T,27154,10.77,106.68,thcs,\"1 Lê Lai\",\r\n" +
                   "b,,27154,10.77,106.68,thcs,x,\r\n") == Faults{{"schools.csv", 3, "title", "required"}});
}

TEST_CASE("tables of other programs are read or refused in one word") {
    CHECK(faultsOf("\xEF\xBB\xBF" + (kHead + kRight)).empty());
    CHECK(faultsOf("id\ttitle\tlevel\na\tb\tc\n") == Faults{{"schools.csv", 1, "", "comma"}});
    std::string semicolons = kHead + kRight;
    std::ranges::replace(semicolons, ',', ';');
    CHECK(faultsOf(semicolons).empty());
    CHECK(faultsOf("id;title;ward;latitude;longitude;level;address;pupils\r\n"
                   "a;T;27154;10,77;106.68;thcs;\"1 Lê Lai; Quận 1, cũ\";\r\n") ==
          Faults{{"schools.csv", 2, "latitude", "degrees"}});
    CHECK(faultsOf(std::string("\xFF\xFE") + "i") == Faults{{"schools.csv", 1, "", "utf8"}});
    CHECK(faultsOf(std::string(kHead) + kRight + "b,Tr\xB6\xF5ng,27154,10.77,106.68,thcs,x,\n") ==
          Faults{{"schools.csv", 3, "", "utf8"}});
    CHECK(faultsOf("") == Faults{{"schools.csv", 1, "", "csv_empty"}});
    CHECK(faultsOf(std::string(kHead) + "a,b\n") == Faults{{"schools.csv", 2, "", "csv_fields:8:2"}});
    CHECK(faultsOf(std::string(kHead) + "\"a,b\n") == Faults{{"schools.csv", 2, "", "csv_unclosed"}});
    CHECK(faultsOf(std::string(kHead) + "a \"b\"\n") == Faults{{"schools.csv", 2, "", "csv_quotes"}});
    CHECK(faultsOf(std::string(kHead) + "\"a\"b,\n") == Faults{{"schools.csv", 2, "", "csv_separator"}});
    CHECK(faultsOf("id,title,colour,id\n") == Faults{{"schools.csv", 1, "colour", "no_such_column"},
                                                     {"schools.csv", 1, "id", "column_once"},
                                                     {"schools.csv", 1, "latitude", "column"},
                                                     {"schools.csv", 1, "longitude", "column"},
                                                     {"schools.csv", 1, "level", "column"},
                                                     {"schools.csv", 1, "address", "column"}});
}

TEST_CASE("no more faults are told than a person reads") {
    std::string csv = kHead;
    for (int at = 0; at < 1000; ++at) csv += "!,,,,,,,\n";
    CHECK(faultsOf(csv).size() == publish::kMaxFaults);
    std::string columns = "id";
    for (int at = 0; at < 1000; ++at) columns += ",c" + std::to_string(at);
    CHECK(faultsOf(columns + "\n").size() == publish::kMaxFaults);
}

TEST_CASE("pack.json is refused when it is not of its shape") {
    CHECK(refusal("[]") == " survey_object");
    CHECK(refusal(
              R"({"v": 1, "name": "A b", "source": "x", "as_of": "2026-11-01T00:00:00Z", "sources": []})") ==
          "name survey_slug");
    CHECK(refusal(R"({"v": 1, "name": "a", "source": "x", "as_of": "hôm qua", "sources": []})") ==
          "as_of rfc3339");
    CHECK(refusal(R"({"v": 1, "name": "a", "source": "x", "as_of": "2026-11-01T00:00:00Z",
                      "sources": [{"kind": "school", "file": "../../etc/passwd"}]})") ==
          "sources[0].file file_name");
    CHECK(refusal(R"({"v": 1, "name": "a", "source": "x", "as_of": "2026-11-01T00:00:00Z",
                      "sources": [{"kind": "school", "file": "schools.csv", "same": {"level": 1}}]})") ==
          "sources[0].same texts");
    Desk desk;
    desk.put("pack.json",
             "{\"v\": 1, \"name\": \"a\", \"source\": \"x\", \"as_of\": \"2026-11-01T00:00:00Z\",\n"
             "\"sources\": [{\"kind\": \"school\", \"file\": \"schools.csv\"},\n"
             "{\"kind\": \"dragon\", \"file\": \"schools.csv\"}], \"colour\": \"red\"}");
    CHECK(desk.faults() == Faults{{"pack.json", 3, "sources[1].kind", "kind:dragon"},
                                  {"pack.json", 3, "colour", "survey_member"}});
    desk.put("pack.json", "{\"v\": 1,\n \"name\" \"a\"}");
    CHECK(desk.faults() == Faults{{"pack.json", 2, "", "json", 11}});
    desk.put("pack.json", "{\"v\": 1,\n \"v\": 1}");
    CHECK(desk.faults() == Faults{{"pack.json", 2, "", "json_once", 4}});
    desk.put("pack.json", "{\"v\": 1,\n \"name\": \"Tr\xB6\xF5ng\"}");
    CHECK(desk.faults() == Faults{{"pack.json", 2, "", "utf8", 13}});
}

TEST_CASE("a pack that is told from the future is refused, by more than a day") {
    const auto from = [](const std::string& asOf) {
        Desk desk;
        desk.put("pack.json", R"({"v": 1, "name": "a", "source": "x", "as_of": ")" + asOf +
                                  R"(", "sources": [{"kind": "school", "file": "schools.csv"}]})");
        return desk.faults();
    };
    CHECK(from("2026-12-01T00:00:00Z").empty());
    CHECK(from("2026-12-01T00:00:01Z") == Faults{{"pack.json", 1, "as_of", "not_ahead"}});
    CHECK(from("2999-01-01T00:00:00Z") == Faults{{"pack.json", 1, "as_of", "not_ahead"}});
}

TEST_CASE("a table without a row is worth a word, and a pack of nothing is none") {
    Desk desk(kHead);
    CHECK(desk.faults() == Faults{{"pack.json", 0, "", "nothing"}});
    desk.put("pack.json", R"({"v": 1, "name": "places", "source": "x", "as_of": "2026-11-01T00:00:00Z",
        "sources": [{"kind": "school", "file": "schools.csv"}, {"kind": "school", "file": "more.csv"}]})");
    desk.put("more.csv", kHead + kRight);
    const auto collected = desk.collect();
    REQUIRE(collected);
    CHECK(collected->faults.empty());
    CHECK(collected->warnings == Faults{{"schools.csv", 0, "", "no_rows"}});
}

TEST_CASE("two tables of one kind share its ids") {
    const Desk desk;
    desk.put("pack.json", R"({"v": 1, "name": "places", "source": "x", "as_of": "2026-11-01T00:00:00Z",
        "sources": [{"kind": "school", "file": "schools.csv"}, {"kind": "school", "file": "more.csv"}]})");
    desk.put("more.csv", kHead + kRight);
    CHECK(desk.faults() == Faults{{"more.csv", 2, "id", "id_once"}});
}

TEST_CASE("a difference between two packs is told by entry") {
    const Desk desk;
    const auto write = [&](const char* name, const std::string& csv) {
        desk.put("schools.csv", kHead + csv);
        auto collected = desk.collect();
        REQUIRE(collected);
        REQUIRE(collected->faults.empty());
        REQUIRE(pack::writePack(desk.dir / name, collected->about, std::move(collected->entries)));
        return pack::PackFile::open(desk.dir / name).value();
    };
    const std::string rest = ",27154,10.77,106.68,thcs,x,";
    const auto before = write("a.pack", "a,A" + rest + "\nb,B" + rest + "\nc,C" + rest + "1\n");
    const auto after = write("b.pack", "b,B" + rest + "\nc,C" + rest + "2\nd,D" + rest + "\n");
    using publish::Change;
    CHECK(publish::differences(before, after) ==
          std::vector<publish::Difference>{{Change::Removed, "school", "a", "A"},
                                           {Change::Changed, "school", "c", "C"},
                                           {Change::Added, "school", "d", "D"}});
    CHECK(publish::differences(after, after).empty());
}

TEST_CASE("a folder of GTFS becomes stops and routes, and faults are told by its own columns") {
    const Desk desk;
    std::filesystem::copy(TRAM_SOURCE_DIR "/resources/demo/city/bus", desk.dir / "bus");
    desk.put("pack.json", R"({"v": 1, "name": "bus", "source": "x", "as_of": "2026-11-28T00:00:00+07:00",
        "sources": [{"kind": "bus-route", "gtfs": "bus", "table": "routes", "title": "Tuyến {short}: {long}"},
                    {"kind": "bus-stop", "gtfs": "bus", "table": "stops"}]})");
    const auto collected = desk.collect();
    REQUIRE(collected);
    CHECK(collected->faults.empty());
    REQUIRE(collected->entries.size() == 6 + 72);
    CHECK(collected->entries[0].title == "Tuyến 3: Bến Thành – Thạnh Lộc");
    CHECK_FALSE(collected->entries.back().ward.empty());
    CHECK(collected->warnings.empty());
    const auto later = publish::collect(desk.dir.path(), kinds(), wards(), test::at("2030-01-01T00:00:00Z"));
    REQUIRE(later);
    REQUIRE(later->warnings.size() == 1);  // of both tables of the feed
    CHECK(later->warnings[0].file == "bus");
    CHECK(later->warnings[0].expected == "gtfs_ended:2027-06-30");

    desk.put("bus/stops.txt", "stop_id,stop_name,stop_lat,stop_lon\na,A,106.7,10.7\nb,,10.7,106.7\n");
    desk.put("bus/stop_times.txt", "trip_id,departure_time,stop_id,stop_sequence\n");
    CHECK(desk.faults() == Faults{{"bus/stops.txt", 2, "stop_lat", "coordinates_swapped"},
                                  {"bus/stops.txt", 3, "stop_name", "required"}});
    std::filesystem::remove(desk.dir / "bus/stops.txt");
    const auto missing = desk.collect();
    REQUIRE_FALSE(missing);
    CHECK(missing.error().fact("path") == (desk.dir / "bus/stops.txt").string());
}

TEST_CASE("a feed is named by a folder beside pack.json and one of its two tables") {
    const auto with = [](const std::string& source) {
        return refusal(
            R"({"v": 1, "name": "a", "source": "x", "as_of": "2026-11-01T00:00:00Z", "sources": [)" + source +
            "]}");
    };
    CHECK(with(R"({"kind": "bus-stop", "gtfs": "../bus", "table": "stops"})") == "sources[0].gtfs file_name");
    CHECK(with(R"({"kind": "bus-stop", "gtfs": "bus", "table": "trips"})") ==
          "sources[0].table one_of:stops, routes");
    CHECK(with(R"({"kind": "bus-stop", "gtfs": "bus", "table": "stops", "title": "x"})") ==
          "sources[0].title survey_member");
    CHECK(with(R"({"kind": "bus-stop", "gtfs": "bus", "table": "stops", "file": "x"})") ==
          "sources[0].file survey_member");
}

TEST_CASE("an enrolment area is found by a place in it, and a kind without areas has none") {
    const Desk desk;
    const auto order = [&](const char* kind) {
        desk.put(
            "pack.json",
            R"({"v": 1, "name": "a", "source": "x", "as_of": "2026-11-01T00:00:00Z", "sources": [{"kind": ")" +
                std::string(kind) + R"(", "file": "areas.geojson"}]})");
    };
    std::filesystem::copy_file(TRAM_SOURCE_DIR "/resources/demo/city/enrolment_areas.geojson",
                               desk.dir / "areas.geojson");
    order("enrolment-area");
    auto collected = desk.collect();
    REQUIRE(collected);
    REQUIRE(collected->faults.empty());
    REQUIRE(pack::writePack(desk.dir / "a.pack", collected->about, std::move(collected->entries)));
    const auto file = pack::PackFile::open(desk.dir / "a.pack");
    REQUIRE(file);
    const auto at = file->areasAt({10.7702, 106.6815});  // the kiosk's own place
    REQUIRE(at.size() == 1);
    CHECK(at[0].id == "tuyen-27154-a");
    CHECK(file->areasAt({10.7747, 106.6920}).empty());  // the park, a hole

    desk.put("areas.geojson",
             R"({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null, "properties":
                 {"id": "a", "title": "A", "school": "B", "year": "2026"}}]})");
    CHECK(desk.faults() == Faults{{"areas.geojson", 1, "geometry", "required"}});
    order("certificate");
    desk.put("areas.geojson",
             R"({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "Polygon",
                 "coordinates": [[[106.6,10.7],[106.7,10.7],[106.7,10.8],[106.6,10.7]]]}, "properties":
                 {"id": "a", "title": "A", "number": "1", "field": "F",
                 "expires": "2027-01-01"}}]})");
    CHECK(desk.faults() == Faults{{"areas.geojson", 1, "geometry", "no_area"}});
}
