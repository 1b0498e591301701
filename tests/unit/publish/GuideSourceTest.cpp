#include "publish/GuideSource.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "catalogue/Values.h"
#include "form/Guide.h"
#include "publish/PackSources.h"
#include "tests/support/SigningCity.h"
#include "tests/support/TempDir.h"

using namespace tram;
using publish::Fault;
using publish::Faults;

namespace {

const std::string kGuide = R"({
  "v": 1, "id": "mau-1", "topic": "ung-dung",
  "also_found_by": "mẫu",
  "guide": {
    "v": 1,
    "title": {"vi": "Hướng dẫn mẫu", "en": "A sample"},
    "intro": {"vi": "Dữ liệu mẫu", "en": "Sample data"},
    "steps": [
      {"id": "mot", "title": {"vi": "Một", "en": "One"}, "text": [{"vi": "a", "en": "b"}],
       "link": "https://vneid.gov.vn/", "next": {"vi": "Tiếp", "en": "Next"}},
      {"id": "hai", "title": {"vi": "Hai", "en": "Two"}, "text": [{"vi": "a", "en": "b"}],
       "next": {"vi": "Tiếp", "en": "Next"}}
    ],
    "outcomes": [{"id": "done", "label": {"vi": "Xong", "en": "Done"}},
                 {"id": "not_done:later", "label": {"vi": "Sau", "en": "Later"}}]
  }
})";

std::string with(std::string text, std::string_view what, std::string_view instead) {
    const auto at = text.find(what);
    REQUIRE(at != text.npos);
    return text.replace(at, what.size(), instead);
}

publish::Collected collect(const std::string& guide, const std::string& hosts = "") {
    const test::TempDir dir;
    std::ofstream(dir / "pack.json")
        << R"({"v": 1, "name": "guides", "source": "Phường mẫu", "as_of": "2026-11-01T00:00:00Z",
               "sources": [{"kind": "guide", "file": "g.json"}, {"kind": "guide", "file": "g.csv"}])"
        << hosts << "}";
    std::ofstream(dir / "g.json") << guide;
    std::ofstream(dir / "g.csv") << "id,title,topic,about,steps\nthuong,Chỉ để đọc,vneid,Ngắn,\"Một\nHai\"\n";
    static const auto kinds = catalogue::Catalogue::load(TRAM_SOURCE_DIR "/resources/catalogue").value();
    static const auto wards = content::WardDirectory::load(TRAM_SOURCE_DIR "/resources/content").value();
    auto collected = publish::collect(dir.path(), kinds, wards, test::at("2026-11-30T00:00:00Z"));
    REQUIRE(collected);
    return std::move(*collected);
}

}  // namespace

TEST_CASE("A guide becomes an entry that can be gone through, beside one that is only read") {
    const auto collected = collect(kGuide);
    CHECK(collected.faults.empty());
    REQUIRE(collected.entries.size() == 2);
    const auto& entry = collected.entries[0];
    CHECK(entry.title == "Hướng dẫn mẫu");
    CHECK(entry.alsoFoundBy == "mẫu A sample");
    const auto kinds = catalogue::Catalogue::load(TRAM_SOURCE_DIR "/resources/catalogue").value();
    const auto& kind = *kinds.kind("guide");
    CHECK(kind.guide == "guide");
    const auto values = catalogue::fieldValues(kind, entry.fields);
    REQUIRE(catalogue::valueOf(values, "guide"));
    CHECK(form::Guide::parse(catalogue::valueOf(values, "guide")->text)->steps.size() == 2);
    CHECK(catalogue::valueOf(values, "steps")->lines == std::vector<std::string>{"Một", "Hai"});
    const auto simple = catalogue::fieldValues(kind, collected.entries[1].fields);
    CHECK_FALSE(catalogue::valueOf(simple, "guide"));
    CHECK(catalogue::valueOf(simple, "steps")->lines.size() == 2);
}

