#include "qr/QrCode.h"

#define ZX_USE_UTF8 1
#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

#include <algorithm>
#include <exception>
#include <string>

namespace tram::qr {
namespace {

constexpr std::size_t kMaxText = 1024;
constexpr int kLevelM = 4, kLevelQ = 6, kLevelH = 8;  // as MultiFormatWriter counts

QrCode fromMatrix(const ZXing::BitMatrix& matrix) {
    QrCode code{matrix.width(), {}};
    code.dark.reserve(static_cast<std::size_t>(matrix.width() * matrix.height()));
    for (int y = 0; y < matrix.height(); ++y)
        for (int x = 0; x < matrix.width(); ++x) code.dark.push_back(matrix.get(x, y));
    return code;
}

QrCode encodeAt(const std::string& text, int level) {
    // Size 0 gives one pixel a module.
    return fromMatrix(ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode)
                          .setMargin(0)
                          .setEccLevel(level)
                          .encode(text, 0, 0));
}

/// A symbol comes in steps of four modules; what a step leaves over goes into correction.
QrCode strongest(const std::string& text) {
    QrCode best = encodeAt(text, kLevelM);
    for (const int level : {kLevelQ, kLevelH}) try {
            QrCode stronger = encodeAt(text, level);
            if (stronger.size > best.size) break;
            best = std::move(stronger);
        } catch (const std::exception&) {
            break;  // there is no symbol that large
        }
    return best;
}

}  // namespace

base::Result<QrCode> QrCode::encode(std::string_view ascii) {
    const bool printable = std::ranges::all_of(ascii, [](char c) { return ' ' <= c && c <= '~'; });
    if (ascii.empty() || ascii.size() > kMaxText || !printable)
        return base::fail(base::ProblemKind::OutOfRange);
    try {
        return strongest(std::string(ascii));
    } catch (const std::exception&) {
        return base::fail(base::ProblemKind::Internal, {{"detail", "qr"}});
    }
}

}  // namespace tram::qr
