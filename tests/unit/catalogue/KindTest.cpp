#include "catalogue/Kind.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "base/Files.h"
#include "catalogue/Catalogue.h"
#include "catalogue/Value.h"
#include "catalogue/Values.h"
#include "tests/support/TempDir.h"

using namespace tram;
using catalogue::Kind;
using nlohmann::json;

namespace {

json label(const char* vi) {
    return {{"vi", vi}, {"en", "x"}};
}

json choice() {
    return {{"id", "level"},
            {"type", "choice"},
            {"label", label("Cấp học")},
            {"choices",
             {{{"value", "tieu-hoc"}, {"label", label("Tiểu học")}},
              {{"value", "thcs"}, {"label", label("THCS")}}}}};
}

json right() {
    return {{"kind", "school"},
            {"icon", "school"},
            {"name", label("Trường học")},
            {"explain", label("Các trường")},
            {"place", "required"},
            {"fields", {choice(), {{"id", "address"}, {"type", "text"}, {"label", label("Địa chỉ")}}}},
            {"line", {"level"}},
            {"filters", {"level"}},
            {"sections", {{{"title", label("Thông tin")}, {"fields", {"level", "address"}}}}}};
}

/// resources/api/schemas/kind.json, for editors: what it accepts, the program need not; what it refuses, it
/// must.
bool schemaAccepts(const json& kind) {
    static const json document =
        json::parse(base::readFile(TRAM_SOURCE_DIR "/resources/api/schemas/kind.json").value());
    valijson::Schema schema;
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(valijson::adapters::NlohmannJsonAdapter(document), schema);
    static valijson::Validator validator;  // keeps the patterns it has compiled
    return validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(kind), nullptr);
}

std::string wrongWith(const json& kind) {
    const auto parsed = Kind::parse(kind.dump());
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().kind == base::ProblemKind::Malformed);
    CHECK_FALSE(parsed.error().fact("line").empty());
    CHECK_FALSE(parsed.error().fact("expected").empty());
    return std::string(parsed.error().fact("key"));
}

std::string without(const char* member) {
    auto kind = right();
    kind.erase(member);
    return wrongWith(kind);
}

/// Of what a schema can tell.
std::string withShape(const char* pointer, const json& value) {
    auto kind = right();
    kind[json::json_pointer(pointer)] = value;
    CHECK_FALSE(schemaAccepts(kind));
    return wrongWith(kind);
}

std::string with(const char* pointer, const json& value) {
    auto kind = right();
    kind[json::json_pointer(pointer)] = value;
    return wrongWith(kind);
}

}  // namespace

TEST_CASE("A kind is read as it is declared") {
    const auto kind = Kind::parse(right().dump());
    REQUIRE(kind);
    CHECK(schemaAccepts(right()));
    CHECK(kind->place == catalogue::PlaceNeed::Required);
    REQUIRE(kind->field("level"));
    CHECK(kind->field("level")->choice("thcs")->label.vi == "THCS");
    CHECK(kind->sections[0].fields == std::vector<std::string>{"level", "address"});
    CHECK_FALSE(kind->onMap);
    CHECK(kind->area == catalogue::PlaceNeed::None);
}

TEST_CASE("A kind may have an area, and be a layer of the map under a name of its own") {
    auto with = right();
    with["place"] = "none";
    with["area"] = "optional";
    with["on_map"] = true;
    CHECK(schemaAccepts(with));
    const auto kind = Kind::parse(with.dump());
    REQUIRE(kind);
    CHECK(kind->area == catalogue::PlaceNeed::Optional);
    CHECK(kind->layer.vi == kind->name.vi);
    with["layer"] = label("Ngập nước");
    CHECK(schemaAccepts(with));
    CHECK(Kind::parse(with.dump())->layer.vi == "Ngập nước");
    with["on_map"] = false;
    CHECK(wrongWith(with) == "layer");
}

