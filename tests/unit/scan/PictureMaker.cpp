#include "tests/unit/scan/PictureMaker.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "tests/unit/scan/Studio.h"

namespace tram::test {

namespace {

using namespace studio;
using scan::Ecc;

Shot plain(int i) {
    Take take("plain", i);
    const double module = take.dice.real(3.2, 6);
    take.holdQr(anyText(take.dice), module);
    take.shoot();
    return take.done();
}

Shot blurred(int i) {
    Take take("blurred", i);
    const double module = take.dice.real(4, 6);
    take.holdQr(anyText(take.dice), module);
    take.shoot();
    cv::GaussianBlur(take.scene, take.scene, {}, module * take.dice.real(0.35, 0.85));
    return take.done();
}

Shot moved(int i) {
    Take take("moved", i);
    const double module = take.dice.real(4, 6);
    take.holdQr(anyText(take.dice), module);
    take.shoot();
    const double length = module * take.dice.real(0.8, 1.9);
    smear(take.scene, length, take.dice.real(0, 180));
    return take.done();
}

Shot glaring(int i) {
    Take take("glaring", i);
    const double module = take.dice.real(4, 6);
    take.holdQr(anyText(take.dice), module, i % 2 ? Ecc::Q : Ecc::M);
    take.shoot();
    const int reach = static_cast<int>(take.pose.size * take.dice.real(0.12, 0.26));
    const cv::Point aside{take.dice.whole(-80, 80), take.dice.whole(-80, 80)};
    const double strength = take.dice.real(150, 255);
    glare(take.scene, cv::Point(take.pose.at) + aside, {reach, reach * 2 / 3}, strength);
    return take.done();
}

Shot tilted(int i) {
    Take take("tilted", i);
    const double module = take.dice.real(4.5, 6.5);
    take.holdQr(anyText(take.dice), module);
    take.pose.tilt = take.dice.real(0.2, 0.42);
    take.pose.turn = take.dice.real(0, 360);
    take.shoot();
    return take.done();
}

Shot dark(int i) {
    Take take("dark", i);
    const double module = take.dice.real(3.5, 6);
    take.holdQr(anyText(take.dice), module);
    take.shoot();
    const double light = take.dice.real(0.06, 0.2);
    take.scene.convertTo(take.scene, CV_8U, light, take.dice.real(4, 14));
    return take.done(take.dice.real(2.5, 6), 80);
}

Shot rolled(int i) {
    Take take("rolled", i);
    const double module = take.dice.real(4, 6);
    take.holdQr(anyText(take.dice), module);
    take.sheet = curled(take.sheet, take.dice.real(0.5, 1.15));
    take.shoot();
    return take.done();
}

/// The screen's own grid of pixels beats with the camera's; its light outshines the room.
Shot phone(int i) {
    Take take("phone", i);
    const double module = take.dice.real(3.5, 6);
    take.holdQr(anyText(take.dice), module);
    cv::Mat screen = take.sheet;
    for (int y = 0; y < screen.rows; ++y)
        if (y % 3 == 0) screen.row(y) *= 0.55;
    for (int x = 0; x < screen.cols; ++x)
        if (x % 3 == 0) screen.col(x) *= 0.7;
    take.scene.convertTo(take.scene, CV_8U, 0.45);
    take.shoot();
    const double period = take.dice.real(3.5, 9), way = take.dice.real(0, CV_PI);
    for (int y = 0; y < take.scene.rows; ++y)
        for (int x = 0; x < take.scene.cols; ++x) {
            auto& pixel = take.scene.at<uchar>(y, x);
            const double wave = std::sin(2 * CV_PI * (x * std::cos(way) + y * std::sin(way)) / period);
            pixel = cv::saturate_cast<uchar>(pixel * (1 + 0.22 * wave));
        }
    if (i % 2)
        glare(take.scene, cv::Point(take.pose.at) + cv::Point(60, -50),
              {static_cast<int>(take.pose.size / 7), static_cast<int>(take.pose.size / 12)}, 120);
    cv::GaussianBlur(take.scene, take.scene, {}, take.dice.real(0.4, 1.1));
    return take.done();
}

Shot tiny(int i) {
    Take take("tiny", i);
    const double module = take.dice.real(1.35, 2.3);
    take.holdQr(anyText(take.dice), module);
    take.shoot();
    return take.done(2.5, 90);
}

Shot damaged(int i) {
    Take take("damaged", i);
    const double module = take.dice.real(4, 6);
    const Ecc ecc = take.dice.oneOf(std::array{Ecc::M, Ecc::Q, Ecc::H});
    take.holdQr(anyText(take.dice), module, ecc);
    damage(take.sheet, take.symbol, take.dice, take.dice.real(0.03, 0.085));
    take.shoot();
    return take.done();
}

Shot inverted(int i) {
    Take take("inverted", i);
    const double module = take.dice.real(3.5, 6);
    take.holdQr(anyText(take.dice), module);
    cv::bitwise_not(take.sheet, take.sheet);
    take.sheet = take.sheet * 0.85 + 25;
    take.shoot();
    return take.done();
}

Shot bars(int i) {
    Take take("bars", i);
    const double module = take.dice.real(1.7, 3);
    take.holdBars(dossier(take.dice), module);
    if (i % 3 == 1) take.pose.turn += 90;
    if (i % 3 == 2) take.pose.tilt = 0.2;
    take.shoot();
    if (i % 2) cv::GaussianBlur(take.scene, take.scene, {}, take.dice.real(0.5, 1.3));
    return take.done();
}

/// A camera mounted on its side, upside down, or of the old format.
Shot turned(int i) {
    Take take("turned", i);
    i % 2 ? take.holdBars(dossier(take.dice), 2.4) : take.holdQr(anyText(take.dice), 4.2);
    take.shoot();
    Shot shot = take.done();
    static constexpr int kTurns[] = {cv::ROTATE_90_CLOCKWISE, cv::ROTATE_180, cv::ROTATE_90_COUNTERCLOCKWISE};
    cv::Mat result;
    if (i % 4 < 3)
        cv::rotate(shot.grey, result, kTurns[i % 4]);
    else
        result = shot.grey(cv::Rect(160, 0, 960, 720)).clone();
    return {result, shot.texts};
}

Shot two(int i) {
    Take take("two", i);
    const double module = take.dice.real(3, 3.6);
    take.holdQr(card(take.dice), module);
    const auto first = take.texts;
    take.pose.at.x = 330;
    take.shoot();
    i % 2 ? take.holdBars(dossier(take.dice), 1.9) : take.holdQr(dossier(take.dice), 5);
    take.pose.at.x = 960;
    take.shoot();
    take.texts.insert(take.texts.end(), first.begin(), first.end());
    return take.done();
}

/// Three finder patterns around what is no code, bars that are none, print, a chessboard, a window's blinds.
Shot nothing(int i) {
    Take take("nothing", i);
    cv::Mat thing(400, 400, CV_8U, cv::Scalar(240));
    switch (i % 6) {
        case 0: {
            take.holdQr(card(take.dice), 5);
            cv::Mat inside = take.symbol(cv::Rect(96, 96, take.symbol.cols - 192, take.symbol.rows - 192));
            cv::Mat modules(inside.rows / 8, inside.cols / 8, CV_8U);
            cv::RNG(take.dice.seed()).fill(modules, cv::RNG::UNIFORM, 0, 2);
            modules *= 255;
            cv::resize(modules, inside, inside.size(), 0, 0, cv::INTER_NEAREST);
            thing = sheetWith(take.symbol, take.dice);
            break;
        }
        case 1:
            for (int x = 30; x < 370;) {
                const int width = take.dice.whole(2, 8);
                cv::rectangle(thing, {x, 60, width, 250}, 20, cv::FILLED);
                x += width + take.dice.whole(2, 8);
            }
            break;
        case 2:
            for (int y = 0; y < 400; y += 20)
                for (int x = y / 20 % 2 * 20; x < 400; x += 40)
                    cv::rectangle(thing, {x, y, 20, 20}, 15, cv::FILLED);
            break;
        case 3:
            for (int y = 10; y < 400; y += 14)
                cv::putText(thing, "Kinh gui UBND phuong " + digits(take.dice, 9), {10, y},
                            cv::FONT_HERSHEY_PLAIN, 1, 40);
            break;
        case 4:
            for (int y = 0; y < 400; y += 12) cv::rectangle(thing, {0, y, 400, 7}, 70, cv::FILLED);
            break;
        default:
            thing = take.scene(cv::Rect(100, 100, 400, 400)).clone();
            noise(thing, take.dice, 60);
    }
    take.texts.clear();
    take.sheet = thing;
    take.pose.size = take.dice.real(250, 520);
    take.shoot();
    return take.done(take.dice.real(2, 8));
}

/// The demo's photographs: the only real pictures that we may have.
Shot photograph(int i) {
    std::vector<cv::String> files;
    cv::glob(TRAM_SOURCE_DIR "/resources/demo/pictures/*.jpg", files);
    cv::Mat grey = cv::imread(files.at(static_cast<std::size_t>(i)), cv::IMREAD_GRAYSCALE);
    return {grey, {}};
}

}  // namespace

// Floors: what was read, less one where pictures stand at the edge of it, because OpenCV takes other
// instructions on another processor. Measured 29 November 2026: 158 of 179 with the empty ones, 135 of 156
// without.
const std::vector<ShotGroup>& shotGroups() {
    static const std::vector<ShotGroup> kGroups = {
        {"plain", 12, 12, plain},       {"blurred", 12, 3, blurred},
        {"moved", 12, 9, moved},        {"glaring", 12, 9, glaring},
        {"tilted", 12, 3, tilted},      {"dark", 12, 11, dark},
        {"rolled", 12, 9, rolled},      {"phone", 12, 11, phone},
        {"tiny", 12, 10, tiny},         {"damaged", 12, 11, damaged},
        {"inverted", 12, 12, inverted}, {"bars", 12, 12, bars},
        {"turned", 8, 8, turned},       {"two", 6, 6, two},
        {"nothing", 18, 18, nothing},   {"photograph", 5, 5, photograph},
    };
    return kGroups;
}

Shot goodShot(int seed) {
    Take take("good", seed);
    take.holdQr(card(take.dice), 4.5);
    take.shoot();
    return take.done();
}

cv::Mat emptyScene(int seed) {
    Take take("empty", seed);
    return take.done().grey;
}

}  // namespace tram::test
