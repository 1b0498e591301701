// What a city publishes: kinds, tables, and the documents that are signed.
#include "Corpus.h"
#include "Fixed.h"
#include "map/Sketch.h"
#include "trust/Manifest.h"
#include "trust/Root.h"

namespace tram::seeds {

namespace {

constexpr int kKind = 0, kHours = 1, kValue = 2, kTable = 3, kRoot = 4, kManifest = 5, kCosigned = 6,
              kFeed = 7, kAreas = 8, kAreaBytes = 9, kForm = 10, kSurvey = 11, kAnswers = 12, kGuideForm = 13,
              kGuide = 14, kReasons = 15;

std::string root() {
    trust::Root root;
    root.version = 1;
    root.signedAt = fixed::now();
    root.expires = fixed::now() + std::chrono::hours(24);
    for (const auto role : {trust::Role::Root, trust::Role::Content, trust::Role::Alerts, trust::Role::Staff})
        root.roles[role] = {{fixed::signing().verifyKey()}, 1};
    return root.toJson();
}

std::string manifest() {
    return trust::Manifest{
        1, fixed::now(), fixed::now() + std::chrono::hours(24), {{"city", std::string(64, 'a'), 1000}}}
        .toJson();
}

}  // namespace

void contentCorpus(Corpus into) {
    for (const char* kind : {"pharmacy", "certificate"})
        into.add(kKind, resource((std::string("catalogue/kinds/") + kind + ".json").c_str()));
    for (const char* hours : {"24/7", "Mo-Fr 07:30-11:30,13:00-17:00; Sa off; PH off", "Sa-Mo 08:00-24:00"})
        into.add(kHours, hours);
    const std::string values[] = {"12 Lê Lợi",     "Một\nHai",
                                  "Một\nHai",      "a",
                                  "1200",          "2000",
                                  "2024-02-29",    "Mo-Fr 08:00-17:00",
                                  "028 3829 7005", "https://hcmc.gov.vn/a?b=c"};
    for (std::size_t type = 0; type < std::size(values); ++type)
        into.add(kValue, static_cast<char>(type) + values[type]);
    // By the kind's place in the catalogue: agency, clinic.
    into.add(kTable, '\0' + beginning(resource("demo/city/agencies.csv"), 5));
    into.add(kTable, '\4' + beginning(resource("demo/city/clinics.csv"), 5));
    into.add(kRoot, root());
    into.add(kManifest, manifest());
    into.add(kCosigned, slip(0, 20, 'x') + slip(2, 30, 'y'));
    // By the file's place in the feed's alphabet.
    const char* const files[] = {"agency",      "calendar", "calendar_dates", "fare_attributes", "fare_rules",
                                 "frequencies", "routes",   "stop_times",     "stops",           "trips"};
    for (std::size_t at = 0; at < std::size(files); ++at)
        into.add(kFeed,
                 static_cast<char>(at) +
                     beginning(resource((std::string("demo/city/bus/") + files[at] + ".txt").c_str()), 4));
    into.add(kFeed,
             std::string("\5") + "trip_id,start_time,end_time,headway_secs\nt,05:00:00,06:00:00,600\n");
    into.add(kAreas, resource("demo/city/flood.geojson"));
    const pack::Ring ring = {{10.7, 106.6}, {10.7, 106.7}, {10.8, 106.7}, {10.7, 106.6}};
    into.add(kAreaBytes, pack::toBytes({{{{ring, ring}}}}));
    for (const char* survey : {"service", "park", "meeting"}) {
        const auto text = resource((std::string("demo/city/survey_") + survey + ".json").c_str());
        into.add(kSurvey, text);
        const auto form = text.find("\"form\": {") + 8;
        into.add(kForm, std::string_view(text).substr(form, text.rfind('}') - form));
    }
    into.add(
        kAnswers,
        R"({"viec": "khac", "viec-khac": "Hỏi đường", "cho": 12, "hai-long": 2, "chua-tot": ["cho-lau"]})");
    into.add(kAnswers, R"({"viec": "chua-den", "gio": ["som", "toi"], "gop-y": "a\nb"})");
    into.add(kReasons, resource("content/rating.json"));
    for (const char* guide : {"ttgt", "khieu_nai_to_cao"}) {
        const auto text = resource((std::string("demo/city/guide_") + guide + ".json").c_str());
        into.add(kGuide, text);
        const auto own = text.find("\"guide\": {") + 9;
        into.add(kGuideForm, std::string_view(text).substr(own, text.rfind('}') - own));
    }
}

void mapCorpus(Corpus into) {
    const map::Sketch sketch(
        {"Sơ đồ", "A sketch"},
        {{map::Ground::Park, "P", {{{10.7, 106.6}, {10.7, 106.7}, {10.8, 106.7}, {10.7, 106.6}}}, {}},
         {map::Ground::Lane, "", {{{10.7, 106.6}, {10.8, 106.7}}}, {}}});
    into.add(0, sketch.toBytes());
    into.add(
        1,
        R"({"type":"FeatureCollection","note":{"vi":"x","en":"y"},"features":[{"type":"Feature","properties":{"ground":"park",
"name":"P"},"geometry":{"type":"Polygon","coordinates":[[[106.6,10.7],[106.7,10.7],[106.7,10.8],[106.6,10.7]]]}},
{"type":"Feature","properties":{"ground":"lane"},"geometry":{"type":"LineString","coordinates":[[106.6,10.7],[106.7,10.8]]}}]})");
    into.add(2, "");
    into.add(2, slip(0, 600, 'x') + slip(0, 1100, 'y'));
    into.add(3, std::string("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0", 24));
    into.add(3, std::string("\xFF\xD8\xFF\xE0\0\4ab\xFF\xC0\0\x11\10\1\0\1\0", 17));
    into.add(4, "<a href=\"x\">&copy; OpenStreetMap</a>");
    into.add(5, number(0x0010002000300040, 8) + number(0x7FFF8000FF000001, 8));
}

}  // namespace tram::seeds
