#include <catch2/catch.hpp>

#include "tests/unit/typing/Typist.h"

using namespace tram::typing::test;

namespace {

struct Row {
    const char *keys, *text;
};

void expectBoth(std::initializer_list<Row> rows) {
    for (const Row& row : rows) {
        INFO(row.keys);
        CHECK(whileTyping(row.keys) == row.text);
        CHECK(whenOver(row.keys) == row.text);
    }
}

}  // namespace

TEST_CASE("Telex makes shapes and tones") {
    expectBoth({{"aa", "â"},
                {"aw", "ă"},
                {"ee", "ê"},
                {"oo", "ô"},
                {"ow", "ơ"},
                {"uw", "ư"},
                {"w", "ư"},
                {"dd", "đ"},
                {"uow", "ươ"},
                {"as", "á"},
                {"af", "à"},
                {"ar", "ả"},
                {"ax", "ã"},
                {"aj", "ạ"},
                {"test", "tét"},
                {"tieengs", "tiếng"},
                {"Vieetj", "Việt"},
                {"ddoongf", "đồng"},
                {"quys", "quý"},
                {"khoer", "khỏe"},
                {"thuyr", "thủy"},
                {"nghieengx", "nghiễng"},
                {"gif", "gì"},
                {"gieets", "giết"},
                {"giax", "giã"},
                {"muaf", "mùa"},
                {"quaf", "quà"},
                {"khuya", "khuya"},
                {"ruouwj", "rượu"},
                {"quoocs", "quốc"},
                {"quyeenf", "quyền"},
                {"ngoeof", "ngoèo"},
                {"ngoao", "ngoao"},
                {"khuyur", "khuỷu"},
                {"luaatj", "luật"},
                {"hoawcj", "hoặc"},
                {"thuowr", "thuở"},
                {"huow", "huơ"},
                {"thuowng", "thương"},
                {"huowng", "hương"},
                {"muaw", "mưa"},
                {"guiwr", "gửi"},
                {"luuw", "lưu"}});
}

TEST_CASE("Telex takes tone and shape keys anywhere after their vowel") {
    expectBoth(
        {{"nguoiwf", "người"},   {"ngwowif", "người"},    {"nguowfi", "người"},    {"nguofiw", "người"},
         {"nguoifw", "người"},   {"dduongwf", "đường"},   {"duongwfd", "đường"},   {"duongdwf", "đường"},
         {"thuowngf", "thường"}, {"thuongwf", "thường"},  {"thuwowngf", "thường"}, {"thwowngf", "thường"},
         {"truwongf", "trường"}, {"truwongwf", "trường"}, {"tiengse", "tiếng"},    {"tiesnge", "tiếng"},
         {"tieengs", "tiếng"},   {"tienges", "tiếng"},    {"duongwd", "đương"},    {"dangd", "đang"},
         {"dauafd", "đầu"},      {"luatja", "luật"},      {"hoacwj", "hoặc"},      {"muonso", "muốn"},
         {"yeue", "yêu"},        {"nguyenxe", "nguyễn"},  {"giuwx", "giữ"},        {"giwx", "giữ"},
         {"nhw", "như"},         {"trwowngf", "trường"},  {"tuowno", "tuôn"},      {"toow", "tơ"},
         {"towo", "tô"}});
}

TEST_CASE("Telex undoes what is repeated") {
    expectBoth({{"aaa", "aa"},       {"aaaa", "aaa"},
                {"eee", "ee"},       {"ooo", "oo"},
                {"tooo", "too"},     {"toooo", "tooo"},
                {"ddd", "dd"},       {"dddd", "ddd"},
                {"aww", "aw"},       {"oww", "ow"},
                {"uww", "uw"},       {"ww", "w"},
                {"uoww", "uow"},     {"tesst", "test"},
                {"tess", "tes"},     {"tesss", "tess"},
                {"asss", "ass"},     {"aff", "af"},
                {"arr", "ar"},       {"axx", "ax"},
                {"ajj", "aj"},       {"truowngww", "truongww"},
                {"booong", "boong"}, {"mooocs", "moóc"},
                {"xooongf", "xoòng"}});
    CHECK(whileTyping("www") == "ww");
    CHECK(whenOver("www") == "www");
    CHECK(whenOver("wwww") == "www");
    CHECK(whenOver("www.gov.vn") == "www.gov.vn");
    CHECK(whenOver("truowngw") == "truongw");
}

