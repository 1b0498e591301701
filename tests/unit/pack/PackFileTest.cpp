#include "pack/PackFile.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <random>
#include <set>

#include "base/Files.h"
#include "pack/PackWriter.h"
#include "pack/RankSet.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::pack;
using namespace tram::test;
using base::ProblemKind;

namespace {

const PackAbout kAbout{"places", "Sở mẫu", "2026-11-29T08:00:00+07:00"};

std::vector<Entry> entries() {
    std::vector<Entry> all;
    for (int at = 0; at < 50; ++at)
        all.push_back({at % 2 ? "school" : "clinic", "n" + std::to_string(at), "Nơi số " + std::to_string(at),
                       at % 3 ? "27154" : "26740", Point{10.7 + at * 0.001, 106.6}, R"({"phone":"028"})", "",
                       at});
    all[10].place.reset();
    return all;
}

base::ProblemKind refusal(const std::filesystem::path& path) {
    const auto opened = PackFile::open(path);
    REQUIRE_FALSE(opened);
    return opened.error().kind;
}

}  // namespace

TEST_CASE("a pack gives back what was written, by popularity, by ward and by distance") {
    TempDir dir;
    REQUIRE(writePack(dir / "a.pack", kAbout, entries()));
    const auto pack = PackFile::open(dir / "a.pack");
    REQUIRE(pack);
    CHECK(pack->about() == kAbout);
    CHECK(pack->count("clinic") == 25);
    CHECK(pack->count("none") == 0);
    const auto one = pack->entry("school", "n3");
    REQUIRE(one);
    CHECK(one->title == "Nơi số 3");
    CHECK(one->ward == "26740");
    CHECK(one->place == Point{10.703, 106.6});
    CHECK(one->fields == R"({"phone":"028"})");
    CHECK_FALSE(pack->entry("clinic", "n3"));

    const auto popular = pack->list({.kind = "clinic", .offset = 1, .limit = 2});
    REQUIRE(popular.size() == 2);
    CHECK(popular[0].entry.id == "n46");
    CHECK_FALSE(popular[0].metres);
    for (const auto& listed : pack->list({.kind = "clinic", .ward = "26740", .limit = 100}))
        CHECK(listed.entry.ward == "26740");
    const Point here{10.7, 106.6};
    const auto near = pack->list({.kind = "clinic", .from = here, .limit = 100});
    REQUIRE(near.size() == 25);
    CHECK(near[0].entry.id == "n0");
    CHECK(near[1].metres.value() == Approx(222).epsilon(0.01));
    CHECK(near.back().entry.id == "n10");
    CHECK_FALSE(near.back().metres);
    CHECK(pack->list({.kind = "clinic", .from = here, .offset = 24, .limit = 9}).size() == 1);
    CHECK(pack->list({.kind = "clinic", .from = here, .offset = 99, .limit = 9}).empty());
}

TEST_CASE("a list can be narrowed by a field and by a date, whatever its order") {
    TempDir dir;
    const auto event = [](const char* id, const char* fields, double latitude) {
        return Entry{.kind = "event",
                     .id = id,
                     .title = id,
                     .ward = "26740",
                     .place = Point{latitude, 106.6},
                     .fields = fields};
    };
    REQUIRE(writePack(dir / "a.pack", kAbout,
                      {event("over", R"({"ends":"2026-11-28","type":"sach"})", 10.1),
                       event("today", R"({"ends":"2026-11-29","type":"sach"})", 10.3),
                       event("later", R"({"ends":"2027-01-01","type":"hoa"})", 10.2),
                       event("always", R"({"type":"sach"})", 10.4)}));
    const auto pack = PackFile::open(dir / "a.pack");
    REQUIRE(pack);
    ListQuery query{.kind = "event", .notBefore = FieldIs{"ends", "2026-11-29"}};
    const auto ids = [&] {
        std::set<std::string> all;
        for (const auto& one : pack->list(query)) all.insert(one.entry.id);
        CHECK(static_cast<std::int64_t>(all.size()) == pack->count(query));
        return all;
    };
    CHECK(ids() == std::set<std::string>{"today", "later", "always"});
    query.only = {{"type", "sach"}};
    CHECK(ids() == std::set<std::string>{"today", "always"});
    query.from = Point{10.0, 106.6};
    CHECK(ids() == std::set<std::string>{"today", "always"});
    CHECK(pack->list(query).front().entry.id == "today");
    query.only = {{"type\") OR true --", "sach"}};
    CHECK(ids().empty());
    query.only = {{"type", "sach"}, {"type", "hoa"}};
    CHECK(ids().empty());
}

