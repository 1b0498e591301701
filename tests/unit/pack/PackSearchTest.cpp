#include "pack/PackSearch.h"

#include <catch2/catch.hpp>

#include "base/Files.h"
#include "pack/PackFile.h"
#include "pack/PackWriter.h"
#include "pack/SearchWords.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::pack;
using namespace tram::test;

namespace {

const PackAbout kAbout{"places", "Sở mẫu", "2026-11-29T08:00:00+07:00"};

Entry make(const std::string& kind, const std::string& title, int popularity = 0,
           std::optional<Point> place = {}, const std::string& alsoFoundBy = "") {
    static int number = 0;
    return {kind, "id-" + std::to_string(++number), title, "27154", place, "{}", alsoFoundBy, popularity};
}

struct City {
    explicit City(std::vector<Entry> entries) {
        REQUIRE(writePack(dir / "places.pack", kAbout, std::move(entries)));
        auto opened = PackFile::open(dir / "places.pack");
        REQUIRE(opened);
        pack.emplace(std::move(*opened));
    }
    std::vector<std::string> titles(const Query& query) const {
        std::vector<std::string> all;
        for (const auto& found : search(*pack, query)) all.push_back(found.entry.title);
        return all;
    }
    std::string first(const std::string& typed) const {
        const auto all = titles({typed, "", {}, 20});
        return all.empty() ? "" : all[0];
    }
    TempDir dir;
    std::optional<PackFile> pack;
};

City& sample() {
    static City city(
        {make("clinic", "Bệnh viện Từ Dũ", 9, Point{10.7686, 106.6853}),
         make("clinic", "Bệnh viện Bình Dân", 7, Point{10.7745, 106.6813}),
         make("clinic", "Trạm y tế Phường Bàn Cờ", 3, Point{10.7702, 106.6815}, "Phường 4 Quận 3"),
         make("school", "Trường Tiểu học Nguyễn Trãi", 5), make("school", "Trường THCS Trãi Nguyên", 8),
         make("bus-stop", "Đường số 7", 1), make("bus-stop", "Đường số 70 – Hẻm 7", 4)});
    return city;
}

}  // namespace

TEST_CASE("found without accents, by unfinished words, in any order, and by former names of the place") {
    auto& city = sample();
    CHECK(city.first("benh vien tu du") == "Bệnh viện Từ Dũ");
    CHECK(city.first("TỪ DŨ") == "Bệnh viện Từ Dũ");
    CHECK(city.first("tu du benh v") == "Bệnh viện Từ Dũ");
    CHECK(city.first("p4, q3") == "");
    CHECK(city.first("tram y te quan 3") == "Trạm y tế Phường Bàn Cờ");
    CHECK(city.first("tram y te quan 4") == "");
    CHECK(city.first("b") == "Bệnh viện Từ Dũ");
}

TEST_CASE("a number belongs to the word before it, and its beginning will do while it is typed") {
    auto& city = sample();
    CHECK(city.first("duong so 7") == "Đường số 7");
    CHECK(city.titles({"duong so 7", "", {}, 20}) ==
          std::vector<std::string>{"Đường số 7", "Đường số 70 – Hẻm 7"});
    CHECK(city.titles({"duong so 70", "", {}, 20}) == std::vector<std::string>{"Đường số 70 – Hẻm 7"});
    CHECK(city.titles({"duong so 07 hem", "", {}, 20}).empty());
}

TEST_CASE("accents that were typed decide, words in a row before words apart, then what is more popular") {
    auto& city = sample();
    CHECK(city.titles({"trai nguyen", "", {}, 20})[0] == "Trường THCS Trãi Nguyên");
    CHECK(city.titles({"nguyen trai", "", {}, 20})[0] == "Trường Tiểu học Nguyễn Trãi");
    City twins({make("school", "Mẫu giáo Hoa Mai", 9), make("school", "Mẫu giáo Hòa Mai", 1)});
    CHECK(twins.first("hòa mai") == "Mẫu giáo Hòa Mai");
    CHECK(twins.first("hoa mai") == "Mẫu giáo Hoa Mai");
}

