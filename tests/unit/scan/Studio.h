#pragma once
#include <cstdint>
#include <opencv2/core.hpp>
#include <random>
#include <string>
#include <vector>

#include "scan/SymbolWriter.h"
#include "tests/unit/scan/PictureMaker.h"

// What pictures are made of: paper, poses, light. PictureMaker.cpp puts it together.
namespace tram::test::studio {

constexpr int kWidth = 1280, kHeight = 720;

class Dice {
  public:
    Dice(const char* group, int number) {
        std::uint32_t hash = 2166136261u;
        for (; *group; ++group) hash = (hash ^ static_cast<unsigned char>(*group)) * 16777619u;
        engine_.seed(hash + static_cast<std::uint32_t>(number) * 2654435761u);
    }
    /// Without std's distributions, whose sequences differ between libraries.
    double real(double least, double most) {
        return least + (most - least) * (static_cast<double>(engine_()) / 4294967295.0);
    }
    int whole(int least, int most) {
        return least + static_cast<int>(engine_() % static_cast<std::uint32_t>(most - least + 1));
    }
    template <class List>
    const auto& oneOf(const List& list) {
        return list[engine_() % std::size(list)];
    }
    std::uint64_t seed() { return engine_(); }

  private:
    std::mt19937 engine_;
};

std::string card(Dice& dice);     ///< a made-up identity card's
std::string dossier(Dice& dice);  ///< a made-up dossier's code
std::string anyText(Dice& dice);

// Things on paper, before a camera sees them.

/// A symbol on a larger sheet with lines of grey that stand for print.
cv::Mat sheetWith(const cv::Mat& symbol, Dice& dice);
/// Bent around an upright roll: x is squeezed towards the edges, y bulges, and the edges fall into shade.
cv::Mat curled(const cv::Mat& flat, double bend);
/// Worn away: blots of paper colour and of ink, and a crease.
void damage(cv::Mat& sheet, const cv::Mat& symbol, Dice& dice, double share);
std::string digits(Dice& dice, int count);

// Into the camera's view.

struct Pose {
    double size = 400;  ///< of the sheet's wide side, in pixels
    double turn = 0;    ///< degrees in the plane
    double tilt = 0;    ///< 0…1: how much smaller the far side is
    double tiltAt = 0;  ///< degrees: which side is far
    cv::Point2d at{kWidth / 2.0, kHeight / 2.0};
};

void place(cv::Mat& scene, const cv::Mat& sheet, const Pose& pose);
cv::Mat roomScene(Dice& dice);

// What lens, sensor and light do.

void noise(cv::Mat& grey, Dice& dice, double sigma);
void compress(cv::Mat& grey, int quality);
void smear(cv::Mat& grey, double length, double degrees);
void glare(cv::Mat& grey, cv::Point centre, cv::Size size, double strength);

/// Everything a picture needs besides its own trouble.
struct Take {
    explicit Take(const char* group, int number) : dice(group, number), scene(roomScene(dice)) {
        pose.turn = dice.real(-12, 12);
        pose.tilt = dice.real(0, 0.08);
        pose.tiltAt = dice.real(0, 360);
        pose.at += cv::Point2d{dice.real(-60, 60), dice.real(-25, 25)};
    }
    /// As `modules` pixels a module of the symbol itself.
    void holdQr(const std::string& text, double modulePixels, scan::Ecc ecc = scan::Ecc::M) {
        texts = {text};
        symbol = scan::drawSymbol(scan::Symbology::Qr, text, 8, ecc);
        sheet = sheetWith(symbol, dice);
        pose.size = modulePixels * std::max(sheet.cols, sheet.rows) / 8;
    }
    void holdBars(const std::string& text, double modulePixels) {
        texts = {text};
        symbol = scan::drawSymbol(scan::Symbology::Code128, text, 4);
        sheet = sheetWith(symbol, dice);
        pose.size = modulePixels * std::max(sheet.cols, sheet.rows) / 4;
    }
    void shoot() { place(scene, sheet, pose); }
    Shot done(double grain = 3, int quality = 85) {
        noise(scene, dice, grain);
        compress(scene, quality);
        return {scene, texts};
    }

    Dice dice;
    cv::Mat scene, symbol, sheet;
    Pose pose;
    std::vector<std::string> texts;
};

}  // namespace tram::test::studio
