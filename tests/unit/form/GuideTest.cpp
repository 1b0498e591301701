#include "form/Guide.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace tram;
using form::Guide;
using form::Platform;
using nlohmann::json;

namespace {

const json kWords = {{"vi", "a"}, {"en", "b"}};

json step(const std::string& id) {
    return {{"id", id}, {"title", kWords}, {"text", {kWords}}, {"next", kWords}};
}

json plain(std::vector<json> steps) {
    return {
        {"v", 1},
        {"title", kWords},
        {"intro", kWords},
        {"steps", std::move(steps)},
        {"outcomes", {{{"id", "done"}, {"label", kWords}}, {{"id", "not_done:later"}, {"label", kWords}}}}};
}

json withApp(json app, std::vector<json> steps) {
    auto guide = plain(std::move(steps));
    guide["app"] = std::move(app);
    guide["fakes"] = json::array({kWords});
    guide["no_smartphone"] = json::array({kWords});
    return guide;
}

/// The first fault, as "place expected" without what that says; "" for none.
std::string wrong(const json& guide) {
    std::vector<form::Fault> faults;
    const auto read = Guide::parse(guide.dump(), faults);
    CHECK(read.has_value() == faults.empty());
    if (faults.empty()) return "";
    const auto& expected = faults.front().expected;
    return faults.front().at + " " + expected.substr(0, expected.find(':'));
}

json changed(json guide, const std::string& place, json value) {
    guide[json::json_pointer(place)] = std::move(value);
    return guide;
}

}  // namespace

TEST_CASE("A guide is read, and its steps follow each other") {
    auto second = step("two");
    second["goto"] = "end";
    auto first = step("one");
    first["branches"] = {{{"label", kWords}, {"goto", "aside"}}};
    const auto guide = Guide::parse(plain({first, second, step("aside")}).dump());
    REQUIRE(guide);
    CHECK(guide->platforms() == std::vector{Platform::Any});
    const auto* at = guide->first(Platform::Any);
    REQUIRE(at->id == "one");
    CHECK(guide->next(at->branches[0].to)->id == "aside");
    at = guide->after(*at, Platform::Any);
    REQUIRE(at->id == "two");
    CHECK(guide->after(*at, Platform::Any) == nullptr);
    CHECK(guide->after(*guide->step("aside"), Platform::Any) == nullptr);
    CHECK(guide->outcomes[0].good());
    CHECK_FALSE(guide->outcomes[1].good());
}

TEST_CASE("Each kind of phone has its own steps, and its own store") {
    auto play = step("play"), apple = step("apple");
    play["platform"] = "android";
    apple["platform"] = "iphone";
    play["link"] = apple["link"] = "store";
    const auto guide = Guide::parse(withApp({{"name", "App"}, {"android", "com.ex.ample"}, {"ios", "123456"}},
                                            {play, apple, step("open")})
                                        .dump());
    REQUIRE(guide);
    CHECK(guide->platforms() == std::vector{Platform::Android, Platform::Iphone});
    const auto* android = guide->first(Platform::Android);
    const auto* iphone = guide->first(Platform::Iphone);
    CHECK(android->id == "play");
    CHECK(iphone->id == "apple");
    CHECK(guide->after(*android, Platform::Android)->id == "open");
    CHECK(guide->linkOf(*android, Platform::Android) ==
          "https://play.google.com/store/apps/details?id=com.ex.ample");
    CHECK(guide->linkOf(*iphone, Platform::Iphone) == "https://apps.apple.com/vn/app/id123456");
}

TEST_CASE("What no store is known of leads to its official page") {
    auto get = step("get");
    get["link"] = "store";
    const auto app = json{{"name", "App"}, {"page", "https://vneid.gov.vn/"}};
    const auto guide = Guide::parse(withApp(app, {get}).dump());
    REQUIRE(guide);
    CHECK(guide->linkOf(*guide->step("get"), Platform::Android) == "https://vneid.gov.vn/");
    CHECK(wrong(withApp({{"name", "App"}, {"ios", "123456"}}, {get})) == "app.page guide_store");
    CHECK(wrong(plain({get})) == "steps[0].link guide_link");
}

