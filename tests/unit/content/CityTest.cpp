#include "content/City.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "base/Files.h"
#include "pack/PackWriter.h"
#include "tests/support/TempDir.h"

using namespace tram;
using content::City;
using pack::Entry;
using pack::PackAbout;
using pack::Point;

namespace {

base::WallTime at(const char* rfc3339) {
    base::WallTime time;
    REQUIRE(base::fromRfc3339(rfc3339, time));
    return time;
}

catalogue::Catalogue delivered() {
    auto catalogue = catalogue::Catalogue::load(TRAM_SOURCE_DIR "/resources/catalogue");
    REQUIRE(catalogue);
    return std::move(*catalogue);
}

Entry notice(const char* id, const char* ends) {
    return {.kind = "traffic-notice",
            .id = id,
            .title = std::string("Rào chắn ") + id,
            .fields = std::string(R"({"ends":")") + ends + "\"}"};
}

Entry school(const char* id, double latitude) {
    return {
        .kind = "school", .id = id, .title = std::string("Trường ") + id, .place = Point{latitude, 106.7}};
}

/// Two packs: of the city's, of yesterday; and of a ward's, some weeks old.
struct TwoPacks {
    TwoPacks() {
        REQUIRE(pack::writePack(dir / "city.pack",
                                PackAbout{"city", "Thành phố", "2026-11-28T08:00:00+07:00"},
                                {school("a", 10.3), school("b", 10.1), notice("moi", "2026-11-29"),
                                 notice("qua", "2026-11-28")}));
        REQUIRE(pack::writePack(dir / "ward.pack", PackAbout{"ward", "Phường", "2026-11-01T08:00:00+07:00"},
                                {school("c", 10.2), notice("cu", "2027-01-01")}));
    }
    City city() const { return City::open(delivered(), {dir / "city.pack", dir / "ward.pack"}); }
    test::TempDir dir;
    const base::WallTime now = at("2026-11-29T23:30:00+07:00");
};

std::string ids(const std::vector<City::Item>& items) {
    std::string all;
    for (const auto& item : items) all += (all.empty() ? "" : " ") + item.entry.id;
    return all;
}

}  // namespace

TEST_CASE("A list goes over all packs, page by page, the nearest first") {
    const TwoPacks packs;
    const auto city = packs.city();
    const auto all = city.list({.kind = "school", .from = Point{10.0, 106.7}}, packs.now);
    CHECK(all.total == 3);
    CHECK(ids(all.items) == "b c a");
    REQUIRE(all.about);
    CHECK(all.about->name == "ward");  // the older of the two: no page looks younger than what is on it
    CHECK(all.items[0].about->name == "city");
    CHECK(ids(city.list({.kind = "school", .from = Point{10.0, 106.7}, .offset = 1, .limit = 1}, packs.now)
                  .items) == "c");
    CHECK(city.list({.kind = "school", .offset = 9}, packs.now).items.empty());
    CHECK(city.list({.kind = "no-such-kind"}, packs.now).total == 0);
}

TEST_CASE("What is over or too old is not shown, and the list says so") {
    const TwoPacks packs;
    const auto city = packs.city();
    CHECK(ids(city.list({.kind = "traffic-notice"}, packs.now).items) == "moi");
    CHECK(ids(city.search({.typed = "rao chan"}, packs.now)) == "moi");
    const auto tomorrow = city.list({.kind = "traffic-notice"}, at("2026-11-30T00:00:00+07:00"));
    CHECK(tomorrow.items.empty());
    CHECK(tomorrow.total == 0);
    const auto later = city.list({.kind = "traffic-notice"}, at("2026-12-25T00:00:00+07:00"));
    CHECK(later.total == 0);
    CHECK(later.tooOld);
    // Whoever stands before it goes on reading; schools do not grow old so soon.
    CHECK(city.entry("traffic-notice", "qua"));
    CHECK(city.list({.kind = "school"}, at("2028-01-01T00:00:00+07:00")).total == 3);
}

