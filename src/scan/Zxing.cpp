#define ZX_USE_UTF8 1
#include <ZXing/DecodeHints.h>
#include <ZXing/ImageView.h>
#include <ZXing/ReadBarcode.h>

#include "base/VietnameseText.h"
#include "scan/Reading.h"

namespace tram::scan {

namespace {

constexpr int kMostCodes = 4;

ZXing::DecodeHints hintsFor(Effort effort, Binarizer binarizer) {
    const bool hard = effort == Effort::Hard;
    return ZXing::DecodeHints()
        .setFormats(ZXing::BarcodeFormat::QRCode | ZXing::BarcodeFormat::Code128)
        .setTryHarder(hard)
        .setTryRotate(hard)
        .setTryDownscale(false)  // sizes are stages of our own
        .setMaxNumberOfSymbols(kMostCodes)
        .setBinarizer(binarizer == Binarizer::LocalAverage ? ZXing::Binarizer::LocalAverage
                                                           : ZXing::Binarizer::GlobalHistogram);
}

/// Its own conversion guesses a charset, and takes Vietnamese for Shift JIS now and then. With an ECI there
/// is nothing to guess.
base::SecretText textOf(const ZXing::Result& result) {
    if (result.isPartOfSequence()) return {};
    const auto& bytes = result.bytes();
    base::SecretText text(result.hasECI() ? result.text() : std::string(bytes.begin(), bytes.end()));
    return base::isUtf8(text.reveal()) ? std::move(text) : base::SecretText();
}

Reading readingOf(const ZXing::Result& result) {
    Reading reading{result.format() == ZXing::BarcodeFormat::QRCode ? Symbology::Qr : Symbology::Code128,
                    textOf(result),
                    {}};
    for (std::size_t i = 0; i < 4; ++i) {
        const auto point = result.position()[static_cast<int>(i)];
        reading.corners[i] = {static_cast<float>(point.x), static_cast<float>(point.y)};
    }
    return reading;
}

}  // namespace

Readings readWithZxing(const cv::Mat& grey, Effort effort, Binarizer binarizer) {
    const ZXing::ImageView view(grey.data, grey.cols, grey.rows, ZXing::ImageFormat::Lum,
                                static_cast<int>(grey.step));
    Readings readings;
    for (const auto& result : ZXing::ReadBarcodes(view, hintsFor(effort, binarizer)))
        if (result.isValid()) readings.push_back(readingOf(result));
    return readings;
}

}  // namespace tram::scan