TEST_CASE("Paths that lead nowhere, are never reached or never end are told by place") {
    auto lost = step("one");
    lost["goto"] = "three";
    CHECK(wrong(plain({lost, step("two")})) == "steps[0].goto guide_goto");
    lost["goto"] = "end";
    CHECK(wrong(plain({lost, step("two")})) == "steps[1] guide_unreached");
    auto circle = step("two");
    circle["goto"] = "one";
    CHECK(wrong(plain({step("one"), circle})) == "steps[0] guide_endless");
    circle["branches"] = {{{"label", kWords}, {"goto", "end"}}};
    CHECK(wrong(plain({step("one"), circle})).empty());
    auto other = step("one");
    other["branches"] = {{{"label", kWords}, {"goto", "phone"}}};
    auto phone = step("phone"), both = step("three");
    phone["platform"] = "android";
    CHECK(wrong(plain({other, phone, both})) == "steps[0].branches[0].goto guide_other_phone");
    CHECK(wrong(plain({phone})) == "steps guide_no_steps");
    CHECK(wrong(plain({step("end")})) == "steps[0].id survey_id_once");
    CHECK(wrong(plain({step("one"), step("one")})) == "steps[1].id survey_id_once");
}

TEST_CASE("What is wrong in a guide is told exactly") {
    const auto guide = plain({step("one")});
    CHECK(wrong(guide).empty());
    CHECK(wrong(changed(guide, "/v", 2)) == "v survey_number");
    CHECK(wrong(changed(guide, "/more", 2)) == "more survey_member");
    CHECK(wrong(changed(guide, "/steps/0/title/en", "")) == "steps[0].title.en text");
    CHECK(wrong(changed(guide, "/steps/0/platform", "nokia")) == "steps[0].platform guide_platform");
    CHECK(wrong(changed(guide, "/steps/0/link", "http://vneid.gov.vn/")) == "steps[0].link guide_link");
    CHECK(wrong(changed(guide, "/steps/0/link", "https://a@vneid.gov.vn/")) == "steps[0].link guide_link");
    CHECK(wrong(changed(guide, "/steps/0/picture", {{"spoken", kWords}, {"rows", {{{"row", "hole"}}}}})) ==
          "steps[0].picture.rows[0].row guide_row");
    CHECK(wrong(changed(guide, "/outcomes/0/id", "finished")) == "outcomes[0].id guide_outcome");
    CHECK(wrong(changed(guide, "/outcomes/1/id", "installed")) == "outcomes guide_outcomes");
    CHECK(wrong(changed(guide, "/steps", std::vector<json>(21, step("x")))) == "steps survey_list");
    CHECK(wrong(changed(guide, "/app", {{"name", "x"}, {"page", "https://vneid.gov.vn"}})) ==
          "fakes required");
    CHECK(Guide::parse(std::string(Guide::kMaxBytes + 1, ' ')).error().kind == base::ProblemKind::TooLarge);
    const auto told = Guide::parse("{\n\"v\": 1,\n\"title\": 3}").error();
    CHECK(told.fact("at") == "title");
    CHECK(told.fact("line") == "3");
    CHECK(Guide::parse("{\n\"v\": }").error().fact("line") == "2");
}

TEST_CASE("Hosts off the list are told, those of stores too") {
    auto get = step("get"), page = step("page");
    get["link"] = "store";
    page["link"] = "https://example.com/x";
    const auto guide =
        Guide::parse(withApp({{"name", "A"}, {"android", "com.a.b"}, {"ios", "123456"}}, {get, page}).dump());
    REQUIRE(guide);
    const auto places = [&](const wire::LinkHosts& hosts) {
        std::string all;
        for (const auto& fault : form::offList(*guide, "guide", hosts)) all += fault.at + " ";
        return all;
    };
    CHECK(places(wire::usualLinkHosts()) == "guide.steps[1].link ");
    CHECK(places({"example.com"}) == "guide.app.android guide.app.ios ");
    CHECK(places({"play.google.com", "apps.apple.com", "www.example.com"}) == "guide.steps[1].link ");
    CHECK(places({"play.google.com", "apps.apple.com", "example.com"}).empty());
}