TEST_CASE(
    "However much is over or too old, or of a kind nobody knows, what is found beside it is all found") {
    test::TempDir dir;
    std::vector<Entry> events, notices;
    for (int at = 0; at < 300; ++at) {
        const bool over = at < 270;
        events.push_back(
            {.kind = at % 10 == 0 ? "no-such-kind" : "event",
             .id = std::to_string(at),
             .title = "Lễ hội " + std::to_string(at),
             .place = Point{10.5, 106.5},
             .fields = std::string(R"({"ends":")") + (over ? "2026-11-28" : "2026-11-29") + "\"}",
             .popularity = 300 - at});
        notices.push_back(notice(std::to_string(at).c_str(), "2027-01-01"));
    }
    notices.push_back({.kind = "school", .id = "le", .title = "Trường Lễ Hội"});
    REQUIRE(pack::writePack(dir / "new.pack", PackAbout{"new", "S", "2026-11-28T08:00:00+07:00"}, events));
    REQUIRE(pack::writePack(dir / "old.pack", PackAbout{"old", "S", "2026-11-01T08:00:00+07:00"}, notices));
    const auto city = City::open(delivered(), {dir / "new.pack", dir / "old.pack"});
    const auto found = [&](const char* now, const char* typed, std::optional<Point> from = {}) {
        return city.search({.typed = typed, .from = from, .limit = 40}, at(now)).size();
    };
    const char* const last = "2026-11-29T23:59:59+07:00";
    CHECK(found(last, "le hoi") == 28);  // 27 events that are not over, and the school
    CHECK(found(last, "le hoi", Point{10.5, 106.5}) == 28);
    CHECK(found(last, "l") == 28);
    CHECK(found(last, "le hio") == 28);
    CHECK(found("2026-11-30T00:00:00+07:00", "le hoi") == 1);
    CHECK(found("2026-11-28T12:00:00+07:00", "le hoi") == 40);
    CHECK(found("2026-11-10T12:00:00+07:00", "rao chan") == 40);
    CHECK(found(last, "rao chan") == 0);
    CHECK(found(last, "truong") == 1);
}

TEST_CASE("What is over or too old goes by the time that is trusted, whatever the clock says") {
    const TwoPacks packs;
    auto trusted = at("2026-11-30T00:00:00+07:00");
    const auto city = City::open(delivered(), {packs.dir / "city.pack", packs.dir / "ward.pack"},
                                 [&](base::WallTime) { return trusted; });
    CHECK(city.list({.kind = "traffic-notice"}, packs.now).items.empty());  // the clock was set back
    CHECK(city.search({.typed = "rao chan"}, packs.now).empty());
    trusted = packs.now;
    const auto ahead = at("2028-01-01T00:00:00+07:00");
    CHECK(ids(city.list({.kind = "traffic-notice"}, ahead).items) == "moi");
    CHECK(ids(city.search({.typed = "rao chan"}, ahead)) == "moi");
}

TEST_CASE("A pack that cannot be read is left out, and what the others know is there") {
    const TwoPacks packs;
    REQUIRE(base::writeFileAtomically(packs.dir / "broken.pack", "not a pack"));
    const auto city = City::open(
        delivered(), {packs.dir / "broken.pack", packs.dir / "missing.pack", packs.dir / "ward.pack"});
    CHECK(city.list({.kind = "school"}, packs.now).total == 1);
    CHECK(City::open(delivered(), {packs.dir / "broken.pack"}).empty());
}

TEST_CASE("Search puts what needed a slip mended behind the rest of all packs") {
    const TwoPacks packs;
    const auto city = packs.city();
    CHECK(ids(city.search({.typed = "truong c"}, packs.now)) == "c");
    CHECK(city.search({.typed = "truong", .limit = 2}, packs.now).size() == 2);
    CHECK(city.search({.typed = "truong", .kind = "traffic-notice"}, packs.now).empty());
}