TEST_CASE("A kind can say how long it is shown") {
    auto kind = right();
    kind["fresh_days"] = 14;
    kind["until"] = "ends";
    kind["fields"].push_back({{"id", "ends"}, {"type", "date"}, {"label", label("Đến ngày")}});
    kind["sections"][0]["fields"].push_back("ends");
    CHECK(schemaAccepts(kind));
    const auto read = Kind::parse(kind.dump());
    REQUIRE(read);
    CHECK(read->freshDays == 14);
    CHECK(read->until == "ends");
    const auto plain = Kind::parse(right().dump());
    REQUIRE(plain);
    CHECK(plain->freshDays == 0);
    CHECK(plain->until.empty());
}

TEST_CASE("A list can be something to have ready, and is then no order of steps") {
    auto kind = right();
    kind["fields"][1] = {
        {"id", "address"}, {"type", "list"}, {"checklist", true}, {"label", label("Giấy tờ")}};
    CHECK(schemaAccepts(kind));
    const auto read = Kind::parse(kind.dump());
    REQUIRE(read);
    CHECK(read->field("address")->checklist);
    CHECK_FALSE(read->field("level")->checklist);
    kind["fields"][1]["numbered"] = true;
    CHECK_FALSE(schemaAccepts(kind));
    CHECK(wrongWith(kind) == "checklist");
    kind["fields"][1] = {
        {"id", "address"}, {"type", "text"}, {"checklist", true}, {"label", label("Giấy tờ")}};
    CHECK_FALSE(schemaAccepts(kind));
    CHECK_FALSE(Kind::parse(kind.dump()));
}

TEST_CASE("A link can say where alone it may lead, and a kind that its entries are procedures") {
    auto kind = right();
    kind["dossiers"] = true;
    kind["fields"][1] = {
        {"id", "address"}, {"type", "link"}, {"hosts", {"dichvucong.gov.vn"}}, {"label", label("Nộp")}};
    CHECK(schemaAccepts(kind));
    const auto read = Kind::parse(kind.dump());
    REQUIRE(read);
    CHECK(read->dossiers);
    const auto& field = *read->field("address");
    CHECK(catalogue::readValue(field, "https://dichvucong.gov.vn/a"));
    const auto elsewhere = catalogue::readValue(field, "https://dichvucong.gov.vn.example.com/");
    REQUIRE_FALSE(elsewhere);
    CHECK(elsewhere.error().fact("expected") == "link_host");
    CHECK(catalogue::readValue(field, "dichvucong.gov.vn").error().fact("expected") == "link");
    const std::string off = R"({"address":"https://example.com/"})",
                      on = R"({"address":"https://dichvucong.gov.vn/"})";
    CHECK(catalogue::fieldValues(*read, off).empty());
    REQUIRE(catalogue::refusedLinks(*read, off).size() == 1);
    CHECK(catalogue::refusedLinks(*read, on).empty());
    CHECK(catalogue::fieldValues(*read, on).size() == 1);
    kind["fields"][1]["hosts"] = {"https://dichvucong.gov.vn"};
    CHECK_FALSE(schemaAccepts(kind));
    CHECK_FALSE(Kind::parse(kind.dump()));
    kind["fields"][1] = {{"id", "address"}, {"type", "text"}, {"hosts", {"a.vn"}}, {"label", label("x")}};
    CHECK_FALSE(schemaAccepts(kind));
    CHECK_FALSE(Kind::parse(kind.dump()));
}

TEST_CASE("A kind can say what its lists go by, what they offer as a filter and what has an order") {
    auto kind = right();
    kind["fields"].push_back({{"id", "starts"}, {"type", "date"}, {"label", label("Từ ngày")}});
    kind["fields"].push_back(
        {{"id", "steps"}, {"type", "list"}, {"numbered", true}, {"label", label("Các bước")}});
    kind["sections"][0]["fields"].push_back("starts");
    kind["sections"][0]["fields"].push_back("steps");
    kind["order"] = {{"field", "starts"}, {"newest", true}};
    kind["signage"] = true;
    kind["fields"][0]["choices"][0]["filter"] = false;
    CHECK(schemaAccepts(kind));
    const auto read = Kind::parse(kind.dump());
    REQUIRE(read);
    REQUIRE(read->order);
    CHECK(read->order->field == "starts");
    CHECK(read->order->newest);
    CHECK(read->signage);
    CHECK(read->field("steps")->numbered);
    CHECK_FALSE(read->fields[0].choices[0].filter);
    CHECK(read->fields[0].choices[1].filter);
    kind["order"]["field"] = "steps";  // no date
    CHECK(wrongWith(kind) == "field");
    kind["order"] = {{"field", "starts"}};
    CHECK(wrongWith(kind) == "newest");
    auto text = right();
    text["fields"][1]["numbered"] = true;  // only lists have steps
    CHECK_FALSE(schemaAccepts(text));
    CHECK_FALSE(Kind::parse(text.dump()));
}

