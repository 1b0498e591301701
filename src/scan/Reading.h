#pragma once
#include <array>
#include <cstdint>
#include <opencv2/core.hpp>
#include <vector>

#include "base/Secret.h"

namespace tram::scan {

enum class Symbology { Qr, Code128 };

/// One code as one way of looking read it. `text` is UTF-8 as it stands in the symbol, never guessed from
/// another charset; empty when there is none (binary, part of a sequence).
struct Reading {
    Symbology symbology = Symbology::Qr;
    base::SecretText text;
    std::array<cv::Point2f, 4> corners;  ///< in the frame's pixels; of Code 128 the ends of a line
    std::uint32_t number = 0;            ///< of the code it counts as (scan/Agreement.h), from 1 on
};
using Readings = std::vector<Reading>;

enum class Effort { Fast, Hard };
enum class Binarizer { LocalAverage, GlobalHistogram };

/// ZXing over a grey picture (CV_8UC1). Fast: upright and upside down, as it stands. Hard: every direction
/// and more rows.
Readings readWithZxing(const cv::Mat& grey, Effort effort, Binarizer binarizer = Binarizer::LocalAverage);

/// zbar over the same, another people's idea of how to read.
Readings readWithZbar(const cv::Mat& grey);
/// The same along every second line only: for pictures that have been made larger.
Readings readCoarselyWithZbar(const cv::Mat& grey);

}  // namespace tram::scan
