#include "content/WardDirectory.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <set>

#include "base/VietnameseText.h"
#include "content/PlaceNames.h"
#include "tests/support/TempDir.h"

using namespace tram;
using content::WardDirectory;

namespace {

const WardDirectory& wards() {
    static const auto loaded = WardDirectory::load(TRAM_SOURCE_DIR "/resources/content");
    REQUIRE(loaded);
    return *loaded;
}

std::vector<std::string> names(std::string_view query, std::size_t limit = 200) {
    std::vector<std::string> found;
    for (const auto& match : wards().search(query, limit)) found.push_back(match.ward->fullName);
    return found;
}

std::string first(std::string_view query) {
    const auto found = names(query, 1);
    return found.empty() ? "" : found.front();
}

std::string oldNameOf(std::string_view query, std::string_view ward) {
    for (const auto& match : wards().search(query, 200))
        if (match.ward->fullName == ward) return match.oldName.empty() ? "(present name)" : match.oldName;
    return "(not found)";
}

base::Problem loadProblem(const std::string& present, const std::string& old) {
    const test::TempDir dir;
    std::ofstream(dir / "wards.csv") << present;
    std::ofstream(dir / "old_wards.csv") << old;
    const auto loaded = WardDirectory::load(dir.path());
    REQUIRE_FALSE(loaded);
    return loaded.error();
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("all 168 units are there, in Vietnamese order") {
    const auto& all = wards().all();
    REQUIRE(all.size() == 168);
    std::set<std::string> codes;
    for (const auto& ward : all) codes.insert(ward.code);
    CHECK(codes.size() == 168);

    const auto place = [&](std::string_view name) {
        for (std::size_t i = 0; i < all.size(); ++i)
            if (all[i].fullName == name) return i;
        FAIL("no ward " << name);
        return all.size();
    };
    // By code point Đ and accented letters would come behind z.
    CHECK(place("Phường An Đông") < place("Xã An Long"));
    CHECK(place("Phường Dĩ An") < place("Phường Đông Hoà"));
    CHECK(place("Phường Đông Hoà") < place("Phường Gò Vấp"));
    CHECK(place("Phường Bàn Cờ") < place("Phường Bảy Hiền"));
    CHECK(names("").size() == 168);
    CHECK(names("  ,. ").size() == 168);
    CHECK(names("", 7).size() == 7);
}

TEST_CASE("every old name leads to a present unit, and every unit but Côn Đảo has old ones") {
    // load() refuses rows that join to nothing; here the other way round.
    std::set<std::string> reached;
    for (const char* province : {"Quận", "Huyện", "Thành phố"})
        for (const auto& match : wards().search(province, 200))
            if (!match.oldName.empty()) reached.insert(match.ward->fullName);
    CHECK(reached.size() == 167);
    CHECK_FALSE(reached.contains("Đặc khu Côn Đảo"));
    CHECK(reached.contains("Phường Xuân Hoà"));  // its old names spell it Xuân Hòa
}

TEST_CASE("phường 4 quận 3 offers exactly both its successors, however it is written") {
    const auto query = GENERATE(
        as<std::string>(), "phuong 4 quan 3", "Phường 4, Quận 3", "phường 04, quận 03", "p4 q3", "p.4 q.3",
        "P4Q3", "f4 q3", "F.4, Q.3", "quan 3 phuong 4", "q3 p4", "phuong4 quan3", "p4 q3 tphcm",
        "phường 4, quận 3, TP. Hồ Chí Minh", "Phường 4 – Quận 3 – thành phố Hồ Chí Minh");
    CAPTURE(query);
    CHECK(names(query) == Names{"Phường Bàn Cờ", "Phường Xuân Hoà"});
    CHECK(oldNameOf(query, "Phường Xuân Hoà") == "Phường 4, Quận 3");
}

TEST_CASE("numbers match whole, and belong to their unit") {
    CHECK(names("q3") == Names{"Phường Bàn Cờ", "Phường Nhiêu Lộc", "Phường Xuân Hoà"});
    CHECK(names("quan 3") == names("q3"));
    CHECK(oldNameOf("q3", "Phường Bàn Cờ") == "Quận 3");
    for (const auto& match : wards().search("quan 1", 200)) CHECK(match.oldName == "Quận 1");
    for (const auto& match : wards().search("p1", 200)) CHECK(match.oldName.starts_with("Phường 1, "));
    // Ward 3 of district 4 is no answer to ward 4 of district 3, and the other way round.
    for (const auto& match : wards().search("phuong 3 quan 4", 200))
        CHECK(match.oldName == "Phường 3, Quận 4");
    CHECK(names("phuong 3 quan 4").size() == 1);
    CHECK(names("phuong 99 quan 3").empty());
    CHECK(names("quan 0").empty());
    CHECK(names("4 quan 3") == names("p4 q3"));
}

TEST_CASE("present names are found without accents, in both tone spellings, best first") {
    CHECK(first("ben thanh") == "Phường Bến Thành");
    CHECK(first("Bến Thành") == "Phường Bến Thành");
    CHECK(first("p ben thanh") == "Phường Bến Thành");
    CHECK(names("BẾN", 2) == Names{"Phường Bến Cát", "Phường Bến Thành"});
    CHECK(first("thu duc") == "Phường Thủ Đức");
    CHECK(first("vung tau") == "Phường Vũng Tàu");
    CHECK(first("con dao") == "Đặc khu Côn Đảo");
    CHECK(first("đk côn đảo") == "Đặc khu Côn Đảo");
    CHECK(first("xuan hoa") == "Phường Xuân Hoà");
    CHECK(first("Xuân Hòa") == "Phường Xuân Hoà");
    CHECK(first("Xuân Hoà") == "Phường Xuân Hoà");
    CHECK(first("hoa xuan") == "Phường Xuân Hoà");
    CHECK(first("can gio") == "Xã Cần Giờ");
    CHECK(first(base::toUtf8(U"Be\u0302\u0301n Tha\u0300nh")) ==
          "Phường Bến Thành");  // NFD, as some keyboards send it
    CHECK(oldNameOf("ben thanh", "Phường Bến Thành") == "(present name)");
}

TEST_CASE("a whole name comes before longer ones, those before old names") {
    const auto found = wards().search("thu duc", 200);
    REQUIRE(found.size() > 1);
    CHECK(found[0].oldName.empty());
    CHECK(found[1].oldName == "Thành Phố Thủ Đức");
    CHECK(first("binh duong") == "Phường Bình Dương");
    // The old province is the last thing looked at: all of Bình Dương, behind the ward of that name.
    CHECK(names("binh duong").size() > 20);
    const auto tan = names("tan hoa");
    CHECK(tan.front() == "Phường Tân Hoà");
    CHECK(std::find(tan.begin(), tan.end(), "Phường Tân Sơn Hoà") != tan.end());
}

TEST_CASE("an old name is given when a ward is found by it") {
    CHECK(oldNameOf("vo thi sau", "Phường Xuân Hoà") == "Phường Võ Thị Sáu, Quận 3");
    CHECK(oldNameOf("ben thanh quan 1", "Phường Bến Thành") == "Phường Bến Thành, Quận 1");
    CHECK(oldNameOf("tt can thanh", "Xã Cần Giờ") == "Thị Trấn Cần Thạnh, Huyện Cần Giờ");
    CHECK(names("linh dong") == Names{"Phường Hiệp Bình", "Phường Thủ Đức"});
}

TEST_CASE("each ward comes once, and no more than asked for") {
    const auto query = GENERATE(as<std::string>(), "p", "quan", "tan", "phuong 1", "thanh pho", "x", "binh");
    const auto found = names(query);
    CHECK(found.size() == std::set<std::string>(found.begin(), found.end()).size());
    CHECK(names(query, 3) == Names(found.begin(), found.begin() + 3));
    CHECK(names(query, 0).empty());
}

TEST_CASE("typing a name narrows, letter by letter") {
    std::size_t before = wards().all().size();
    const std::string query = "ben thanh";
    for (std::size_t length = 1; length <= query.size(); ++length) {
        const auto found = names(query.substr(0, length)).size();
        CHECK(found <= before);
        CHECK(found > 0);
        before = found;
    }
}

TEST_CASE("hostile queries find nothing or something, quickly") {
    CHECK(names(std::string(10'000, 'q')).empty());
    CHECK_NOTHROW(names("\xFF\xFE\x80"));
    CHECK_NOTHROW(names(base::toUtf8(U"\u202E3 nauq 😀")));
    std::string numbers;
    for (int i = 0; i < 2000; ++i) numbers += "p4 ";
    CHECK_NOTHROW(names(numbers));
}

TEST_CASE("a search fits between two keystrokes many times over") {
    using clock = std::chrono::steady_clock;
    auto best = clock::duration::max();
    for (int round = 0; round < 5; ++round) {
        const auto begin = clock::now();
        for (const char* query : {"p", "ph", "phuong 4 q", "phuong 4 quan 3", "binh duong"})
            (void)wards().search(query, 20);
        best = std::min(best, (clock::now() - begin) / 5);
    }
    CHECK(best < std::chrono::milliseconds(5));  // unoptimised build; bench/ has the real figure
}

TEST_CASE("a ward is found by its code") {
    REQUIRE(wards().byCode("27154"));
    CHECK(wards().byCode("27154")->fullName == "Phường Bàn Cờ");
    CHECK(wards().byCode("00000") == nullptr);
    CHECK(wards().byCode("") == nullptr);
}

TEST_CASE("spellings of one name join, names that differ in a tone do not") {
    using content::spellingKey;
    CHECK(spellingKey("Phường Xuân Hòa") == spellingKey("Phường Xuân Hoà"));
    CHECK(spellingKey("Phú Thọ Hòa") == spellingKey("phú thọ hoà"));
    CHECK(spellingKey("Thủy") == spellingKey("Thuỷ"));
    CHECK(spellingKey("Xã Thanh An") != spellingKey("Xã Thạnh An"));
    CHECK(spellingKey("Hòa") != spellingKey("Hóa"));
    CHECK(oldNameOf("thanh an dau tieng", "Xã Thanh An").starts_with("Xã Thanh An"));
    CHECK(oldNameOf("thanh an can gio", "Xã Thạnh An") == "Xã Thạnh An, Huyện Cần Giờ");
}

TEST_CASE("ward data that is absent or wrong is named with its file and line") {
    const test::TempDir empty;
    const auto missing = WardDirectory::load(empty.path());
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == base::ProblemKind::FileMissing);

    const std::string head = "code,name,type,full_name\n", good = head + "1,Bàn Cờ,phường,Phường Bàn Cờ\n";
    const std::string oldHead = "old_ward,old_district,old_province,new_unit\n";
    const auto check = [](const base::Problem& problem, const char* file, const char* line) {
        CHECK(problem.kind == base::ProblemKind::Malformed);
        CHECK(problem.fact("path").ends_with(file));
        CHECK(problem.fact("line") == line);
    };
    check(loadProblem(head, oldHead), "/wards.csv", "2");
    check(loadProblem(good + "1,Nhiêu Lộc,phường,Phường Nhiêu Lộc\n", oldHead), "/wards.csv",
          "3");  // code twice
    check(loadProblem(good + "x,Nhiêu Lộc,phường,Phường Nhiêu Lộc\n", oldHead), "/wards.csv", "3");
    check(loadProblem(good + "2,,phường,\n", oldHead), "/wards.csv", "3");
    check(loadProblem(good, oldHead + "Phường 4,Quận 3,Hồ Chí Minh,Phường Không Có\n"), "/old_wards.csv",
          "2");
    check(loadProblem(good, "anything\n"), "/old_wards.csv", "1");
}
