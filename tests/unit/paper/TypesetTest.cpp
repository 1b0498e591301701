// What is typeset is read back by programs of others: its letters, its pixels, its codes.
#include "paper/Typeset.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "base/VietnameseText.h"
#include "tests/support/PaperReader.h"

using namespace tram;
using namespace paper;
using base::ProblemKind;
using test::PaperReader;

namespace {

const std::string kLink = "https://cds.example.vn/t/K7M3Q9X2TW#AAECAwQFBgcICQoLDA0ODw";
const std::string kMarks = "Ể Ễ Ẩ Ỗ Ữ Ặ Ộ Đ gjpqy ệ ễ ẫ ỗ ữ ặ";

Sheet receipt() {
    return {{Title{"Phản ánh đã được lưu tại trạm"}, Code{"K7M-3Q9-X2T-W", "Mã tra cứu"},
             Rows{{{"Lĩnh vực", "Chiếu sáng công cộng"},
                   {"Nơi xảy ra", "Hẻm 152 Lý Chính Thắng, phường Nhiêu Lộc"}}},
             Qr{kLink, "Quét mã để theo dõi trên điện thoại"}, Rule{},
             Paragraph{"Hỏi tổng đài 1022 khi cần, kể cả ngày nghỉ."}, Heading{"Việc cần làm"},
             Items{Items::Mark::Number, {"Giữ phiếu này.", "Chờ kết quả trong 5 ngày làm việc."}},
             Small{"Trạm Bàn Cờ 02"}},
            "Trang {page}/{pages}"};
}

Sheet lines(int count, const std::string& line) {
    Sheet sheet;
    for (int i = 0; i < count; ++i) sheet.blocks.emplace_back(Paragraph{line});
    sheet.pageLabel = "Trang {page}/{pages}";
    return sheet;
}

/// Without the blanks and line ends that setting adds.
std::string letters(const std::string& text) {
    std::string left;
    std::copy_if(text.begin(), text.end(), std::back_inserter(left),
                 [](char c) { return c != ' ' && c != '\n' && c != '\f'; });
    return left;
}

bool holds(const std::string& text, const std::string& part) {
    return letters(text).find(letters(part)) != std::string::npos;
}

bool hasInk(const cv::Mat& pixels) {
    double darkest = 255;
    if (!pixels.empty()) cv::minMaxLoc(pixels, &darkest);
    return darkest < 200;
}

int inPixels(double mm) {
    return static_cast<int>(mm / 25.4 * PaperReader::kDpi);
}

/// How many stretches of rows have ink on them.
int bands(const cv::Mat& page) {
    int count = 0;
    bool inside = false;
    for (int y = 0; y < page.rows; ++y) {
        const bool ink = hasInk(page.row(y));
        count += ink && !inside;
        inside = ink;
    }
    return count;
}

/// Of each framed bar how much is black: between two lines over the whole width the shortest run from the
/// left.
std::vector<double> barsOf(const cv::Mat& page) {
    const auto run = [&](int y, int from) {
        int x = from;
        while (x < page.cols && page.at<unsigned char>(y, x) < 128) ++x;
        return x - from;
    };
    std::vector<int> edges;
    int left = page.cols, whole = 0;
    for (int y = 0; y < page.rows; ++y)
        for (int x = 0; x < page.cols; ++x)
            if (const int length = run(y, x); length > page.cols / 2 && length > whole)
                left = x, whole = length;
    std::vector<double> shares;
    for (int y = 0, top = -1; y < page.rows; ++y) {
        const bool edge = run(y, left) >= whole - 2;
        if (edge && top < 0) top = y;
        if (edge || top < 0) continue;
        int bottom = y;
        while (bottom < page.rows && run(bottom, left) < whole - 2) ++bottom;
        if (bottom - top > inPixels(4)) {  // solid from edge to edge: the next bar's edge was found
            shares.push_back(1);
        } else {
            shares.push_back(static_cast<double>(run((top + bottom) / 2, left)) / whole);
            while (bottom < page.rows && run(bottom, left) >= whole - 2) ++bottom;
        }
        y = bottom - 1;
        top = -1;
    }
    return shares;
}

void checkMargins(const cv::Mat& page, double sideMm, double topMm) {
    const int side = inPixels(sideMm) - 1, top = inPixels(topMm) - 1;
    CHECK_FALSE(hasInk(page.colRange(0, side)));
    CHECK_FALSE(hasInk(page.colRange(page.cols - side, page.cols)));
    CHECK_FALSE(hasInk(page.rowRange(0, top)));
    CHECK_FALSE(hasInk(page.rowRange(page.rows - top, page.rows)));
}

}  // namespace

