#include "scan/SymbolWriter.h"

#define ZX_USE_UTF8 1
#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

#include <exception>
#include <opencv2/imgproc.hpp>
#include <string>

namespace tram::scan {

namespace {

constexpr int kQuietQr = 4, kQuietCode128 = 10, kBarHeight = 50;
constexpr int kLevels[] = {1, 3, 5, 7};  // of 0…8, as MultiFormatWriter counts

ZXing::BitMatrix encode(Symbology symbology, std::string_view text, Ecc ecc) {
    std::wstring bytes;  // one character a byte, in its default charset of one byte a character
    for (const char byte : text) bytes += static_cast<wchar_t>(static_cast<unsigned char>(byte));
    const auto format =
        symbology == Symbology::Qr ? ZXing::BarcodeFormat::QRCode : ZXing::BarcodeFormat::Code128;
    ZXing::MultiFormatWriter writer(format);
    writer.setMargin(0);
    if (symbology == Symbology::Qr) writer.setEccLevel(kLevels[static_cast<int>(ecc)]);
    return writer.encode(bytes, 0, symbology == Symbology::Qr ? 0 : kBarHeight);
}

}  // namespace

cv::Mat drawSymbol(Symbology symbology, std::string_view text, int module, Ecc ecc) {
    try {
        const auto matrix = encode(symbology, text, ecc);
        const int quiet = symbology == Symbology::Qr ? kQuietQr : kQuietCode128;
        cv::Mat small(matrix.height() + 2 * quiet, matrix.width() + 2 * quiet, CV_8U, cv::Scalar(255));
        for (int y = 0; y < matrix.height(); ++y)
            for (int x = 0; x < matrix.width(); ++x)
                if (matrix.get(x, y)) small.at<uchar>(y + quiet, x + quiet) = 0;
        cv::Mat drawn;
        cv::resize(small, drawn, {}, module, module, cv::INTER_NEAREST);
        return drawn;
    } catch (const std::exception&) {
        return {};
    }
}

}  // namespace tram::scan
