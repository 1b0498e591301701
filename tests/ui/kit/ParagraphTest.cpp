#include <catch2/catch.hpp>

#include "tests/ui/kit/Stand.h"
#include "ui/kit/Layout.h"
#include "ui/kit/Paragraph.h"
#include "ui/kit/Pictures.h"

using namespace tram::kit;
using test::Stand;

namespace {

// The longest syllable of Vietnamese, an office's full name, a link nobody can break, an address.
const std::string kHard[] = {
    "nghiêng nghiêng NGHIÊNG nghiễng",
    "Trung tâm Phục vụ hành chính công phường Thủ Đức, Thành phố Hồ Chí Minh – nơi tiếp nhận",
    "https://congdanso.tphcm.gov.vn/tra-cuu/H29.168-261105-0042?nguon=kiosk&ma=K7M3Q9X2TW",
    "**Không được gửi** tên, số định danh; xem “quyền của người dân” tại\nLuật 91/2025/QH15.",
};

struct Bench {
    Stand stand;
    Fonts fonts;
    Pictures pictures;
};

}  // namespace

TEST_CASE("paragraphs wrap and never clip at four scales, narrow and wide") {  // STANDARDS 18, 200 %
    Bench bench;
    for (const int percent : {100, 125, 150, 200}) {
        const auto theme = test::theme("light", percent);
        Canvas canvas(theme, bench.fonts, bench.pictures);
        for (const auto& text : kHard)
            for (const auto type : {Type::Display, Type::Body, Type::Caption})
                for (const int width : {120, 260, 480, 1000}) {
                    Paragraph paragraph(text, {.role = type}, true);
                    const int height = paragraph.heightFor(canvas, width);
                    paragraph.place(canvas, {0, 0, width, height});
                    INFO(text << " at " << percent << " % in " << width << " px");
                    CHECK_FALSE(paragraph.overflows(canvas));
                    paragraph.place(canvas, {0, 0, width, height - 1});
                    CHECK(paragraph.overflows(canvas));  // else the check above would prove nothing
                }
    }
}

TEST_CASE("a code that is longer than the line breaks behind its dashes, and a longer part anywhere") {
    Bench bench;
    const auto theme = test::theme();
    Canvas canvas(theme, bench.fonts, bench.pictures);
    const auto widthOf = [&](const char* text) { return Paragraph(text, {}, false).widths(canvas).natural; };
    Paragraph code("H29.25-260310-0420", {}, false);
    CHECK(code.lineCount(canvas, widthOf("H29.25-260310-")) == 2);
    CHECK(code.widest(canvas, widthOf("H29.25-260310-0") + 1) < widthOf("H29.25-260310-0"));
    CHECK(code.lineCount(canvas, widthOf("260310-")) == 3);
    CHECK(code.lineCount(canvas, widthOf("2603")) > 4);
}

TEST_CASE("a paragraph as wide as it wants to be has one line for each written one") {
    Bench bench;
    const auto theme = test::theme();
    Canvas canvas(theme, bench.fonts, bench.pictures);
    Paragraph one(kHard[1], {}, true), two(kHard[3], {}, true);
    CHECK(one.lineCount(canvas, one.widths(canvas).natural) == 1);
    CHECK(two.lineCount(canvas, two.widths(canvas).natural) == 2);
}

TEST_CASE("bold marks are taken out, blank lines are kept, text from people keeps its stars") {
    CHECK(withoutMarks("gọi **112** ngay") == "gọi 112 ngay");
    const auto words = splitWords("a **b**.\n\nc", true);
    REQUIRE(words.size() == 4);
    CHECK(words[1].pieces.size() == 2);
    CHECK(words[1].pieces[0].bold);
    CHECK_FALSE(words[1].pieces[1].bold);
    CHECK(words[2].pieces.empty());
    CHECK(words[3].breakBefore);
    CHECK(plainText("5 ** 3")->spokenName == "5 ** 3");
    CHECK(paragraph("gọi **112**")->spokenName == "gọi 112");
}

TEST_CASE("a button's name that is quoted does not break, and is said with ordinary blanks") {
    const auto words = splitWords("bấm **" + unbroken("Đồng ý") + "** ngay", true);
    REQUIRE(words.size() == 3);
    CHECK(words[1].pieces[0].text == unbroken("Đồng ý"));
    CHECK(paragraph("bấm " + unbroken("Đồng ý"))->spokenName == "bấm Đồng ý");
}

TEST_CASE("the same page is measured once") {
    Bench bench;
    const auto theme = test::theme();
    Canvas canvas(theme, bench.fonts, bench.pictures);
    Paragraph first(kHard[1], {}, true), again(kHard[1], {}, true);
    first.heightFor(canvas, 300);
    const auto asked = bench.fonts.measured();
    again.heightFor(canvas, 300);
    CHECK(bench.fonts.measured() == asked);
}

