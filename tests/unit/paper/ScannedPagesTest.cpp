// Pages bound into a PDF, read back by poppler.
#include "paper/ScannedPages.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "paper/JpegHead.h"
#include "tests/support/PaperReader.h"

using namespace tram;
using namespace paper;
using base::ProblemKind;

namespace {

/// White, with a black square in its top left corner.
base::SecretBytes page(int width, int height, int dpi = 0) {
    cv::Mat picture(height, width, CV_8UC3, cv::Scalar(255, 255, 255));
    cv::rectangle(picture, {0, 0, width / 3, width / 3}, {0, 0, 0}, cv::FILLED);
    std::vector<unsigned char> bytes;
    cv::imencode(".jpg", picture, bytes);
    if (dpi > 0) {
        const unsigned char density[] = {
            1, static_cast<unsigned char>(dpi >> 8), static_cast<unsigned char>(dpi),
            static_cast<unsigned char>(dpi >> 8), static_cast<unsigned char>(dpi)};
        std::copy(std::begin(density), std::end(density), bytes.begin() + 13);
    }
    return base::SecretBytes(std::move(bytes));
}

bool holds(const std::vector<unsigned char>& pdf, const std::vector<unsigned char>& part) {
    return std::search(pdf.begin(), pdf.end(), part.begin(), part.end()) != pdf.end();
}

bool mentions(const std::vector<unsigned char>& pdf, std::string_view word) {
    return std::search(pdf.begin(), pdf.end(), word.begin(), word.end()) != pdf.end();
}

std::string told(const base::Result<Pdf>& pdf) {
    REQUIRE_FALSE(pdf);
    return std::string(base::name(pdf.error().kind)) + " " + std::string(pdf.error().fact("key")) +
           std::string(pdf.error().fact("line")) + " " + std::string(pdf.error().fact("expected"));
}

}  // namespace

TEST_CASE("bound pages hold the very bytes of their pictures, and nothing about who and when") {
    const auto sheet = page(496, 702, 60), card = page(400, 252, 119);
    const auto pdf = bindPages({{&sheet}, {&card}});
    REQUIRE(pdf);
    CHECK(pdf->pages() == 2);
    CHECK(pdf->widthMm() == 210);
    CHECK(pdf->heightMm() == 297);
    CHECK(holds(pdf->bytes(), sheet.reveal()));
    CHECK(holds(pdf->bytes(), card.reveal()));
    for (const auto* word : {"/CreationDate", "/Title", "/Author", "/ModDate"})
        CHECK_FALSE(mentions(pdf->bytes(), word));
    const auto again = bindPages({{&sheet}, {&card}});
    REQUIRE(again);
    CHECK(again->bytes() == pdf->bytes());

    const auto seen = test::PaperReader(*pdf).pictures();
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].cols == Approx(1679).margin(3));  // 210 mm at 203 dpi
    CHECK(seen[1].cols == Approx(683).margin(4));   // 85.4 mm
    CHECK(cv::mean(seen[0](cv::Rect(50, 50, 300, 300)))[0] < 20);
    CHECK(cv::mean(seen[0](cv::Rect(1200, 1800, 300, 300)))[0] > 235);
}

TEST_CASE("a page turned by hand is turned on its page, its bytes are not") {
    const auto sheet = page(496, 702, 60);
    const int quarters = GENERATE(1, 2, 3);
    const auto pdf = bindPages({{&sheet, quarters}});
    REQUIRE(pdf);
    CHECK(holds(pdf->bytes(), sheet.reveal()));
    CHECK((pdf->widthMm() > pdf->heightMm()) == (quarters != 2));
    const auto seen = test::PaperReader(*pdf).pictures();
    REQUIRE(seen.size() == 1);
    const int w = seen[0].cols, h = seen[0].rows;
    const cv::Point corner[] = {{}, {w - 300, 0}, {w - 300, h - 300}, {0, h - 300}};  // clockwise
    CHECK(cv::mean(seen[0](cv::Rect(corner[quarters], cv::Size(300, 300))))[0] < 60);
    CHECK(cv::mean(seen[0](cv::Rect({}, cv::Size(300, 300))))[0] > 200);
}

TEST_CASE("without a resolution, or with an absurd one, a page fills A4 in its own proportions") {
    const auto plain = page(300, 600), huge = page(300, 600, 2);
    for (const auto* jpeg : {&plain, &huge}) {
        const auto pdf = bindPages({{jpeg}});
        REQUIRE(pdf);
        CHECK(pdf->heightMm() == Approx(297));
        CHECK(pdf->widthMm() == Approx(148.5));
    }
}

TEST_CASE("sixty pages and no more, and not too many bytes: the limit is named") {
    const auto small = page(30, 42);
    const std::vector<ScannedPage> many(61, ScannedPage{&small});
    CHECK(told(bindPages(many)) == "too_large pages 60");
    CHECK(bindPages({many.begin(), many.end() - 1}));
    auto bytes = small.reveal();
    bytes.resize(13u << 20);
    const base::SecretBytes large(std::move(bytes));
    CHECK(told(bindPages({{&large}, {&large}})) == "too_large bytes 25165824");
    CHECK(told(bindPages({})) == "malformed  ");
}

TEST_CASE("what is no JPEG is named by its page") {
    const auto good = page(30, 42);
    const auto bad = [&](std::vector<unsigned char> bytes) {
        const base::SecretBytes page(std::move(bytes));
        return told(bindPages({{&good}, {&page}}));
    };
    CHECK(bad({}) == "malformed 2 ");
    CHECK(bad({'%', 'P', 'D', 'F', '-', '1'}) == "malformed 2 ");
    auto cut = good.reveal();
    cut.resize(40);
    CHECK(bad(cut) == "malformed 2 ");
    CHECK(bad({0xFF, 0xD8, 0xFF, 0xC0, 0x00, 0x02, 0xFF, 0xD9}) == "malformed 2 ");
    CHECK(bad({0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x00, 0xFF, 0xD9}) == "malformed 2 ");
}

TEST_CASE("a JPEG's head is read, and only when it is one") {
    const auto head = readJpegHead(page(31, 17, 300).reveal());
    REQUIRE(head);
    CHECK(head->width == 31);
    CHECK(head->height == 17);
    CHECK(head->dpi == 300);
    auto bytes = page(31, 17).reveal();
    for (std::size_t size = 0; size < 160; ++size) CHECK_FALSE(readJpegHead({bytes.data(), size}));
}
