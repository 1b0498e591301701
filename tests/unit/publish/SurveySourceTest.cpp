#include "publish/SurveySource.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "catalogue/Values.h"
#include "form/Form.h"
#include "publish/PackSources.h"
#include "tests/support/SigningCity.h"
#include "tests/support/TempDir.h"

using namespace tram;
using publish::Fault;
using publish::Faults;

namespace {

const std::string kSurvey = R"({
  "v": 1, "id": "mau-1",
  "until": "2026-12-31",
  "ward": "27154",
  "popularity": 7,
  "form": {
    "v": 1,
    "title": {"vi": "Khảo sát mẫu", "en": "A sample"},
    "intro": {"vi": "Dữ liệu mẫu\nHai dòng", "en": "Sample data"},
    "identity": "anonymous",
    "sections": [{"questions": [
      {"id": "why", "type": "text", "text": {"vi": "Vì sao?", "en": "Why?"}}
    ]}]
  }
})";

std::string with(std::string text, std::string_view what, std::string_view instead) {
    const auto at = text.find(what);
    REQUIRE(at != text.npos);
    return text.replace(at, what.size(), instead);
}

struct Desk {
    test::TempDir dir;
    publish::Collected collect(const std::string& survey) const {
        std::ofstream(dir / "pack.json")
            << R"({"v": 1, "name": "surveys", "source": "Phường mẫu", "as_of": "2026-11-01T00:00:00Z",
                   "sources": [{"kind": "survey", "file": "s.json"}]})";
        std::ofstream(dir / "s.json") << survey;
        static const auto kinds = catalogue::Catalogue::load(TRAM_SOURCE_DIR "/resources/catalogue").value();
        static const auto wards = content::WardDirectory::load(TRAM_SOURCE_DIR "/resources/content").value();
        auto collected = publish::collect(dir.path(), kinds, wards, test::at("2026-11-30T00:00:00Z"));
        REQUIRE(collected);
        return std::move(*collected);
    }
    Faults faults(const std::string& survey) const { return collect(survey).faults; }
};

}  // namespace

TEST_CASE("A survey becomes an entry whose form can be read") {
    const auto collected = Desk().collect(kSurvey);
    CHECK(collected.faults.empty());
    REQUIRE(collected.entries.size() == 1);
    const auto& entry = collected.entries[0];
    CHECK(entry.kind == "survey");
    CHECK(entry.id == "mau-1");
    CHECK(entry.title == "Khảo sát mẫu");
    CHECK(entry.ward == "27154");
    CHECK(entry.popularity == 7);
    const auto kinds = catalogue::Catalogue::load(TRAM_SOURCE_DIR "/resources/catalogue").value();
    const auto& kind = *kinds.kind("survey");
    CHECK(kind.form == "form");
    const auto values = catalogue::fieldValues(kind, entry.fields);
    REQUIRE(catalogue::valueOf(values, "form"));
    const auto form = form::Form::parse(catalogue::valueOf(values, "form")->text);
    REQUIRE(form);
    CHECK(form->question("why")->text.en == "Why?");
    CHECK(catalogue::valueOf(values, "about")->text == "Dữ liệu mẫu\nHai dòng");
    CHECK(catalogue::valueOf(values, "until")->text == "2026-12-31");
}

TEST_CASE("However a survey is laid out its form has one hash") {
    const auto once = Desk().collect(kSurvey).entries[0].fields;
    const auto again = Desk().collect(nlohmann::json::parse(kSurvey).dump()).entries[0].fields;
    CHECK(once == again);
}

TEST_CASE("What is wrong beside a survey's form is told together with what is wrong in it") {
    auto survey = with(kSurvey, "\"text\", \"text\"", "\"txet\", \"text\"");
    survey = with(with(survey, "27154", "Phường Không Có"), "2026-12-31", "31.12.2026");
    CHECK(Desk().faults(survey) == Faults{{"s.json", 12, "form.sections[0].questions[0].type", "survey_type"},
                                          {"s.json", 4, "ward", "ward"},
                                          {"s.json", 3, "until", "date"}});
}

TEST_CASE("What is wrong in a survey is told by line and place") {
    const Desk desk;
    CHECK(desk.faults(with(kSurvey, "\"text\", \"text\"", "\"txet\", \"text\"")) ==
          Faults{{"s.json", 12, "form.sections[0].questions[0].type", "survey_type"}});
    CHECK(desk.faults(with(kSurvey, "2026-12-31", "31.12.2026")) == Faults{{"s.json", 3, "until", "date"}});
    CHECK(desk.faults(with(kSurvey, "27154", "Phường Không Có")) == Faults{{"s.json", 4, "ward", "ward"}});
    CHECK(desk.faults(with(kSurvey, "\"until\": \"2026-12-31\",", "")) ==
          Faults{{"s.json", 1, "until", "required"}});
    CHECK(desk.faults(with(kSurvey, "\"popularity\"", "\"popularty\"")) ==
          Faults{{"s.json", 5, "popularty", "survey_member"}});
    CHECK(desk.faults(with(kSurvey, "\"v\": 1, \"id\"", "\"id\"")) == Faults{{"s.json", 1, "v", "required"}});
    CHECK(desk.faults(with(kSurvey, "\"id\": \"mau-1\"", "\"id\": \"m/1\"")) ==
          Faults{{"s.json", 2, "id", "id"}});
    CHECK(desk.faults(with(kSurvey, "\"popularity\": 7,", "")).empty());
    CHECK(desk.faults("[]") == Faults{{"s.json", 1, "", "survey_object"}});
    CHECK(desk.faults("{\n\"v\": }") == Faults{{"s.json", 2, "", "json", 6}});
    CHECK(
        desk.faults(with(kSurvey, "\"v\": 1,\n    \"title\"", "\"v\": 1, \"v\": 1,\n    \"title\"")).size() ==
        1);
    CHECK(desk.faults("{\"v\": 1, \"id\": \"a\"}") ==
          Faults{{"s.json", 1, "until", "required"}, {"s.json", 1, "form", "required"}});
}