TEST_CASE("centred lines are about as long as each other and no more of them") {
    Bench bench;
    const auto theme = test::theme("light", 200);
    Canvas canvas(theme, bench.fonts, bench.pictures);
    const std::string text = "Miễn phí. Không cần đăng nhập. Không cần giấy tờ.";
    Paragraph left(text, {}, false), centred(text, {.align = Align::Centre}, false);
    const int natural = left.widths(canvas).natural;
    const int width = natural * 8 / 10;  // a few words do not fit
    CHECK(left.lineCount(canvas, width) == 2);
    CHECK(centred.lineCount(canvas, width) == 2);
    CHECK(left.widest(canvas, width) > natural * 2 / 3);
    CHECK(centred.widest(canvas, width) < natural * 3 / 5);
    // One long word does not make others break.
    Paragraph link("a " + std::string(40, 'b') + " c", {.align = Align::Centre}, false);
    Paragraph same("a " + std::string(40, 'b') + " c", {}, false);
    for (const int room : {100, 300, 1200})
        CHECK(link.lineCount(canvas, room) == same.lineCount(canvas, room));
}

TEST_CASE("the last word is not left alone below the others, where another fits beside it") {
    Bench bench;
    const auto theme = test::theme("light", 100);
    Canvas canvas(theme, bench.fonts, bench.pictures);
    Paragraph whole("Bấm Đồng ý trong VNeID", {}, false), pair("trong VNeID", {}, false);
    const int natural = whole.widths(canvas).natural, two = pair.widths(canvas).natural;
    REQUIRE(two < natural - 1);
    CHECK(whole.lineCount(canvas, natural - 1) == 2);
    CHECK(whole.widest(canvas, natural - 1) <= natural - two);
    // Where the two do not fit beside each other, they stand below each other.
    Paragraph narrow("a trong VNeID", {}, false);
    CHECK(narrow.lineCount(canvas, two - 1) == 2);
    // The last word of each written line.
    Paragraph lines("Bấm Đồng ý trong VNeID\nBấm Đồng ý trong VNeID", {}, false);
    CHECK(lines.lineCount(canvas, natural - 1) == 4);
    CHECK(lines.widest(canvas, natural - 1) <= natural - two);
}

TEST_CASE("a code becomes smaller before it breaks, down to the share that is allowed") {
    Bench bench;
    const auto theme = test::theme();
    Canvas canvas(theme, bench.fonts, bench.pictures);
    const auto shown = [&](double least, int width) {
        Paragraph code("K7M-3Q9-X2T-W", {.role = Type::Code, .least = least}, false);
        code.place(canvas, {0, 0, width, code.heightFor(canvas, width)});
        CHECK_FALSE(code.overflows(canvas));
        return std::pair(code.lineCount(canvas, width), code.widest(canvas, width));
    };
    const auto [one, whole] = shown(0.8, 2000);
    REQUIRE(one == 1);
    const int tight = static_cast<int>(whole * 0.9);
    CHECK(shown(1, tight).first == 2);
    CHECK(shown(0.8, tight).first == 1);
    CHECK(shown(0.8, tight).second > tight * 0.9);  // no smaller than it must be
    const int tooTight = static_cast<int>(whole * 0.7);
    CHECK(shown(0.8, tooTight).first == 2);
    CHECK(shown(0.8, tooTight).second > whole * 0.4);  // broken at full size, behind a dash
    // The widest code holds no page open wider than a large-lettered one is (928 of 1080 in a card, at 124).
    Paragraph wide("WWW-WWW-WWW-W", {.role = Type::Code, .least = 0.7}, false);
    CHECK(wide.widths(canvas).min * 2 <= 928);
}

TEST_CASE("the lines that go on with a point of a list stand under its words") {
    Bench bench;
    const auto theme = test::theme();
    Canvas canvas(theme, bench.fonts, bench.pictures);
    const auto natural = [&](const char* text) { return Paragraph(text, {}, true).widths(canvas).natural; };
    Paragraph point("• Mã QR nghiêngnghiêng\nHai", {}, true);
    const int width = natural("• Mã QR nghiêng");
    REQUIRE(point.lineCount(canvas, width) == 3);
    CHECK(point.widest(canvas, width) == Approx(natural("• nghiêngnghiêng")).margin(1));
    Paragraph ended("• Mã\nnghiêngnghiêng nghiêngnghiêng", {}, true);  // a line of its own is no point's
    CHECK(ended.widest(canvas, natural("nghiêngnghiêng") + 2) == Approx(natural("nghiêngnghiêng")).margin(1));
}

namespace {

/// Columns from the last empty one to the end of the ink.
int lastInk(Stand& stand, const std::string& text) {
    stand.surface().show(column({plainText(text, {.role = Type::Display, .id = "t"})}));
    stand.settle();
    const auto place = stand.surface().find("t")->rect();
    const auto picture = stand.surface().picture().ConvertToImage();
    const auto inked = [&](int x) {
        for (int y = place.y; y < place.y + place.height; ++y)
            if (picture.GetRed(x, y) < 128) return true;
        return false;
    };
    int to = place.x + place.width - 1;
    while (to > place.x && !inked(to)) --to;
    int from = to;
    while (from > place.x && inked(from)) --from;
    return to - from;
}

}  // namespace

TEST_CASE("after a kerned pair of a tracked heading the next letter stands by itself") {
    Stand stand;
    const int alone = lastInk(stand, "u");
    CHECK(alone > 5);
    CHECK(std::abs(lastInk(stand, "You") - alone) <= 1);
}
