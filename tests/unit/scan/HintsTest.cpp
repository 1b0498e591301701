#include "scan/Hints.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include "scan/CodeReader.h"
#include "scan/FinderPatterns.h"
#include "scan/SymbolWriter.h"
#include "tests/unit/scan/PictureMaker.h"

using namespace tram;
using namespace tram::scan;

namespace {

/// A symbol of `module` pixels a module in the middle of an ordinary picture.
cv::Mat held(double module) {
    cv::Mat scene = test::emptyScene(1), symbol = drawSymbol(Symbology::Qr, std::string(60, 'k'), 8), sized;
    cv::resize(symbol, sized, {}, module / 8, module / 8, cv::INTER_AREA);
    const cv::Rect whole(0, 0, scene.cols, scene.rows);
    const cv::Rect place((scene.cols - sized.cols) / 2, (scene.rows - sized.rows) / 2, sized.cols,
                         sized.rows);
    const cv::Rect seen = place & whole;
    sized(seen - place.tl()).copyTo(scene(seen));
    return scene;
}

Hint adviceFor(const cv::Mat& grey) {
    return Hints::of(grey);
}

}  // namespace

TEST_CASE("the corner marks of a code are found, with their size") {
    const auto patterns = findFinderPatterns(held(5));
    REQUIRE(patterns.size() >= 3);
    int right = 0;
    for (const auto& pattern : patterns) right += std::abs(pattern.module - 5) < 0.6;
    CHECK(right >= 3);
}

TEST_CASE("each trouble has its advice") {
    SECTION("nobody there: none") {
        for (int seed = 0; seed < 8; ++seed) CHECK(adviceFor(test::emptyScene(seed)) == Hint::None);
    }
    SECTION("the lights are off") {
        CHECK(adviceFor(held(5) * 0.15) == Hint::MoreLight);
    }
    SECTION("a lamp shines into it") {
        cv::Mat grey = held(5);
        cv::circle(grey, {640, 360}, 260, 255, cv::FILLED);
        CHECK(adviceFor(grey) == Hint::LessLight);
    }
    SECTION("too far away") {
        CHECK(adviceFor(held(1.7)) == Hint::Closer);
    }
    SECTION("too near: the marks are there, the code does not fit") {
        CHECK(adviceFor(held(22)) == Hint::Farther);
    }
    SECTION("moved") {
        cv::Mat grey = held(6);
        cv::GaussianBlur(grey, grey, {}, 4);
        CHECK(adviceFor(grey) == Hint::HoldStill);
    }
}

TEST_CASE("advice comes and goes steadily, and ends at once with a reading") {
    Hints hints;
    const cv::Mat dark = test::emptyScene(1) * 0.1, light = test::emptyScene(1);
    for (int i = 1; i < Hints::kSteady; ++i) CHECK(hints.add(dark, {}) == Hint::None);
    CHECK(hints.add(dark, {}) == Hint::MoreLight);
    for (int i = 0; i < 3; ++i) CHECK(hints.add(light, {}) == Hint::MoreLight);  // one bright moment
    CHECK(hints.add(dark, {}) == Hint::MoreLight);
    Readings read;
    read.push_back({});
    CHECK(hints.add(dark, read) == Hint::None);
}
