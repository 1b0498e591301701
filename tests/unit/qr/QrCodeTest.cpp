#include "qr/QrCode.h"

#define ZX_USE_UTF8 1
#include <ZXing/DecodeHints.h>
#include <ZXing/ImageView.h>
#include <ZXing/ReadBarcode.h>

#include <catch2/catch.hpp>
#include <random>

using namespace tram;
using base::ProblemKind;
using qr::QrCode;

namespace {

constexpr int kScale = 4, kQuiet = QrCode::kQuietModules;

/// As a screen would show it: four pixels a module, four modules of quiet.
ZXing::Result seen(const QrCode& code) {
    const int side = (code.size + 2 * kQuiet) * kScale;
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(side * side), 255);
    for (int y = 0; y < code.size * kScale; ++y)
        for (int x = 0; x < code.size * kScale; ++x)
            if (code.at(x / kScale, y / kScale))
                pixels[static_cast<std::size_t>((y + kQuiet * kScale) * side + x + kQuiet * kScale)] = 0;
    return ZXing::ReadBarcode({pixels.data(), side, side, ZXing::ImageFormat::Lum},
                              ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode));
}

}  // namespace

TEST_CASE("a phone reads what was meant") {
    const auto text =
        GENERATE(as<std::string>{}, "https://cds.example.vn/t/K7M3Q9X2TW#AAECAwQFBgcICQoLDA0ODw",
                 "K7M-3Q9-X2T-W", "x", " ~!@#$%^&*()_+{}|:\"<>?`-=[]\\;',./", "0123456789");
    const auto code = QrCode::encode(text);
    REQUIRE(code);
    const auto result = seen(*code);
    REQUIRE(result.isValid());
    CHECK(result.text() == text);
    CHECK(std::string("MQH").find(result.ecLevel()) != std::string::npos);
}

TEST_CASE("correction takes what room the symbol leaves over, and never makes it larger") {
    // ISO/IEC 18004, table 7: version 1 holds 10 alphanumeric characters at H, 16 at Q, 20 at M; version 2
    // the 21st.
    const auto [length, size, level] = GENERATE(
        table<std::size_t, int, std::string>({{10, 21, "H"}, {16, 21, "Q"}, {20, 21, "M"}, {21, 25, "Q"}}));
    const auto code = QrCode::encode(std::string(length, 'A'));
    REQUIRE(code);
    CHECK(code->size == size);
    CHECK(seen(*code).ecLevel() == level);
}

TEST_CASE("at arm's length a receipt's code fits a hand") {
    const auto code = QrCode::encode("https://cds.example.vn/t/K7M3Q9X2TW#AAECAwQFBgcICQoLDA0ODw").value();
    CHECK(code.leastSideMm(600) == Approx((code.size + 8) * 1.2));
    CHECK(code.leastSideMm(600) < 60);
}

TEST_CASE("a symbol has no quiet zone of its own and a legal size") {
    const auto code = QrCode::encode("https://cds.example.vn/t/K7M3Q9X2TW").value();
    CHECK((code.size - 17) % 4 == 0);
    CHECK(code.dark.size() == static_cast<std::size_t>(code.size * code.size));
    for (int i = 0; i < 7; ++i) {  // the finder patterns touch three corners
        CHECK(code.at(i, 0));
        CHECK(code.at(0, i));
        CHECK(code.at(code.size - 1 - i, 0));
        CHECK(code.at(0, code.size - 1 - i));
    }
}

TEST_CASE("the longest text still fits, a longer one is told") {
    const auto code = QrCode::encode(std::string(1024, 'x'));
    REQUIRE(code);
    CHECK(seen(*code).text() == std::string(1024, 'x'));
    CHECK(QrCode::encode(std::string(1025, 'x')).error().kind == ProblemKind::OutOfRange);
}

TEST_CASE("only printable ASCII goes in") {
    for (const std::string& text : {std::string(), std::string("Công dân số"), std::string("a\n"),
                                    std::string("a\0b", 3), std::string("\x7F")})
        CHECK(QrCode::encode(text).error().kind == ProblemKind::OutOfRange);
}

TEST_CASE("any printable text is read back") {
    std::mt19937 random(18004);
    for (int i = 0; i < 40; ++i) {
        std::string text(1 + random() % 200, ' ');
        for (char& c : text) c = static_cast<char>('!' + random() % 94);
        CAPTURE(text);
        const auto code = QrCode::encode(text);
        REQUIRE(code);
        REQUIRE(seen(*code).text() == text);
    }
}
