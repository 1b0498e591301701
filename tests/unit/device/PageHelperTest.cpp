// tram-camera's page command, by the real program, and programs that misbehave in its place.
#include "device/PageHelper.h"

#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "device/PageFrame.h"
#include "scan/SymbolWriter.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace std::chrono_literals;
using base::ProblemKind;
using device::PageHelper;

namespace {

const std::filesystem::path kCamera = TRAM_BINARY_DIR "/bin/tram-camera";

cv::Mat table() {
    return cv::Mat(480, 640, CV_8UC3, cv::Scalar(60, 80, 100));
}
/// A sheet of 280×396, or a card, a little turned, with a code in it if there is one.
void lay(cv::Mat& scene, cv::Size size, cv::Point2f middle, const std::string& code = "") {
    cv::Mat sheet(size, CV_8UC3, cv::Scalar(240, 242, 245));
    if (!code.empty()) {
        cv::Mat symbol = scan::drawSymbol(scan::Symbology::Qr, code, 3), colour;
        cv::cvtColor(symbol, colour, cv::COLOR_GRAY2BGR);
        colour.copyTo(sheet(cv::Rect({10, 10}, colour.size())));
    }
    cv::Mat turn = cv::getRotationMatrix2D({size.width / 2.F, size.height / 2.F}, 4, 1);
    turn.at<double>(0, 2) += middle.x - size.width / 2.0;
    turn.at<double>(1, 2) += middle.y - size.height / 2.0;
    cv::warpAffine(sheet, scene, turn, scene.size(), cv::INTER_LINEAR, cv::BORDER_TRANSPARENT);
}
base::SecretBytes jpeg(const cv::Mat& scene) {
    std::vector<unsigned char> bytes;
    cv::imencode(".jpg", scene, bytes);
    return base::SecretBytes(std::move(bytes));
}
ProblemKind kindOf(const base::Result<PageHelper::Page>& page) {
    REQUIRE_FALSE(page);
    return page.error().kind;
}
std::filesystem::path script(const test::TempDir& dir, const std::string& body) {
    const auto file = dir / "helper";
    std::ofstream(file, std::ios::binary) << "#!/bin/sh\n" + body + "\n";
    std::filesystem::permissions(file, std::filesystem::perms(0700));
    return file;
}

}  // namespace

TEST_CASE("a page comes back straight, with the codes that were in its picture") {
    auto scene = table();
    lay(scene, {280, 396}, {320, 240}, "https://cds.example.vn/x");
    const auto page = PageHelper(kCamera).clean(jpeg(scene));
    REQUIRE(page);
    CHECK(page->shape == PageHelper::Shape::Sheet);
    CHECK(page->height == Approx(396).margin(5));
    CHECK(page->width == Approx(280).margin(5));
    CHECK_FALSE(page->uprightSure);
    CHECK(page->turned == 0);
    CHECK(page->looksLikeQr);
    REQUIRE(page->codes.size() == 1);
    CHECK(page->codes[0].reveal() == "https://cds.example.vn/x");
    CHECK(cv::imdecode(page->jpeg.reveal(), cv::IMREAD_COLOR).cols == page->width);
    CHECK(std::max(cv::imdecode(page->thumbnail.reveal(), cv::IMREAD_COLOR).rows, 0) <= 360);
}

TEST_CASE("a card is known by its proportions") {
    auto scene = table();
    lay(scene, {380, 240}, {320, 240}, "1|2");
    const auto page = PageHelper(kCamera).clean(jpeg(scene));
    REQUIRE(page);
    CHECK(page->shape == PageHelper::Shape::Card);
}

TEST_CASE("no page, two pages, no picture: each is named") {
    const PageHelper helper(kCamera);
    CHECK(kindOf(helper.clean(jpeg(table()))) == ProblemKind::PageMissing);
    auto two = table();
    lay(two, {252, 160}, {160, 240});
    lay(two, {252, 160}, {480, 250});
    CHECK(kindOf(helper.clean(jpeg(two))) == ProblemKind::SeveralPages);
    CHECK(kindOf(helper.clean(base::SecretBytes())) == ProblemKind::PictureEmpty);
    CHECK(kindOf(helper.clean(base::SecretBytes({'n', 'o', 'n', 'e'}))) == ProblemKind::PictureUnreadable);
    const test::TempDir dir;
    CHECK(kindOf(helper.clean(dir / "absent.jpg")) == ProblemKind::FileMissing);
    CHECK(waitpid(-1, nullptr, WNOHANG) == -1);
}

TEST_CASE("a page helper that fails, hangs or tells more than a page is HelperFailed, and reaped") {
    const test::TempDir dir;
    const std::string body = GENERATE(as<std::string>(), "exit 0", "kill -SEGV $$", "printf TPG1",
                                      "cat; exit 0", "head -c 3000000 /dev/zero", "exec sleep 600");
    CHECK(kindOf(PageHelper(script(dir, body), 400ms).clean(jpeg(table()))) == ProblemKind::HelperFailed);
    CHECK(waitpid(-1, nullptr, WNOHANG) == -1);
}

TEST_CASE("a page's answer must add up") {
    const test::TempDir dir;
    const auto answered = [&](device::PageFrame frame, const std::string& rest) {
        const auto head = frame.toBytes();
        std::ofstream(dir / "answer", std::ios::binary) << std::string(head.begin(), head.end()) + rest;
        return PageHelper(script(dir, "cat " + (dir / "answer").string())).clean(jpeg(table()));
    };
    device::PageFrame good{
        .width = 20, .height = 30, .dpi = 200, .jpegBytes = 3, .thumbnailBytes = 2, .codeBytes = 5};
    const std::string codes = {3, 0, 'a', 'b', 'c'};
    const auto page = answered(good, "jpgth" + codes);
    REQUIRE(page);
    CHECK(page->codes.at(0).reveal() == "abc");
    CHECK(kindOf(answered(good, "jpgth" + codes + "x")) == ProblemKind::HelperFailed);
    CHECK(kindOf(answered(good, "jpgth" + codes.substr(1))) == ProblemKind::HelperFailed);
    CHECK(kindOf(answered(good, "jpgth" + std::string{4, 0, 'a', 'b', 'c'})) == ProblemKind::HelperFailed);
    for (auto* number : {&good.width, &good.dpi, &good.jpegBytes, &good.codeBytes, &good.shape, &good.turned,
                         &good.uprightSure, &good.squareMarks}) {
        const auto before = *number;
        *number = 0x7FFFFFFF;
        CHECK(kindOf(answered(good, "jpgth" + codes)) == ProblemKind::HelperFailed);
        *number = before;
    }
}