TEST_CASE("A kind that is not whole is refused, with what is missing") {
    for (const auto* member :
         {"kind", "icon", "name", "explain", "place", "fields", "line", "filters", "sections"})
        CHECK(without(member) == member);
    for (const auto* member : {"kind", "fields", "sections"}) {
        auto kind = right();
        kind.erase(member);
        CHECK_FALSE(schemaAccepts(kind));
    }
}

TEST_CASE("A kind that contradicts itself is refused") {
    CHECK(withShape("/kind", "Trường") == "kind");
    CHECK(withShape("/place", "sometimes") == "place");
    CHECK(withShape("/area", "sometimes") == "area");
    CHECK(withShape("/name", {{"vi", "Trường học"}}) == "en");
    CHECK(with("/line", {"nothing"}) == "line");
    CHECK(withShape("/line", {"level", "level"}) == "line");
    CHECK(with("/filters", {"address"}) == "filters");           // not a choice
    CHECK(with("/sections/0/fields", {"level"}) == "sections");  // address is nowhere
    CHECK(with("/fields/1/id", "level") == "id");                // twice
    CHECK(withShape("/fields/1/id", "title") == "id");           // every entry's own
    CHECK(withShape("/fields/1/type", "picture") == "type");
    CHECK(withShape("/fields/1/choices", json::array()) == "choices");  // a text has none
    CHECK(with("/fields/0/choices/1/value", "tieu-hoc") == "value");
    CHECK(with("/until", "address") == "until");  // not a date
    CHECK(withShape("/fresh_days", 0) == "fresh_days");
    auto nowhere = right();
    nowhere["place"] = "none";
    nowhere["on_map"] = true;
    CHECK(wrongWith(nowhere) == "on_map");
}

TEST_CASE("A kind has one form at most, and it is shown in no section and found by nobody") {
    auto kind = right();
    kind["fields"].push_back({{"id", "ask"}, {"type", "form"}, {"label", label("Câu hỏi")}});
    CHECK(schemaAccepts(kind));
    const auto read = Kind::parse(kind.dump());
    REQUIRE(read);
    CHECK(read->form == "ask");
    CHECK(Kind::parse(right().dump())->form.empty());
    auto shown = kind;
    shown["sections"][0]["fields"].push_back("ask");
    CHECK(wrongWith(shown) == "fields");
    auto listed = kind;
    listed["line"].push_back("ask");
    CHECK(wrongWith(listed) == "line");
    auto found = kind;
    found["fields"][2]["searched"] = true;
    CHECK(wrongWith(found) == "searched");
    auto twice = kind;
    twice["fields"].push_back({{"id", "again"}, {"type", "form"}, {"label", label("Câu hỏi")}});
    CHECK(wrongWith(twice) == "type");
}

TEST_CASE("A kind has one guide at most, beside its form, and it is shown as little") {
    auto kind = right();
    kind["fields"].push_back({{"id", "ask"}, {"type", "form"}, {"label", label("Câu hỏi")}});
    kind["fields"].push_back({{"id", "how"}, {"type", "guide"}, {"label", label("Từng bước")}});
    CHECK(schemaAccepts(kind));
    const auto read = Kind::parse(kind.dump());
    REQUIRE(read);
    CHECK(read->guide == "how");
    CHECK(read->form == "ask");
    const auto expected = [](const json& wrong) {
        return std::string(Kind::parse(wrong.dump()).error().fact("expected"));
    };
    auto listed = kind, found = kind, twice = kind;
    listed["line"].push_back("how");
    CHECK(expected(listed) == "field");
    found["fields"].back()["searched"] = true;
    CHECK(expected(found) == "not_of_form");
    twice["fields"].push_back({{"id", "again"}, {"type", "guide"}, {"label", label("Từng bước")}});
    CHECK(expected(twice) == "one_guide");
}