TEST_CASE("a slip is forgiven only where all packs together have too little of what was typed") {
    test::TempDir dir;
    const auto named = [](const char* id, const char* title) {
        return Entry{.kind = "procedure", .id = id, .title = title};
    };
    const auto city = [&](std::vector<Entry> first, std::vector<Entry> second) {
        REQUIRE(pack::writePack(dir / "a.pack", PackAbout{"a", "A", "2026-11-28T08:00:00+07:00"}, first));
        REQUIRE(pack::writePack(dir / "b.pack", PackAbout{"b", "B", "2026-11-28T08:00:00+07:00"}, second));
        return City::open(delivered(), {dir / "a.pack", dir / "b.pack"});
    };
    const auto now = at("2026-11-29T08:00:00+07:00");
    const auto slip = named("slip", "Chợ Bình Tân"), exact = named("exact", "Chợ Bình Tâm");
    const auto along = named("along", "Đường vào Chợ Bình Tâm");
    // Whichever pack comes first: what was named needs no slip, and its better fit stands first.
    for (const auto& one : {city({slip, along}, {exact}), city({exact}, {slip, along})})
        CHECK(ids(one.search({.typed = "cho binh tam"}, now)) == "exact along");
    // Named by none, and fewer than three in all: slips behind what fits, of both packs.
    const auto few = city({slip}, {along, named("other", "Chợ Bình Tây")});
    const auto found = few.search({.typed = "cho binh tam"}, now);
    REQUIRE(found.size() == 3);
    CHECK(found[0].entry.id == "along");
    CHECK(found[0].about->name == "b");
    // Three that fit are enough, though they stand in two packs.
    const auto enough = city(
        {slip, along}, {named("far", "Bến xe cạnh Chợ Bình Tâm"), named("side", "Hẻm sau Chợ Bình Tâm")});
    CHECK(enough.search({.typed = "cho binh tam"}, now).size() == 3);
    // Where no pack has what was typed, each has its slips.
    CHECK(city({slip}, {named("two", "Chợ Bình Tân hai")}).search({.typed = "cho binh tam"}, now).size() ==
          2);
}

TEST_CASE("what fits better stands first, whichever pack it is in, and a spoilt pack costs itself alone") {
    test::TempDir dir;
    std::vector<Entry> many;
    for (int at = 0; at < 40; ++at)
        many.push_back({.kind = "procedure",
                        .id = "m" + std::to_string(at),
                        .title = "Xác nhận khai sinh " + std::to_string(at),
                        .popularity = 99});
    const PackAbout about{"a", "A", "2026-11-28T08:00:00+07:00"};
    REQUIRE(pack::writePack(dir / "many.pack", about, many));
    REQUIRE(
        pack::writePack(dir / "one.pack", about, {{.kind = "procedure", .id = "it", .title = "Khai sinh"}}));
    const auto now = at("2026-11-29T08:00:00+07:00");
    const auto both = City::open(delivered(), {dir / "many.pack", dir / "one.pack"});
    CHECK(both.search({.typed = "khai sinh", .limit = 5}, now).front().entry.id == "it");

    // Spoilt after it was opened: what is read from then on fails.
    auto bytes = base::readFile(dir / "many.pack", 64u << 20).value();
    const auto header = bytes.substr(0, 100);
    const auto spoilt = City::open(delivered(), {dir / "many.pack", dir / "one.pack"});
    std::fstream file(dir / "many.pack", std::ios::in | std::ios::out | std::ios::binary);
    file << header << std::string(bytes.size() - header.size(), '\xff') << std::flush;
    CHECK(ids(spoilt.search({.typed = "khai sinh"}, now)) == "it");
    CHECK(City::open(delivered(), {}).search({.typed = "khai sinh"}, now).empty());
}

