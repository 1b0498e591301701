// `tram pack` and `tram search`, as an operator types them.
#include <catch2/catch.hpp>
#include <fstream>

#include "crypto/Keys.h"
#include "tests/gateway/LiveCity.h"
#include "tests/support/TempDir.h"

using namespace tram;

namespace {

struct Desk {
    test::TempDir dir;
    int exit = 0;

    void put(const std::string& name, const std::string& text) const { std::ofstream(dir / name) << text; }
    std::string path(const std::string& name) const { return (dir / name).string(); }
    std::string ask(const std::vector<std::string>& arguments) {
        std::vector<std::string> argv{"/bin/sh", "-c", "exec \"$0\" --lang en \"$@\" 2>&1", TRAM_TOOL};
        argv.insert(argv.end(), arguments.begin(), arguments.end());
        return test::runAndRead(argv, exit);
    }
    void order() const {
        put("pack.json", R"({"v": 1, "name": "city", "source": "Sở mẫu", "as_of": "2020-11-01T00:00:00Z",
                             "sources": [{"kind": "agency", "file": "agencies.csv"}]})");
    }
    /// Its public key.
    std::string key(const std::string& name) {
        const auto said = ask({"pack", "key", path(name)});
        REQUIRE(exit == 0);
        const auto begin = said.find(": ") + 2;
        return said.substr(begin, said.find('\n') - begin);
    }
    void agencies(const std::string& rows) const {
        put("agencies.csv", "id,title,ward,latitude,longitude,type,address\n" + rows);
    }
};

using Catch::Matchers::Contains;

std::string fingerprint(const std::string& key) {
    return crypto::VerifyKey::parse(key)->fingerprint();
}

}  // namespace

TEST_CASE("tram pack builds, tells and compares, and tram search finds in it") {
    Desk desk;
    desk.order();
    desk.agencies("ubnd,Ủy ban nhân dân Phường Bàn Cờ,27154,10.7701,106.68,ubnd,1 Lê Lai\n");
    const auto built = desk.ask({"pack", "build", desk.path(""), desk.path("a.pack")});
    CHECK(desk.exit == 0);
    CHECK_THAT(built, Contains("city · source: Sở mẫu") && Contains("1 entries") && Contains("agency  1"));
    CHECK(desk.ask({"pack", "inspect", desk.path("a.pack")}) == built);

    CHECK(desk.ask({"search", "--pack", desk.path("a.pack"), "--near", "10.77,106.68", "uy", "ban", "ban",
                    "co"}) == "agency ubnd  Ủy ban nhân dân Phường Bàn Cờ  11 m\n");
    CHECK(desk.ask({"search", "--pack", desk.path("a.pack"), "--kind", "school", "uy"}) ==
          "Nothing found.\n");
    CHECK(desk.exit == 1);
    CHECK_THAT(desk.ask({"search", "--pack", desk.path("a.pack"), "--near", "10.77", "uy"}),
               Contains("LATITUDE"));

    desk.agencies("ubnd,Ủy ban nhân dân Phường Bàn Cờ,27154,10.7701,106.68,ubnd,2 Lê Lai\n");
    desk.ask({"pack", "build", desk.path(""), desk.path("b.pack")});
    CHECK(desk.ask({"pack", "diff", desk.path("a.pack"), desk.path("b.pack")}) ==
          "~ agency ubnd  Ủy ban nhân dân Phường Bàn Cờ\n");
    CHECK(desk.exit == 1);
    CHECK(desk.ask({"pack", "diff", desk.path("a.pack"), desk.path("a.pack")}).empty());
    CHECK(desk.exit == 0);
}

TEST_CASE("tram pack tells what is wrong by row and column, and writes nothing") {
    Desk desk;
    desk.order();
    desk.agencies("a,Tên,27154,106.68,10.77,ubnd,x\nb,\x1b[31mTên,27154,10.77,106.68,chợ,x\n");
    const auto said = desk.ask({"pack", "build", desk.path(""), desk.path("a.pack")});
    CHECK(desk.exit == 1);
    CHECK(said ==
          "agencies.csv, line 2, column latitude: latitude and longitude are exchanged\n"
          "agencies.csv, line 3, column title: must be one line of text without invisible characters, at "
          "most 300 characters (a title 200)\n"
          "agencies.csv, line 3, column type: must be one of this column's values\n");
    CHECK_FALSE(std::filesystem::exists(desk.dir / "a.pack"));
    CHECK_THAT(desk.ask({"pack", "inspect", desk.path("a.pack")}), Contains("a.pack"));
    CHECK_THAT(desk.ask({"pack", "inspect", desk.path("pack.json")}), !Contains("entries"));
    CHECK(desk.exit == 1);
}