TEST_CASE(
    "a slip in a word is forgiven, words written as one are parted, and what fits as typed comes first") {
    auto& city = sample();
    for (const auto* slipped : {"bneh vien tu du", "benh vein tu du", "bennh vien tu du", "beh vien tu du",
                                "benhvien tu du", "benh vien tudu"}) {
        INFO(slipped);
        const auto found = search(*city.pack, {slipped, "", {}, 20});
        REQUIRE_FALSE(found.empty());
        CHECK(found[0].entry.title == "Bệnh viện Từ Dũ");
        CHECK(found[0].forgiven);
    }
    CHECK_FALSE(search(*city.pack, {"benh vien tu du", "", {}, 20})[0].forgiven);
    CHECK(city.first("xyzzy") == "");
}

TEST_CASE("of one kind only, the nearest first, with their distance") {
    auto& city = sample();
    CHECK(city.titles({"t", "school", {}, 20}).size() == 2);
    const auto near = search(*city.pack, {"benh vien", "", Point{10.7746, 106.6814}, 20});
    REQUIRE(near.size() == 2);
    CHECK(near[0].entry.title == "Bệnh viện Bình Dân");
    CHECK(near[0].metres.value() < 30);
    CHECK(near[1].metres.value() == Approx(790).epsilon(0.1));
}

TEST_CASE("the nearest of thousands that fit is found, however unpopular it is") {
    std::vector<Entry> many;
    for (int at = 0; at < 3000; ++at)
        many.push_back(make("pharmacy", "Nhà thuốc " + std::to_string(at), 3000 - at,
                            Point{10.5 + at % 60 * 0.01, 106.4 + at / 60 * 0.01}));
    many.push_back(make("pharmacy", "Nhà thuốc Gần Nhất", 0, Point{10.7702, 106.6815}));
    City city(std::move(many));
    const auto near = search(*city.pack, {"nha thuoc", "", Point{10.7703, 106.6815}, 5});
    REQUIRE(near.size() == 5);
    CHECK(near[0].entry.title == "Nhà thuốc Gần Nhất");
    for (std::size_t at = 1; at < near.size(); ++at) CHECK(near[at - 1].metres <= near[at].metres);
    CHECK(near[4].metres.value() < 2500);
    // Far from everything the rest comes by popularity, and still something comes.
    CHECK(search(*city.pack, {"nha thuoc", "", Point{8.68, 106.6}, 5}).size() == 5);
}