TEST_CASE("what a list is narrowed by counts before the first fifty that were typed for") {
    test::TempDir dir;
    std::vector<Entry> clinics;
    for (int at = 0; at < 200; ++at)
        clinics.push_back({.kind = "clinic",
                           .id = std::to_string(at),
                           .title = "Phòng khám " + std::to_string(at),
                           .ward = at < 190 ? "27154" : "26740",
                           .place = Point{10.5 + 0.001 * at, 106.5},
                           .fields = at < 195 ? R"({"type":"phong-kham"})" : R"({"type":"benh-vien"})",
                           .popularity = 1000 - at});
    const PackAbout about{"a", "A", "2026-11-28T08:00:00+07:00"};
    const pack::ListedBy listedBy{{"clinic", "type"}};
    REQUIRE(pack::writePack(dir / "marked.pack", about, clinics, listedBy));
    REQUIRE(pack::writePack(dir / "plain.pack", about, clinics));
    const auto now = at("2026-11-29T08:00:00+07:00");
    for (const auto* name : {"marked.pack", "plain.pack"}) {
        INFO(name);
        const auto city = City::open(delivered(), {dir / name});
        for (const auto& from : {std::optional<Point>(), std::optional(Point{10.5, 106.5})}) {
            pack::Query query{.typed = "phong kham", .kind = "clinic", .from = from, .limit = 50};
            CHECK(city.search(query, now).size() == 50);
            query.only = {{"type", "benh-vien"}};
            CHECK(city.search(query, now).size() == 5);
            query.only.clear();
            query.ward = "26740";
            CHECK(city.search(query, now).size() == 10);
            query.only = {{"type", "phong-kham"}};
            CHECK(city.search(query, now).size() == 5);
            query.typed = "phong kahm";
            CHECK(city.search(query, now).size() == 5);
        }
    }
}

TEST_CASE("what goes by date does so over all packs, and events keep their distance") {
    test::TempDir dir;
    const auto news = [](const char* id, const char* published) {
        return Entry{
            .kind = "news",
            .id = id,
            .title = id,
            .fields = std::string(R"({"topic":"tin-tuc","text":"a","published":")") + published + "\"}"};
    };
    const auto event = [](const char* id, const char* starts, double latitude) {
        return Entry{.kind = "event",
                     .id = id,
                     .title = id,
                     .place = Point{latitude, 106.7},
                     .fields = std::string(R"({"ends":"2027-12-31","starts":")") + starts + "\"}"};
    };
    REQUIRE(pack::writePack(
        dir / "a.pack", PackAbout{"a", "A", "2026-11-28T08:00:00+07:00"},
        {news("first", "2026-11-01"), news("third", "2026-11-20"), event("later", "2027-02-01", 10.1)}));
    REQUIRE(pack::writePack(
        dir / "b.pack", PackAbout{"b", "B", "2026-11-28T08:00:00+07:00"},
        {news("second", "2026-11-10"), news("fourth", "2026-11-25"), event("soon", "2026-12-01", 10.9)}));
    const auto city = City::open(delivered(), {dir / "a.pack", dir / "b.pack"});
    const auto now = at("2026-11-29T08:00:00+07:00");
    CHECK(ids(city.list({.kind = "news"}, now).items) == "fourth third second first");
    CHECK(ids(city.list({.kind = "news", .offset = 1, .limit = 2}, now).items) == "third second");
    const auto events = city.list({.kind = "event", .from = Point{10.1, 106.7}}, now).items;
    CHECK(ids(events) == "soon later");
    CHECK(events[1].metres.value() == Approx(0).margin(0.001));
}