TEST_CASE("what is wrong is told where it is, whatever the source's form") {
    Desk desk;
    const auto said = [&](const std::string& source) {
        desk.put("pack.json", R"({"v": 1, "name": "city", "source": "x", "as_of": "2020-11-01T00:00:00Z",
                                  "sources": [)" +
                                  source + "]}");
        return desk.ask({"pack", "build", desk.path(""), desk.path("a.pack")});
    };
    desk.put("a.geojson", R"({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null,
                              "properties": {"id": "a", "title": "A", "school": "x", "year": "1"}}]})");
    CHECK(said(R"({"kind": "enrolment-area", "file": "a.geojson"})") ==
          "a.geojson, item 1, geometry: must not be empty\n");
    CHECK(
        said(R"({"kind": "enrolment-area", "file": "../a.geojson"})") ==
        "pack.json, line 2, sources[0].file: must be the name of a file or folder right beside pack.json\n");
    CHECK(said(",") == "pack.json, line 2, character 47: not JSON from here on\n");
    desk.order();
    desk.agencies("a,Tên,27154,10.77,106.68,ubnd,x\n");
    CHECK_THAT(desk.ask({"pack", "build", desk.path(""), "/nowhere/a.pack"}), Contains("/nowhere/a.pack"));
}

TEST_CASE("a damaged pack is told as one") {
    Desk desk;
    desk.order();
    desk.agencies("a,Tên,27154,10.77,106.68,ubnd,x\n");
    desk.ask({"pack", "build", desk.path(""), desk.path("a.pack")});
    const auto size = std::filesystem::file_size(desk.dir / "a.pack");
    int damaged = 0;
    for (std::uintmax_t at = 4096; at + 4 <= size; at += 4096) {
        std::filesystem::copy_file(desk.dir / "a.pack", desk.dir / "b.pack",
                                   std::filesystem::copy_options::overwrite_existing);
        std::fstream(desk.dir / "b.pack", std::ios::in | std::ios::out | std::ios::binary)
            .seekp(static_cast<std::streamoff>(at))
            .write("\xFF\xFF\xFF\xFF", 4);
        for (const std::vector<std::string>& asked :
             {std::vector<std::string>{"pack", "inspect", desk.path("b.pack")},
              {"search", "--pack", desk.path("b.pack"), "ten"}}) {
            const auto said = desk.ask(asked);
            CHECK((desk.exit == 0 || desk.exit == 1));
            damaged += said.find("damaged") != said.npos;
        }
    }
    CHECK(damaged > 0);
}