TEST_CASE("a list can go by a date, the latest or the earliest first, and still tells how far each is") {
    TempDir dir;
    const auto news = [](const char* id, const char* fields, double latitude) {
        return Entry{
            .kind = "news", .id = id, .title = id, .place = Point{latitude, 106.6}, .fields = fields};
    };
    REQUIRE(writePack(
        dir / "a.pack", kAbout,
        {news("old", R"({"on":"2026-01-05"})", 10.1), news("undated", "{}", 10.2),
         news("new", R"({"on":"2026-11-28"})", 10.3), news("older", R"({"on":"2025-12-31"})", 10.4)}));
    const auto pack = PackFile::open(dir / "a.pack");
    REQUIRE(pack);
    ListQuery query{.kind = "news", .order = ListQuery::Order{"on", true}, .from = Point{10.1, 106.6}};
    const auto ids = [&] {
        std::string all;
        for (const auto& one : pack->list(query)) all += one.entry.id + " ";
        return all;
    };
    CHECK(ids() == "new old older undated ");
    CHECK(pack->list(query)[1].metres.value() == Approx(0).margin(0.001));
    query.order->latest = false;
    CHECK(ids() == "older old new undated ");
    query.offset = 1;
    query.limit = 2;
    CHECK(ids() == "old new ");
    query.order->field = "on') OR true --";
    query.offset = 0;
    query.limit = 20;
    CHECK(pack->list(query).size() == 4);
}

TEST_CASE("a list is the same whether the pack has its fields as words or each row is read") {
    TempDir dir;
    std::mt19937 random(5);
    std::vector<Entry> events;
    for (int at = 0; at < 300; ++at) {
        const auto day = [&] { return "2026-11-" + std::to_string(10 + random() % 20); };
        const auto type = std::string(random() % 2 ? "sach" : "hoa");
        std::string fields = R"({"type":")" + type + '"';
        if (random() % 4) fields += R"(,"starts":")" + day() + '"';
        if (random() % 4) fields += R"(,"ends":")" + day() + '"';
        events.push_back({.kind = random() % 5 ? "event" : "event-other",
                          .id = std::to_string(at),
                          .title = "Hội " + std::to_string(at),
                          .ward = random() % 2 ? "26740" : "27154",
                          .place = Point{10.1 + 0.001 * at, 106.6},
                          .fields = fields + '}',
                          .popularity = static_cast<int>(random() % 3)});
    }
    events[7].fields = "no JSON";
    REQUIRE(writePack(dir / "words.pack", kAbout, events,
                      {{"event", "type"}, {"event", "starts"}, {"event", "ends"}}));
    REQUIRE(writePack(dir / "rows.pack", kAbout, events));
    const auto words = PackFile::open(dir / "words.pack"), rows = PackFile::open(dir / "rows.pack");
    REQUIRE(words);
    REQUIRE(rows);
    CHECK(words->kinds() == std::vector<std::string>{"event", "event-other"});
    for (int turn = 0; turn < 200; ++turn) {
        ListQuery query{.kind = random() % 4 ? "event" : "event-other"};
        if (random() % 2) query.ward = "26740";
        if (random() % 2) query.only = {{"type", random() % 2 ? "sach" : "nothing"}};
        if (random() % 2) query.notBefore = FieldIs{"ends", "2026-11-" + std::to_string(10 + random() % 21)};
        if (random() % 2) query.order = ListQuery::Order{"starts", random() % 2 == 0};
        if (random() % 2) query.from = Point{10.2, 106.6};
        query.offset = random() % 3 * 10;
        query.limit = random() % 2 ? 20 : 500;
        const auto of = [&](const PackFile& pack) {
            std::string all = std::to_string(pack.count(query)) + ":";
            for (const auto& one : pack.list(query)) all += ' ' + one.entry.id + (one.popular ? "+" : "");
            return all;
        };
        CHECK(of(*words) == of(*rows));
        CHECK(words->ranks(query).count() == rows->ranks(query).count());
    }
}