TEST_CASE("a receipt comes back letter by letter, with its code to scan") {
    const auto stock = GENERATE(Stock::Thermal80, Stock::A4);
    const auto pdf = typeset(receipt(), stock);
    REQUIRE(pdf);
    CHECK(pdf->pages() == 1);
    CHECK(pdf->widthMm() == (stock == Stock::A4 ? 210 : 80));
    const PaperReader reader(*pdf);
    const auto text = reader.text();
    CAPTURE(text);
    for (const char* part :
         {"Phản ánh đã được lưu tại trạm", "K7M-3Q9-X2T-W", "Mã tra cứu", "Chiếu sáng công cộng", "Lĩnh vực",
          "1. Giữ phiếu này.", "2. Chờ kết quả trong 5 ngày làm việc.", "Việc cần làm", "Trạm Bàn Cờ 02",
          "Quét mã để theo dõi trên điện thoại", "Hỏi tổng đài 1022 khi cần, kể cả ngày nghỉ."})
        CHECK(holds(text, part));
    CHECK(text.find("Trang") == std::string::npos);
    const auto pictures = reader.pictures();
    REQUIRE(pictures.size() == 1);
    checkMargins(pictures[0], stock == Stock::A4 ? 18 : 4, 3);
    CHECK(PaperReader::codes(pictures[0]) == std::vector{kLink});
}

TEST_CASE("a chart's bars are black as far as their figures go, each with label and figure") {
    const auto stock = GENERATE(Stock::Thermal80, Stock::A4);
    const std::string unit = "Khu phố 12, hội viên Hội Liên hiệp Phụ nữ phường Bàn Cờ";
    const std::string wordy = "mười hai trên một trăm hai mươi hội viên, tính đến hết ngày thứ Sáu tuần này";
    const auto pdf = typeset(
        {{Bars{{{"Khu phố 1", "24 / 24", 24}, {unit, "12 / 24", 12}, {"Khu phố 3", wordy, 0}}, 24}}, ""},
        stock);
    REQUIRE(pdf);
    const PaperReader reader(*pdf);
    // A figure stands beside the first line of its label, so that a reader of lines comes to it in between.
    std::istringstream words("Khu phố 1 24 / 24 12 / 24 Khu phố 3 " + unit + " " + wordy);
    for (std::string word; words >> word;) CHECK(holds(reader.text(), word));
    const auto black = barsOf(reader.pictures().at(0));
    REQUIRE(black.size() == 3);
    CHECK(black[0] > 0.98);
    CHECK(black[1] == Approx(0.5).margin(0.02));
    CHECK(black[2] < 0.02);
}

TEST_CASE("a roll is as long as what is on it") {
    const auto one = typeset(lines(1, "Một"), Stock::Thermal80),
               ten = typeset(lines(10, "Một"), Stock::Thermal80);
    CHECK(one->heightMm() < 20);
    CHECK(ten->heightMm() > 50);
    CHECK(ten->heightMm() < 80);
}

TEST_CASE("a long code to scan stays readable on a roll") {
    const std::string text(700, 'k');
    const auto pdf = typeset({{Qr{text, ""}}, ""}, Stock::Thermal80);
    REQUIRE(pdf);
    CHECK(PaperReader::codes(PaperReader(*pdf).pictures().at(0)) == std::vector{text});
}

TEST_CASE("marks on marks and tails below touch no neighbour") {
    const auto stock = GENERATE(Stock::Thermal80, Stock::A4);
    std::string text;
    for (int i = 0; i < 12; ++i) text += kMarks + "\n";
    for (const Block& block : {Block(Paragraph{text}), Block(Paragraph{text, true}), Block(Small{text})}) {
        const auto pdf = typeset({{block}, ""}, stock);
        REQUIRE(pdf);
        CHECK(bands(PaperReader(*pdf).pictures().at(0)) == 12);
    }
}

TEST_CASE("Vietnamese is set as NFC in Inter, and what Inter lacks in Noto Sans") {
    const std::string apart = "Tra cứu hồ sơ: Nguyễn Thị Ánh";  // NFD
    const auto pdf = typeset({{Paragraph{apart}, Paragraph{"Ԁ"}}, ""}, Stock::A4);
    REQUIRE(pdf);
    const PaperReader reader(*pdf);
    CHECK(holds(reader.text(), "Tra cứu hồ sơ: Nguyễn Thị Ánh"));
    CHECK(reader.fonts().find("Inter") != std::string::npos);
    CHECK(reader.fonts().find("Noto") != std::string::npos);
}