TEST_CASE("what no person types does no harm") {
    auto& city = sample();
    for (const std::string& typed : std::vector<std::string>{
             std::string(), std::string("   "), std::string("\"\"\"'--"), std::string("a OR b NOT NEAR("),
             std::string("k_clinic"), std::string("f_1077_10668"), std::string("* : ^ {}"),
             std::string("\0x", 2), std::string("😀😀"), std::string("\xff\xfe"), std::string(10'000, 'a'),
             std::string(10'000, '"')}) {
        INFO(typed.substr(0, 20));
        CHECK(search(*city.pack, {typed, "", {}, 20}).size() < 7);
    }
    std::string words;
    for (int at = 0; at < 1000; ++at) words += "benh ";
    CHECK(city.first(words) == "Bệnh viện Từ Dũ");
    CHECK(city.titles({"k_clinic", "", {}, 20}).empty());
    CHECK(city.titles({"benh", "school", {}, 20}).empty());
    CHECK(city.titles({"benh", "no\" OR \"such", {}, 20}).empty());
}

TEST_CASE("a blank in the wrong place is forgiven, before a number too") {
    City city({make("pharmacy", "Nhà thuốc Chợ Lớn 25", 5), make("pharmacy", "Nhà thuốc Chợ Lớn 26", 9),
               make("pharmacy", "Nhà thuốc Tâm An", 3)});
    for (const auto* slipped : {"nha thuoc chol on 25", "nha thuoc ch olon 25", "nhat huoc cho lon 25",
                                "nha thu oc cho lon 25", "nha thuoc cholon 25", "nha thuocxcho lon 25"}) {
        INFO(slipped);
        CHECK(city.titles({slipped, "", {}, 20}) == std::vector<std::string>{"Nhà thuốc Chợ Lớn 25"});
    }
}

TEST_CASE("a slip in the word that is being typed is forgiven, and the word goes on to be found") {
    City city({make("clinic", "Bệnh viện Từ Dũ", 1), make("school", "Trường Tiểu học Nguyễn Huệ", 9),
               make("school", "Trường Tiểu học Nguyễn Trãi", 5), make("pharmacy", "Nhà thuốc Bình An", 7)});
    for (const auto* typed : {"bneh", "bnh v", "benh vein", "bnh vien", "benh vin tu d", "behn"})
        CHECK(city.first(typed) == "Bệnh viện Từ Dũ");
    const std::string title = "truong tieu hoc nguyen ";
    for (const auto* last : {"hua", "heu", "huue"})
        CHECK(city.first(title + last) == "Trường Tiểu học Nguyễn Huệ");
    for (const auto* last : {"tri", "tari", "trao", "rtai"})
        CHECK(city.first(title + last) == "Trường Tiểu học Nguyễn Trãi");
    for (const auto* typed : {"truong tieu hco", "truong tieu hoc nguyne", "truong tieu hoc nugye"})
        CHECK(city.titles({typed, "", {}, 20}).size() == 2);
    CHECK(city.first("ngueyn tr") == "Trường Tiểu học Nguyễn Trãi");
}

TEST_CASE("numbers are never mended, the word before one is, unless it is as short as p, q or kp") {
    City city({make("bus-stop", "Đường số 7", 1), make("bus-stop", "Đường số 17", 9),
               make("agency", "Khu phố 4", 1, {}, "kp 4"), make("agency", "Ấp 4", 5, {}, "ap 4 q 4"),
               make("clinic", "Trạm y tế Quận 3", 1), make("clinic", "Trạm y tế Quận 13", 9)});
    CHECK(city.titles({"dunog so 7", "", {}, 20}) == std::vector<std::string>{"Đường số 7"});
    CHECK(city.titles({"tram y te qaun 3", "", {}, 20}) == std::vector<std::string>{"Trạm y tế Quận 3"});
    for (const auto* wrong :
         {"duong so 8", "duong so 71", "tram y te quan 33", "hp 4", "p 4", "tram y te qaun 4"})
        CHECK(city.titles({wrong, "", {}, 20}).empty());
    CHECK(city.titles({"pk 4", "", {}, 20}) == std::vector<std::string>{"Khu phố 4"});
}

TEST_CASE("in a word of two letters their order is mended, and more only where nothing else is found") {
    City city({make("clinic", "Bệnh viện Từ Dũ", 1), make("clinic", "Bệnh viện Từ Da", 9)});
    CHECK(city.titles({"benh vien ut du", "", {}, 20}) == std::vector<std::string>{"Bệnh viện Từ Dũ"});
    CHECK(city.titles({"benh vien tu du", "", {}, 20}) == std::vector<std::string>{"Bệnh viện Từ Dũ"});
    CHECK(city.first("benh vien tx du") == "Bệnh viện Từ Dũ");
    CHECK(city.first("benh vien u du") == "Bệnh viện Từ Dũ");
    CHECK(city.titles({"benh vien tu dx", "", {}, 20}).size() == 2);
}

TEST_CASE("what one slip explains comes before what takes several, and the title it is in before others") {
    City city({make("school", "Trường Nguyễn Huệ", 1), make("school", "Phân hiệu trường Huệ Nguyễn", 9),
               make("school", "Trường Nguyễn Hiếu", 5)});
    const auto found = search(*city.pack, {"trung nguyen hue", "", {}, 20});
    REQUIRE(found.size() == 2);
    CHECK(found[0].entry.title == "Trường Nguyễn Huệ");
    CHECK(found[0].forgiven);
    CHECK(city.first("truogn nguyne hue") == "Trường Nguyễn Huệ");
}
