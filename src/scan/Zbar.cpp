// zbar's header first: ZXing's macros break it (TOOLKIT.md), and no other header of ours may bring those in.
#include <zbar.h>

#include "base/VietnameseText.h"
#include "scan/Reading.h"

namespace tram::scan {

namespace {

/// Raw bytes (BINARY): its own conversion guesses a charset as ZXing's does.
class Scanner {
  public:
    explicit Scanner(int everyLine) {
        scanner_.set_config(zbar::ZBAR_NONE, zbar::ZBAR_CFG_ENABLE, 0);
        for (const auto kind : {zbar::ZBAR_QRCODE, zbar::ZBAR_CODE128})
            scanner_.set_config(kind, zbar::ZBAR_CFG_ENABLE, 1);
        scanner_.set_config(zbar::ZBAR_QRCODE, zbar::ZBAR_CFG_BINARY, 1);
        for (const auto density : {zbar::ZBAR_CFG_X_DENSITY, zbar::ZBAR_CFG_Y_DENSITY})
            scanner_.set_config(zbar::ZBAR_NONE, density, everyLine);
    }
    zbar::SymbolSet scan(const cv::Mat& grey) {
        zbar::Image image(static_cast<unsigned>(grey.cols), static_cast<unsigned>(grey.rows), "Y800",
                          grey.data, grey.total());
        scanner_.scan(image);
        return image.get_symbols();
    }

  private:
    zbar::ImageScanner scanner_;
};

std::array<cv::Point2f, 4> cornersOf(const zbar::Symbol& symbol) {
    const auto at = [&](int i) {
        return cv::Point2f(static_cast<float>(symbol.get_location_x(static_cast<unsigned>(i))),
                           static_cast<float>(symbol.get_location_y(static_cast<unsigned>(i))));
    };
    const int size = symbol.get_location_size();
    if (size <= 0) return {};
    // Counter-clockwise for QR; for bars a cloud of points along the lines.
    if (symbol.get_type() == zbar::ZBAR_QRCODE && size == 4) return {at(0), at(3), at(2), at(1)};
    return {at(0), at(size - 1), at(size - 1), at(0)};
}

Readings read(const cv::Mat& grey, int everyLine) {
    const cv::Mat whole = grey.isContinuous() ? grey : grey.clone();
    Readings readings;
    const auto symbols = Scanner(everyLine).scan(whole);
    for (auto symbol = symbols.symbol_begin(); symbol != symbols.symbol_end(); ++symbol) {
        const bool qr = symbol->get_type() == zbar::ZBAR_QRCODE;
        base::SecretText text(symbol->get_data());
        // What is no text of its own: a part of a sequence shows as a composite of several.
        const bool partial = symbol->get_type() == zbar::ZBAR_PARTIAL;
        if (partial || !base::isUtf8(text.reveal())) text.clear();
        readings.push_back({qr ? Symbology::Qr : Symbology::Code128, std::move(text), cornersOf(*symbol)});
    }
    return readings;
}

}  // namespace

Readings readWithZbar(const cv::Mat& grey) {
    return read(grey, 1);
}

Readings readCoarselyWithZbar(const cv::Mat& grey) {
    return read(grey, 2);
}

}  // namespace tram::scan