TEST_CASE("two hundred of the longest lines lose no letter and leave no page") {
    std::string line;
    while (base::characters(line) < 300) line += "Ễnghiêngữ";
    const auto pdf = typeset(lines(200, line), Stock::A4);
    REQUIRE(pdf);
    CHECK(pdf->pages() > 5);
    const PaperReader reader(*pdf);
    std::string all;
    for (int page = 1; page <= pdf->pages(); ++page) {
        auto text = letters(reader.text(page));
        const auto label = letters("Trang " + std::to_string(page) + "/" + std::to_string(pdf->pages()));
        REQUIRE(text.ends_with(label));
        all += text.substr(0, text.size() - label.size());
    }
    std::string expected;
    for (int i = 0; i < 200; ++i) expected += line;
    CHECK((all == expected));
    for (const auto& page : reader.pictures()) checkMargins(page, 18, 10);
}

TEST_CASE("two hundred of them on a roll") {
    const std::string line(60, 'W');
    const auto pdf = typeset(lines(200, line), Stock::Thermal80);
    REQUIRE(pdf);
    const PaperReader reader(*pdf);
    CHECK(std::ranges::count(reader.text(), 'W') == 200 * 60);
    checkMargins(reader.pictures().at(0), 4, 3);
}

TEST_CASE("an item's first line is never the last on its page, nor a heading") {
    // Every beginning of the list, as every height of what stands before it, ends a page somewhere else.
    const auto before = GENERATE(range(0, 12));
    Sheet sheet = lines(before, "Dòng");
    for (int i = 0; i < 8; ++i) {
        sheet.blocks.emplace_back(Heading{"Phần"});
        Items items{Items::Mark::Box, {}};
        for (int k = 0; k < 4; ++k) {
            std::string text = "Mục";
            for (int word = 0; word < 60; ++word) text += " giấy";
            items.texts.push_back(text);
        }
        sheet.blocks.emplace_back(items);
    }
    sheet.pageLabel = "Trang {page}/{pages}";
    const auto pdf = typeset(sheet, Stock::A4);
    REQUIRE(pdf);
    REQUIRE(pdf->pages() > 1);
    const PaperReader reader(*pdf);
    for (int page = 1; page <= pdf->pages(); ++page) {
        std::istringstream text(reader.text(page));
        std::string line, last;
        while (std::getline(text, line))
            if (line.find_first_not_of(' ') != std::string::npos &&
                !line.ends_with("/" + std::to_string(pdf->pages())))
                last = line;
        CAPTURE(page, last);
        CHECK(last.find("Mục") == std::string::npos);
        CHECK(last.find("Phần") == std::string::npos);
    }
}

TEST_CASE("a code is as large as its line allows, and one beyond that goes on in the next") {
    const std::string code = "H29.17-260911-0012-" + std::string(60, '8');
    const auto pdf = typeset({{Code{code, ""}}, ""}, Stock::Thermal80);
    REQUIRE(pdf);
    const PaperReader reader(*pdf);
    CHECK(holds(reader.text(), code));
    checkMargins(reader.pictures().at(0), 4, 3);
    const auto height = [](const std::string& text) {
        return typeset({{Code{text, ""}}, ""}, Stock::Thermal80)->heightMm();
    };
    CHECK(height("K7M-3Q9") > height("H29.17-260911-0012") + 1);
}

TEST_CASE("a document says nothing about when and by whom it was made") {
    const auto pdf = typeset(receipt(), Stock::A4);
    REQUIRE(pdf);
    const auto info = PaperReader(*pdf).info();
    for (const char* key : {"Title:", "Author:", "Subject:", "CreationDate:", "ModDate:", "Creator:"})
        CHECK(info.find(key) == std::string::npos);
    CHECK(typeset(receipt(), Stock::A4)->bytes() == pdf->bytes());
}

TEST_CASE("what cannot be set is said") {
    const auto failing = [](Sheet sheet, Stock stock) {
        const auto pdf = typeset(sheet, stock);
        REQUIRE_FALSE(pdf);
        return pdf.error().kind;
    };
    CHECK(failing({}, Stock::A4) == ProblemKind::Malformed);
    CHECK(failing({{Paragraph{" \n "}}, ""}, Stock::Thermal80) == ProblemKind::Malformed);
    CHECK(failing({{Qr{"không", ""}}, ""}, Stock::A4) == ProblemKind::OutOfRange);
    CHECK(failing(lines(2000, "Một"), Stock::A4) == ProblemKind::TooLarge);
    CHECK(failing(lines(2000, "Một"), Stock::Thermal80) == ProblemKind::TooLarge);
    CHECK(failing({{Paragraph{std::string(1 << 20, 'x')}}, ""}, Stock::A4) == ProblemKind::TooLarge);
}
