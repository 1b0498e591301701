// Pages found and straightened, by kind of trouble (PageMaker.cpp); what is wrong of any page is how many.
#include <algorithm>
#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "scan/PageCleaner.h"
#include "scan/TextDirection.h"
#include "tests/unit/scan/PageMaker.h"

using namespace tram;

namespace {

void checkPages(const std::string& name) {
    cv::setNumThreads(0);
    const auto& groups = test::pageGroups();
    const auto group = std::ranges::find(groups, name, &test::PageGroup::name);
    REQUIRE(group != groups.end());
    int found = 0, straight = 0;
    for (int i = 0; i < group->pictures; ++i) {
        const auto score = test::scoreOf(group->shot(i));
        found += score.found, straight += score.straight;
    }
    WARN(name << ": found " << found << " (floor " << group->foundFloor << "), straightened " << straight
              << " (floor " << group->straightFloor << ") of " << group->pictures);
    CHECK(found >= group->foundFloor);
    CHECK(straight >= group->straightFloor);
}

scan::FoundPage whole(const cv::Mat& picture) {
    const auto w = static_cast<float>(picture.cols), h = static_cast<float>(picture.rows);
    return {{cv::Point2f{0, 0}, {w, 0}, {w, h}, {0, h}}, 1, true};
}

}  // namespace

TEST_CASE("pages: plain, turned, slanted") {
    for (const auto* name : {"plain", "turned", "slanted"}) checkPages(name);
}
TEST_CASE("pages: shadowed, pale, cluttered") {
    for (const auto* name : {"shadowed", "pale", "cluttered"}) checkPages(name);
}
TEST_CASE("pages: creased, torn, upside down") {
    for (const auto* name : {"creased", "torn", "upside down"}) checkPages(name);
}
TEST_CASE("pages: without text, a card, scanned") {
    for (const auto* name : {"without text", "card", "scanned"}) checkPages(name);
}
TEST_CASE("two cards are two, and a table is no page") {
    for (const auto* name : {"two cards", "nothing"}) checkPages(name);
}

TEST_CASE("pictures too small or too thin for a page hold none, and do no harm") {
    for (const auto size :
         {cv::Size(1, 1), cv::Size(2048, 1), cv::Size(1, 2048), cv::Size(40, 40), cv::Size(33, 2000)}) {
        const cv::Mat picture(size, CV_8UC3, cv::Scalar(200, 200, 200));
        CHECK(std::holds_alternative<scan::NoPage>(scan::findPage(picture)));
    }
}

TEST_CASE("a page's paper turns white and its ink stays black, its stamp red, its signature blue") {
    const auto drawn = test::drawnPage(1);
    cv::Mat dim;
    drawn.convertTo(dim, -1, 0.6);
    const auto clean = scan::cleanPage(dim, whole(dim));
    REQUIRE(clean);
    CHECK(clean->shape == scan::PageShape::Sheet);
    const auto seen = cv::imdecode(clean->jpeg.reveal(), cv::IMREAD_COLOR);
    cv::Mat hsv, grey;
    cv::cvtColor(seen, hsv, cv::COLOR_BGR2HSV);
    cv::cvtColor(seen, grey, cv::COLOR_BGR2GRAY);
    CHECK(cv::countNonZero(grey > 250) > 0.7 * grey.total());
    CHECK(cv::countNonZero(grey < 60) > 0.005 * grey.total());
    cv::Mat red, redder, blue;
    cv::inRange(hsv, cv::Scalar(0, 120, 120), cv::Scalar(8, 255, 255), red);
    cv::inRange(hsv, cv::Scalar(172, 120, 120), cv::Scalar(180, 255, 255), redder);
    cv::inRange(hsv, cv::Scalar(105, 120, 60), cv::Scalar(130, 255, 255), blue);
    CHECK(cv::countNonZero(red | redder) > 800);
    CHECK(cv::countNonZero(blue) > 300);
}

TEST_CASE("a page has no more pixels than it was seen with, nor than asked for, and says how many an inch") {
    cv::Mat large;
    cv::resize(test::drawnPage(2), large, {1240, 1754}, 0, 0, cv::INTER_LINEAR);
    const auto coarse = scan::cleanPage(large, whole(large), {.dpi = 100});
    REQUIRE(coarse);
    CHECK(coarse->height == 1169);
    CHECK(coarse->dpi == 100);
    const auto& jpeg = coarse->jpeg.reveal();
    CHECK(std::vector<int>(jpeg.begin() + 13, jpeg.begin() + 18) == std::vector<int>{1, 0, 100, 0, 100});
    const auto fine = scan::cleanPage(large, whole(large), {.dpi = 600});
    REQUIRE(fine);
    CHECK(fine->height == 1754);
    CHECK(fine->dpi == 150);
}

TEST_CASE("a page is made to fit its bytes") {
    cv::Mat noise(1000, 707, CV_8UC3);
    cv::RNG(1).fill(noise, cv::RNG::UNIFORM, 0, 255);
    const auto clean = scan::cleanPage(noise, whole(noise), {.maxBytes = 60'000});
    REQUIRE(clean);
    CHECK(clean->jpeg.reveal().size() <= 60'000);
    CHECK(clean->width < 707);
}

TEST_CASE("where up is: by real text from all four sides, and unsure without any") {
    cv::Mat page, turned;
    cv::cvtColor(test::drawnPage(3), page, cv::COLOR_BGR2GRAY);
    const auto is = [](const cv::Mat& grey, int degrees) {
        const auto direction = scan::textDirection(grey);
        return direction.sure && direction.turn == degrees;
    };
    CHECK(is(page, 0));
    cv::rotate(page, turned, cv::ROTATE_180);
    CHECK(is(turned, 180));
    cv::rotate(page, turned, cv::ROTATE_90_CLOCKWISE);
    CHECK(is(turned, 270));
    cv::rotate(page, turned, cv::ROTATE_90_COUNTERCLOCKWISE);
    CHECK(is(turned, 90));
    CHECK_FALSE(scan::textDirection(cv::Mat(800, 600, CV_8U, cv::Scalar(255))).sure);
    CHECK(scan::textDirection(cv::Mat(1, 1, CV_8U, cv::Scalar(0))).turn == 0);
}