TEST_CASE("a manifest holds when two of the city's keys signed it and its packs are those it names") {
    Desk desk;
    desk.order();
    desk.agencies("a,Tên,27154,10.77,106.68,ubnd,x\n");
    desk.ask({"pack", "build", desk.path(""), desk.path("a.pack")});
    const auto one = desk.key("one"), two = desk.key("two"), three = desk.key("three");
    CHECK_THAT(desk.ask({"pack", "key", desk.path("one")}), Contains("not overwritten"));

    desk.ask({"pack", "root", desk.path("root"), "--number", "1", "--root", one, two, "--root-threshold", "2",
              "--content", one, two, "--content-threshold", "2", "--alerts", three, "--staff", three});
    const auto verify = [&](const std::vector<std::string>& packs) {
        std::vector<std::string> arguments{"pack", "verify", desk.path("list"), "--root", desk.path("root")};
        for (const auto& pack : packs) arguments.push_back(pack.starts_with("--") ? pack : desk.path(pack));
        return desk.ask(arguments);
    };
    const auto sign = [&](const char* file, const char* key) {
        return desk.ask({"pack", "sign", desk.path(file), "--key", desk.path(key)});
    };
    sign("root", "one");
    CHECK_THAT(sign("root", "two"), Contains("2 signatures"));

    CHECK_THAT(desk.ask({"pack", "manifest", desk.path("none"), "--number", "7"}), Contains("--empty"));
    CHECK(desk.exit == 1);
    CHECK_FALSE(std::filesystem::exists(desk.dir / "none"));
    desk.ask({"pack", "manifest", desk.path("none"), "--number", "7", "--empty"});
    CHECK(desk.exit == 0);
    desk.ask({"pack", "manifest", desk.path("list"), desk.path("a.pack"), "--number", "7"});
    REQUIRE(desk.exit == 0);
    CHECK_THAT(verify({}), Contains("not enough signatures") && Contains(desk.path("list")) &&
                               Contains("0 of the 2 signatures it needs by the role content (which has 2"));
    CHECK_THAT(sign("list", "one"), Contains("\"name\":\"city\"") && Contains("1 signatures"));
    CHECK_THAT(sign("list", "one"), Contains("1 signatures"));
    sign("list", "three");
    const auto lacking = verify({});
    CHECK_THAT(lacking, Contains("1 of the 2") && Contains("has signed: " + fingerprint(one)) &&
                            Contains("not a key of the role content in this root: " + fingerprint(three)));
    CHECK(desk.exit == 1);
    sign("list", "two");
    CHECK_THAT(verify({"a.pack"}), Contains("Version 7") && Contains("1 packs"));
    CHECK(desk.exit == 0);
    CHECK_THAT(verify({}), Contains("their files were not given: city."));
    CHECK(desk.exit == 1);
    CHECK_THAT(verify({"--signatures-only"}), Contains("Version 7"));
    CHECK(desk.exit == 0);
    CHECK_THAT(desk.ask({"pack", "verify", desk.path("root"), "--root", desk.path("root")}),
               Contains("is no manifest"));
    CHECK_THAT(desk.ask({"pack", "verify", desk.path("list"), "--root", desk.path("list")}),
               Contains("is no root"));

    desk.agencies("a,Tên khác,27154,10.77,106.68,ubnd,x\n");
    desk.ask({"pack", "build", desk.path(""), desk.path("b.pack")});
    CHECK(verify({"a.pack", "b.pack"}) ==
          "This pack is not the one that the manifest names: " + desk.path("b.pack") + "\n");
    CHECK(desk.exit == 1);
    desk.ask(
        {"pack", "manifest", desk.path("two"), desk.path("a.pack"), desk.path("b.pack"), "--number", "8"});
    CHECK(desk.exit == 1);
    desk.put("c.pack", "no pack");
    CHECK(verify({"c.pack"}) == "The pack is damaged: " + desk.path("c.pack") + "\n");
}

TEST_CASE("tram pack map makes a sketch map, or says what is wrong with it") {
    Desk desk;
    desk.put(
        "a.geojson",
        R"({"type": "FeatureCollection", "note": {"vi": "Sơ đồ", "en": "A sketch"}, "features": [{"type": "Feature",
        "properties": {"ground": "street", "name": "Bàn Cờ"},
        "geometry": {"type": "LineString", "coordinates": [[106.68, 10.77], [106.69, 10.78]]}}]})");
    CHECK_THAT(desk.ask({"pack", "map", desk.path("a.geojson"), desk.path("a.sketch")}),
               Contains("1 shapes") && Contains("Sơ đồ"));
    CHECK(desk.exit == 0);
    CHECK(std::filesystem::file_size(desk.dir / "a.sketch") < 60);
    desk.put("b.geojson", R"({"type": "FeatureCollection", "features": []})");
    CHECK_THAT(desk.ask({"pack", "map", desk.path("b.geojson"), desk.path("b.sketch")}),
               Contains("b.geojson: must not be empty note"));
    CHECK(desk.exit == 1);
    CHECK_FALSE(std::filesystem::exists(desk.dir / "b.sketch"));
}

TEST_CASE("tram pack sample writes a city that tram pack build takes, the same for the same seed") {
    Desk desk;
    const auto sample = [&](const char* seed, const char* folder) {
        desk.ask({"pack", "sample", "--entries", "300", "--seed", seed, desk.path(folder)});
        CHECK(desk.exit == 0);
        const auto pack = desk.path(std::string(folder) + ".pack");
        CHECK_THAT(desk.ask({"pack", "build", desk.path(folder), pack, "--at", "2026-11-29T08:00:00+07:00"}),
                   Contains("300 entries"));
        CHECK_THAT(desk.ask({"pack", "build", desk.path(folder), pack, "--at", "2026-11-01T08:00:00+07:00"}),
                   Contains("as_of: this time is yet to come"));
        return pack;
    };
    const auto one = sample("1", "a"), same = sample("1", "b"), other = sample("2", "c");
    CHECK(desk.ask({"pack", "diff", one, same}).empty());
    CHECK_FALSE(desk.ask({"pack", "diff", one, other}).empty());
}
