#include "cap/Showing.h"

#include <catch2/catch.hpp>

#include "Made.h"
#include "cap/Bulletin.h"

using namespace tram;
using namespace tram::test;

namespace {

const auto kNoon = at("2026-11-21T12:00:00+07:00");
const cap::Here kHere{"27154", cap::Point{10.77, 106.68}};

cap::Notice noticeOf(const std::string& infos) {
    cap::AlertBook book({.wardCode = "ward"});
    Made made;
    made.infos = infos;
    book.take(made.alert());
    return book.notices(kNoon).at(0);
}

std::string languageFor(const std::string& asked, const std::vector<std::string>& languages) {
    std::string infos;
    for (const auto& language : languages) infos += Made::info("", language);
    const auto notice = noticeOf(infos);
    return cap::show(notice, {}, asked, kNoon)->info->language;
}

std::string geocode(const std::string& ward) {
    return "<geocode><valueName>ward</valueName><value>" + ward + "</value></geocode>";
}
const std::string kAround = "<polygon>10.7,106.6 10.8,106.6 10.8,106.7 10.7,106.7 10.7,106.6</polygon>";
const std::string kFarAway = "<polygon>21,105 21.1,105 21.1,105.1 21,105.1 21,105</polygon>";

bool shownAt(const cap::Here& here, const std::string& shapes, const std::string& more = "") {
    const auto notice = noticeOf(Made::info("<area><areaDesc>x</areaDesc>" + shapes + "</area>" + more));
    return cap::show(notice, here, "vi", kNoon).has_value();
}

}  // namespace

TEST_CASE("the language is the one asked for, else like it, else Vietnamese, else English") {
    CHECK(languageFor("en", {"vi", "en"}) == "en");
    CHECK(languageFor("vi", {"en", "vi"}) == "vi");
    CHECK(languageFor("en", {"vi-VN", "en-US"}) == "en-US");
    CHECK(languageFor("EN-us", {"vi", "en-US"}) == "en-US");
    CHECK(languageFor("vi", {"en-US", "vi-VN"}) == "vi-VN");
    CHECK(languageFor("vi-VN", {"en-US", "vi"}) == "vi");
    CHECK(languageFor("fr", {"en", "vi"}) == "vi");
    CHECK(languageFor("vi", {"fr", "en-GB"}) == "en-GB");
    CHECK(languageFor("vi", {"fr", "km"}) == "fr");
    CHECK(languageFor("v", {"km", "vi"}) == "vi");  // no tag of its own, so by the rule after
    CHECK(languageFor("vi", {"vie", "km"}) == "vie");
}

TEST_CASE("of several infos of one language the most severe is shown, and any emergency covers the page") {
    const auto notice = noticeOf(Made::info("<headline>a</headline>", "vi", "Minor") +
                                 Made::info("<headline>b</headline>", "vi", "Moderate") +
                                 Made::info("", "en", "Extreme", "Immediate"));
    const auto shown = cap::show(notice, {}, "vi", kNoon);
    REQUIRE(shown);
    CHECK(shown->info->headline == "b");
    CHECK(shown->covers);
    CHECK_FALSE(shown->drill);
}

TEST_CASE("Extreme or Severe with Immediate or Expected covers the page") {
    for (const char* severity : {"Extreme", "Severe", "Moderate", "Minor", "Unknown"})
        for (const char* urgency : {"Immediate", "Expected", "Future", "Past", "Unknown"}) {
            const auto notice = noticeOf(Made::info("", "vi", severity, urgency));
            const bool grave = severity == std::string("Extreme") || severity == std::string("Severe");
            const bool soon = urgency == std::string("Immediate") || urgency == std::string("Expected");
            CHECK(cap::show(notice, {}, "vi", kNoon)->covers == (grave && soon));
        }
}

TEST_CASE("an alert is shown from when it holds until it runs out, before the danger begins too") {
    const auto notice = noticeOf(
        Made::info("<effective>2026-11-21T13:00:00+07:00</effective><onset>2026-11-21T17:00:00+07:00</onset>"
                   "<expires>2026-11-21T20:00:00+07:00</expires>"));
    const auto seen = [&](const char* time) {
        return cap::show(notice, {}, "vi", at(std::string("2026-11-21T") + time + "+07:00")).has_value();
    };
    CHECK_FALSE(seen("12:59:59.999"));
    CHECK(seen("13:00:00"));
    CHECK(seen("19:59:59.999"));
    CHECK_FALSE(seen("20:00:00"));
}

