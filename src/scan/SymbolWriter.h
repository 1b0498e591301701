#pragma once
#include <opencv2/core.hpp>
#include <string_view>

#include "scan/Reading.h"

namespace tram::scan {

enum class Ecc { L, M, Q, H };

/// A symbol as grey pixels, dark on white with its quiet zone, `module` pixels a module: for the demo's scene
/// and for tests (what a kiosk shows comes from src/qr). QR: the bytes as they are, without a charset's
/// header, as identity cards have theirs. Empty when the text does not fit.
cv::Mat drawSymbol(Symbology symbology, std::string_view text, int module, Ecc ecc = Ecc::M);

}  // namespace tram::scan
