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
constexpr int kLevelM = 4;  // of 0…8, as MultiFormatWriter counts

QrCode fromMatrix(const ZXing::BitMatrix& matrix) {
    QrCode code{matrix.width(), {}};
    code.dark.reserve(static_cast<std::size_t>(matrix.width() * matrix.height()));
    for (int y = 0; y < matrix.height(); ++y)
        for (int x = 0; x < matrix.width(); ++x) code.dark.push_back(matrix.get(x, y));
    return code;
}

}  // namespace

base::Result<QrCode> QrCode::encode(std::string_view ascii) {
    const bool printable = std::ranges::all_of(ascii, [](char c) { return ' ' <= c && c <= '~'; });
    if (ascii.empty() || ascii.size() > kMaxText || !printable)
        return base::fail(base::ProblemKind::OutOfRange);
    try {
        // Size 0 gives one pixel a module.
        return fromMatrix(ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode)
                              .setMargin(0)
                              .setEccLevel(kLevelM)
                              .encode(std::string(ascii), 0, 0));
    } catch (const std::exception&) {
        return base::fail(base::ProblemKind::Internal, {{"detail", "qr"}});
    }
}

}  // namespace tram::qr