TEST_CASE("wards, polygons and circles of an area count together, without any it is the whole city") {
    CHECK(shownAt(kHere, ""));
    CHECK(shownAt(kHere, geocode("27154")));
    CHECK_FALSE(shownAt(kHere, geocode("27157")));
    CHECK(shownAt(kHere, kAround));
    CHECK_FALSE(shownAt(kHere, kFarAway));
    CHECK(shownAt(kHere, geocode("27157") + kAround));
    CHECK(shownAt(kHere, geocode("27154") + kFarAway));
    CHECK_FALSE(shownAt(kHere, geocode("27157") + kFarAway));
    CHECK(shownAt(kHere, "<circle>10.77,106.69 1.2</circle>"));
    CHECK_FALSE(shownAt(kHere, "<circle>10.77,106.69 1.0</circle>"));
    CHECK(shownAt(kHere, "<geocode><valueName>SAME</valueName><value>1</value></geocode>"));
    CHECK(shownAt(kHere, geocode("27157"), "<area><areaDesc>y</areaDesc>" + kAround + "</area>"));
    CHECK_FALSE(shownAt(kHere, geocode("27157"), "<area><areaDesc>y</areaDesc>" + kFarAway + "</area>"));
}

TEST_CASE("a place that is not known shuts nothing out that its ward does not") {
    const cap::Here ward{"27154", {}}, nowhere;
    CHECK(shownAt(ward, kFarAway));
    CHECK_FALSE(shownAt(ward, geocode("27157") + kAround));
    CHECK(shownAt(ward, geocode("27154") + kFarAway));
    CHECK(shownAt(nowhere, geocode("27157")));
    CHECK(shownAt(nowhere, kFarAway));
}

TEST_CASE("the border of a polygon is inside, and a polygon may be bent") {
    const cap::Here corner{"", cap::Point{10.7, 106.6}}, edge{"", cap::Point{10.75, 106.6}};
    CHECK(shownAt(corner, kAround));
    CHECK(shownAt(edge, kAround));
    const std::string bent = "<polygon>0,0 10,0 10,10 8,10 8,2 0,2 0,0</polygon>";
    CHECK(shownAt({"", cap::Point{9, 9}}, bent));
    CHECK_FALSE(shownAt({"", cap::Point{4, 5}}, bent));
    CHECK(shownAt({"", cap::Point{4, 1}}, bent));
}

TEST_CASE("a bulletin comes back as it was written") {
    cap::Bulletin bulletin{7, kNoon, kNoon + std::chrono::hours(1), {}};
    bulletin.notices.push_back(noticeOf(Made::info(
        "<onset>2026-11-21T18:00:00+07:00</onset><senderName>S</senderName><headline>\"h\"</headline>"
        "<description>a\nb</description><instruction>i</instruction><web>https://x.example</web>"
        "<contact>c</contact><area><areaDesc>x</areaDesc>" +
        kAround + "<circle>10.77,106.69 1.2</circle>" + geocode("27154") + "</area>")));
    const auto read = cap::Bulletin::parse(bulletin.toJson());
    REQUIRE(read);
    CHECK(read->version == 7);
    CHECK(read->signedAt == kNoon);
    CHECK(read->toJson() == bulletin.toJson());
    CHECK(read->notices[0].infos[0].description == "a\nb");
    CHECK(cap::show(read->notices[0], kHere, "vi", kNoon)->covers);
}

TEST_CASE("a bulletin that contradicts itself is refused") {
    cap::Bulletin bulletin{7, kNoon, kNoon + std::chrono::hours(1), {}};
    bulletin.notices.push_back(noticeOf(Made::info("<area><areaDesc>x</areaDesc>" + kAround + "</area>")));
    const auto refused = [&](const std::string& what, const std::string& with) {
        auto text = bulletin.toJson();
        const auto place = text.find(what);
        REQUIRE(place != text.npos);
        const auto read = cap::Bulletin::parse(text.replace(place, what.size(), with));
        return read ? "" : std::string(read.error().fact("key"));
    };
    CHECK(refused("\"v\":1", "\"v\":2") == "v");
    CHECK(refused("\"version\":7", "\"version\":0") == "version");
    CHECK(refused("Severe", "Grave") == "severity");
    CHECK(refused("[10.7,106.6]", "[10.7,106.5]") == "polygons");
    CHECK(refused("[10.7,106.6]", "[10.7,1e300]") == "polygons");
    CHECK(refused("\"Met\"", "\"Wetter\"") == "categories");
    CHECK(refused("\"drill\":false", "\"drill\":0") == "drill");
    CHECK(refused("\"expires\":\"2026", "\"expires\":\"2025") == "expires");
    CHECK(refused("\"event\"", "\"x\":1,\"event\"") == ".");
}

TEST_CASE("what does not fit into a bulletin is the least pressing") {
    cap::Bulletin bulletin{7, kNoon, kNoon + std::chrono::hours(1), {}};
    const auto long1 = noticeOf(Made::info("<description>" + std::string(30'000, 'x') + "</description>"));
    for (int i = 0; i < 30; ++i) {
        bulletin.notices.push_back(long1);
        bulletin.notices.back().id.identifier = "n" + std::to_string(i);
    }
    CHECK(bulletin.fit() > 0);
    CHECK(bulletin.notices.size() > 20);
    CHECK(bulletin.notices.front().id.identifier == "n0");
    CHECK(bulletin.toJson().size() <= cap::Bulletin::kMaxBytes);
    CHECK(cap::Bulletin::parse(bulletin.toJson()));
    CHECK(bulletin.fit() == 0);
}