TEST_CASE("what has no popularity stands by its name") {
    TempDir dir;
    const auto named = [](const char* id, const char* title, int popularity = 0) {
        return Entry{.kind = "agency", .id = id, .title = title, .popularity = popularity};
    };
    REQUIRE(writePack(
        dir / "a.pack", kAbout,
        {named("1", "Đội 10"), named("2", "Ủy ban", 5), named("3", "Đội 2"), named("4", "An ninh")}));
    const auto pack = PackFile::open(dir / "a.pack");
    REQUIRE(pack);
    std::string all;
    for (const auto& one : pack->list({.kind = "agency"}))
        all += one.entry.title + (one.popular ? "* " : " ");
    CHECK(all == "Ủy ban* An ninh Đội 2 Đội 10 ");
}

TEST_CASE("the same entries make the same bytes, whatever their order, and two of one name are refused") {
    TempDir dir;
    auto all = entries();
    REQUIRE(writePack(dir / "a.pack", kAbout, all));
    std::ranges::reverse(all);
    REQUIRE(writePack(dir / "b.pack", kAbout, all));
    CHECK(base::readFile(dir / "a.pack").value() == base::readFile(dir / "b.pack").value());
    all.push_back(all[7]);
    const auto refused = writePack(dir / "c.pack", kAbout, all);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ProblemKind::Conflict);
    CHECK(refused.error().fact("id") == all[7].id);
    CHECK_FALSE(std::filesystem::exists(dir / "c.pack"));
}

TEST_CASE("a file that is no pack, is damaged, of a later version or does more than hold data is refused") {
    TempDir dir;
    REQUIRE(writePack(dir / "a.pack", kAbout, entries()));
    CHECK(refusal(dir / "none.pack") == ProblemKind::FileMissing);
    std::ofstream(dir / "text.pack") << "not a database at all, but long enough to be read as one";
    CHECK(refusal(dir / "text.pack") == ProblemKind::Malformed);
    std::ofstream(dir / "empty.pack") << "";
    CHECK(refusal(dir / "empty.pack") == ProblemKind::Malformed);

    const auto changed = [&](const char* name, const std::string& sql) {
        std::filesystem::copy_file(dir / "a.pack", dir / name);
        SQLite::Database(dir / name, SQLite::OPEN_READWRITE).exec(sql);
        return refusal(dir / name);
    };
    CHECK(changed("later.pack", "PRAGMA user_version = 3") == ProblemKind::StoreTooNew);
    CHECK(changed("former.pack", "PRAGMA user_version = 1") == ProblemKind::Malformed);
    CHECK(changed("other.pack", "PRAGMA application_id = 7") == ProblemKind::Malformed);
    CHECK(changed("view.pack",
                  "DROP TABLE words; CREATE VIEW words AS SELECT 1 AS word, 2 AS entries, 3 AS ranks") ==
          ProblemKind::Malformed);
    CHECK(changed("trigger.pack", "CREATE TRIGGER t AFTER INSERT ON about BEGIN SELECT 1; END") ==
          ProblemKind::Malformed);

    const auto whole = base::readFile(dir / "a.pack").value();
    std::ofstream(dir / "cut.pack") << whole.substr(0, 3000);
    CHECK(refusal(dir / "cut.pack") == ProblemKind::Malformed);
}