TEST_CASE("z clears the tone and is a letter without one") {
    expectBoth({{"asz", "a"},
                {"nguoiwfz", "ngươi"},
                {"tieengsz", "tiêng"},
                {"asfz", "a"},
                {"aszz", "az"},
                {"aszs", "á"},
                {"az", "az"},
                {"zalo", "zalo"},
                {"zoom", "zoom"}});
}

TEST_CASE("a later tone replaces an earlier one") {
    expectBoth({{"asf", "à"}, {"mootsj", "một"}, {"nguoiwfs", "ngưới"}, {"hoafr", "hỏa"}});
}

TEST_CASE("capitals stay with their letters") {
    expectBoth({{"NGUOIWF", "NGƯỜI"},
                {"Nguoiwf", "Người"},
                {"DDUOWNGF", "ĐƯỜNG"},
                {"Ddieenj", "Điện"},
                {"dDi", "đi"},
                {"W", "Ư"},
                {"AWn", "Ăn"},
                {"As", "Á"},
                {"aS", "á"},
                {"TieesnG", "TiếnG"},
                {"TOOO", "TOO"},
                {"Quoocs", "Quốc"},
                {"QUYR", "QUỶ"}});
}

TEST_CASE("the tone stands where each style puts it") {
    const Row rows[] = {{"hoaf", "hòa|hoà"},    {"hoef", "hòe|hoè"},    {"thuyr", "thủy|thuỷ"},
                        {"uyr", "ủy|uỷ"},       {"hoanf", "hoàn|hoàn"}, {"quys", "quý|quý"},
                        {"loaij", "loại|loại"}, {"muaf", "mùa|mùa"},    {"khuyur", "khuỷu|khuỷu"},
                        {"HOAS", "HÓA|HOÁ"},    {"giaf", "già|già"},    {"ddoawnf", "đoằn|đoằn"}};
    for (const Row& row : rows) {
        const std::string both = row.text;
        const auto bar = both.find('|');
        CHECK(whileTyping(row.keys, kTelex) == both.substr(0, bar));
        CHECK(whileTyping(row.keys, kTelexNew) == both.substr(bar + 1));
    }
}

TEST_CASE("đ stays in abbreviations") {
    expectBoth({{"ddt", "đt"},
                {"ddc", "đc"},
                {"DDTDD", "ĐTĐ"},
                {"DDTDDDD", "ĐTDĐ"},
                {"HDDND", "HĐND"},
                {"QDD", "QĐ"},
                {"QDD-UBND", "QĐ-UBND"},
                {"UBDDT", "UBĐT"},
                {"TDDC", "TĐC"},
                {"BDDS", "BĐS"}});
}

TEST_CASE("names of places outside the spelling rules can be typed") {
    expectBoth({{"DDawks", "Đắk"}, {"Lawks", "Lắk"}, {"DDawk", "Đăk"}, {"Kroong", "Krông"}, {"Kanj", "Kạn"}});
}

TEST_CASE("a sentence goes word by word") {
    CHECK(whenOver("DDuwowngf Leej Thuyr, Phuwowngf 4 (quaanj 3) bij ngaapj!") ==
          "Đường Lệ Thủy, Phường 4 (quận 3) bị ngập!");
    CHECK(whenOver("so nhaf 12A/3; ddt 0901234567") == "so nhà 12A/3; đt 0901234567");
    CHECK(whenOver("quaanj3 19h30 2tr") == "quận3 19h30 2tr");
    CHECK(whenOver("  as\tas\nas ") == "  á\tá\ná ");
}