TEST_CASE("What is wrong with a kind is told by line, place and what was expected") {
    auto kind = right();
    kind["fields"][1]["type"] = "picture";
    const auto read = Kind::parse(kind.dump(1));
    REQUIRE_FALSE(read);
    CHECK(read.error().fact("at") == "fields[1].type");
    CHECK(read.error().fact("expected") ==
          "one_of:text, prose, list, choice, number, money, date, hours, phone, link, form, guide");
    const auto text = kind.dump(1);
    const auto before = text.substr(0, text.find("picture"));
    CHECK(read.error().fact("line") == std::to_string(1 + std::ranges::count(before, '\n')));
    const auto cut = Kind::parse("{\n \"kind\": \"a\",, \n}");
    REQUIRE_FALSE(cut);
    CHECK(cut.error().fact("expected") == "json");
    CHECK(cut.error().fact("line") == "2");
    CHECK(cut.error().fact("character") == "14");
}

TEST_CASE("The catalogue that is delivered is whole") {
    const auto catalogue = catalogue::Catalogue::load(TRAM_SOURCE_DIR "/resources/catalogue");
    if (!catalogue)
        FAIL(catalogue.error().fact("path")
             << ": " << catalogue.error().fact("at") << ' ' << catalogue.error().fact("expected"));
    CHECK(catalogue->kinds().size() >= 16);
    for (const auto& kind : catalogue->kinds())
        CHECK(schemaAccepts(json::parse(
            base::readFile(TRAM_SOURCE_DIR "/resources/catalogue/kinds/" + kind.id + ".json").value())));
    for (const auto& group : catalogue->groups())
        for (const auto& kind : group.kinds) CHECK(catalogue->kind(kind));
}

TEST_CASE("A kind that cannot be read costs itself alone where work is to go on, and everything in a build") {
    test::TempDir dir;
    const auto write = [&](const std::string& name, const std::string& text) {
        REQUIRE(base::writeFileAtomically(dir / name, text));
    };
    std::filesystem::create_directories(dir / "kinds");
    write("kinds/school.json", right().dump());
    const auto groups = [&](const json& kinds) {
        const json group = {{"id", "g"},
                            {"icon", "school"},
                            {"name", label("Nhóm")},
                            {"explain", label("Gì")},
                            {"kinds", kinds}};
        write("groups.json", json{{"groups", {group}}}.dump());
    };
    const auto load = [&] { return catalogue::Catalogue::loadReadable(dir.path()).value(); };
    groups({"school"});
    CHECK(load().leftOut().empty());
    REQUIRE(catalogue::Catalogue::load(dir.path()));

    write("kinds/library.json", R"({"kind": "library"})");
    groups({"library", "school"});
    const auto torn = load();
    CHECK(torn.kind("school"));
    CHECK(torn.groups().at(0).kinds == std::vector<std::string>{"school"});
    REQUIRE(torn.leftOut().size() == 1);
    CHECK(torn.leftOut()[0].fact("path") == (dir / "kinds/library.json").string());
    CHECK_FALSE(catalogue::Catalogue::load(dir.path()));

    // In no group it is found all the same, and that is told; so is what stands in two, or nowhere.
    std::filesystem::remove(dir / "kinds/library.json");
    for (const auto& [kinds, wrong] : {std::pair(json::array(), "school"),
                                       {json{"school", "school"}, "school"},
                                       {json{"school", "x"}, "x"}}) {
        groups(kinds);
        const auto odd = load();
        CHECK(odd.kind("school"));
        REQUIRE(odd.leftOut().size() == 1);
        CHECK(odd.leftOut()[0].fact("expected").ends_with(std::string(":") + wrong));
        CHECK_FALSE(catalogue::Catalogue::load(dir.path()));
    }
    write("groups.json", "{");
    CHECK(load().kind("school"));
    CHECK(load().leftOut().size() == 1);
    CHECK_FALSE(catalogue::Catalogue::loadReadable(dir / "nowhere"));
}