TEST_CASE("A guide's link off the list is refused when a pack is built") {
    const auto off = with(kGuide, "https://vneid.gov.vn/", "https://vneid.gov.vn.example/");
    CHECK(collect(off).faults == Faults{{"g.json", 10, "guide.steps[0].link", "guide_host"}});
    CHECK(collect(off, R"(, "link_hosts": ["vneid.gov.vn.example"])").faults.empty());
    CHECK(collect(kGuide, R"(, "link_hosts": [])").faults ==
          Faults{{"g.json", 10, "guide.steps[0].link", "guide_host"}});
}

TEST_CASE("A guide in a table's cell is held to the list as well") {
    const test::TempDir dir;
    const auto document =
        nlohmann::json::parse(with(kGuide, "https://vneid.gov.vn/", "https://vneid.gov.vn.example/"));
    std::string cell = document.at("guide").dump();
    for (std::size_t at = 0; (at = cell.find('"', at)) != cell.npos; at += 2) cell.insert(at, 1, '"');
    std::ofstream(dir / "pack.json")
        << R"({"v": 1, "name": "guides", "source": "Phường mẫu", "as_of": "2026-11-01T00:00:00Z",
               "sources": [{"kind": "guide", "file": "g.csv"}]})";
    std::ofstream(dir / "g.csv") << "id,title,topic,about,steps,guide\nx,Mẫu,vneid,Ngắn,Một,\"" << cell
                                 << "\"\n";
    const auto kinds = catalogue::Catalogue::load(TRAM_SOURCE_DIR "/resources/catalogue").value();
    const auto wards = content::WardDirectory::load(TRAM_SOURCE_DIR "/resources/content").value();
    const auto collected = publish::collect(dir.path(), kinds, wards, test::at("2026-11-30T00:00:00Z"));
    REQUIRE(collected);
    CHECK(collected->faults == Faults{{"g.csv", 2, "guide", "guide_host"}});
}

TEST_CASE("What is wrong in a guide is told by line and place") {
    CHECK(collect(with(kGuide, "\"id\": \"hai\"", "\"id\": \"mot\"")).faults ==
          Faults{{"g.json", 11, "guide.steps[1].id", "survey_id_once"}});
    CHECK(collect(with(kGuide, "\"next\": {\"vi\": \"Tiếp\", \"en\": \"Next\"}},",
                       "\"next\": {\"vi\": \"Tiếp\", \"en\": \"Next\"}, \"goto\": \"ba\"},"))
              .faults == Faults{{"g.json", 10, "guide.steps[0].goto", "guide_goto"}});
    CHECK(collect(with(kGuide, "ung-dung", "nhac")).faults == Faults{{"g.json", 2, "topic", "choice"}});
    CHECK(collect(with(kGuide, "\"also_found_by\"", "\"found_by\"")).faults ==
          Faults{{"g.json", 3, "found_by", "survey_member"}});
    CHECK(collect("[]").faults == Faults{{"g.json", 1, "", "survey_object"}});
    CHECK(collect("{\n\"v\": }").faults == Faults{{"g.json", 2, "", "json", 6}});
    CHECK(collect(R"({"v": 1, "id": "a"})").faults ==
          Faults{{"g.json", 1, "topic", "required"}, {"g.json", 1, "guide", "required"}});
}

TEST_CASE("What is wrong beside a guide is told together with what is wrong in it") {
    const auto guide = with(with(kGuide, "\"id\": \"hai\"", "\"id\": \"mot\""), "ung-dung", "nhac");
    CHECK(collect(guide).faults ==
          Faults{{"g.json", 11, "guide.steps[1].id", "survey_id_once"}, {"g.json", 2, "topic", "choice"}});
}

TEST_CASE("What is no host name in pack.json is told by its place") {
    CHECK(collect(kGuide, R"(, "link_hosts": ["vneid.gov.vn", "https://vneid.gov.vn/"])").faults ==
          Faults{{"pack.json", 2, "link_hosts[1]", "host_name"}});
}