TEST_CASE("what no place and no date orders is merged, the popular ones first and the rest by name") {
    test::TempDir dir;
    const auto named = [](const char* title, int popularity = 0) {
        return Entry{.kind = "procedure", .id = title, .title = title, .popularity = popularity};
    };
    const PackAbout about{"a", "A", "2026-11-28T08:00:00+07:00"};
    const auto write = [&](const char* file, std::vector<Entry> entries) {
        REQUIRE(pack::writePack(dir / file, about, std::move(entries)));
    };
    write("a.pack", {named("Y", 900), named("X", 20), named("An"), named("Đi"), named("Em")});
    write("b.pack", {named("T", 3), named("Bao"), named("Dung"), named("Ấm")});
    const auto city = City::open(delivered(), {dir / "a.pack", dir / "b.pack"});
    const auto now = at("2026-11-29T08:00:00+07:00");
    const auto titles = [&](std::size_t offset, std::size_t limit) {
        return ids(city.list({.kind = "procedure", .offset = offset, .limit = limit}, now).items);
    };
    CHECK(titles(0, 20) == "T Y X An Ấm Bao Dung Đi Em");
    CHECK(titles(0, 4) == "T Y X An");
    CHECK(titles(4, 3) == "Ấm Bao Dung");
}

TEST_CASE("what is published of a kind nobody knows is named with its pack") {
    test::TempDir dir;
    const PackAbout about{"extra", "A", "2026-11-28T08:00:00+07:00"};
    REQUIRE(pack::writePack(dir / "a.pack", about,
                            {school("a", 10.1),
                             {.kind = "library", .id = "x", .title = "X"},
                             {.kind = "library", .id = "y", .title = "Y"}}));
    CHECK(City::open(delivered(), {dir / "a.pack"}).unknownKinds() ==
          std::vector<content::UnknownKind>{{"extra", "library", 2}});
    const TwoPacks known;
    CHECK(known.city().unknownKinds().empty());

    // The log is told of it once for each version, whoever asks.
    const std::vector<content::UnknownKind> none, one{{"extra", "library", 2}};
    const auto note = dir / "note.txt";
    CHECK_FALSE(content::tellOnce(note, 1, none));
    CHECK(content::tellOnce(note, 1, one));
    CHECK_FALSE(content::tellOnce(note, 1, one));
    CHECK(content::tellOnce(note, 2, one));
    CHECK_FALSE(content::tellOnce(note, 3, none));
    CHECK(content::tellOnce(note, 4, one));
    CHECK(content::tellOnce(dir / "no/directory", 4, one));
}

TEST_CASE("what lies in a piece of the map comes from all packs, without what is over or too old") {
    TwoPacks packs;
    const auto city = packs.city();
    CHECK(city.has("school"));
    CHECK(city.has("traffic-notice"));
    CHECK_FALSE(city.has("planning"));
    CHECK(ids(city.within({"school"}, {10.05, 106.6, 10.25, 106.8}, 10, packs.now)) == "b c");
    CHECK(ids(city.within({"school"}, {10.05, 106.6, 10.25, 106.8}, 1, packs.now)) == "b");
    CHECK(city.within({"clinic"}, {10, 106, 11, 107}, 10, packs.now).empty());

    test::TempDir dir;
    const auto flood = [](const char* id, const char* ends) {
        return Entry{.kind = "flood",
                     .id = id,
                     .title = id,
                     .place = Point{10.5, 106.5},
                     .fields = std::string(R"({"cause":"mua","ends":")") + ends + "\"}"};
    };
    REQUIRE(pack::writePack(dir / "new.pack", PackAbout{"new", "S", "2026-11-28T08:00:00+07:00"},
                            {flood("a-over", "2026-11-20"), flood("now", "2026-12-01")}));
    REQUIRE(pack::writePack(dir / "old.pack", PackAbout{"old", "S", "2026-11-01T08:00:00+07:00"},
                            {flood("stale", "2026-12-01")}));
    const auto waters = City::open(delivered(), {dir / "new.pack", dir / "old.pack"});
    CHECK(ids(waters.within({"flood"}, {10, 106, 11, 107}, 10, packs.now)) == "now");
    CHECK(ids(waters.within({"flood"}, {10, 106, 11, 107}, 1, packs.now)) == "now");  // however much is over
}
