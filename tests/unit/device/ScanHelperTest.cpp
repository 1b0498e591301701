// `tram-camera scan` by way of its helper: pictures, films and folders through the camera's own pipeline.
#include "device/ScanHelper.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "scan/SymbolWriter.h"
#include "tests/support/TempDir.h"

using namespace tram;
using base::ProblemKind;
using device::ScanHelper;
using scan::Symbology;

namespace {

const std::filesystem::path kCamera = TRAM_BINARY_DIR "/bin/tram-camera";
constexpr const char* kCard =
    "079185000001|024000001|Nguyễn Thị Thử Nghiệm|12031985|Nữ|1 Đường Thử, Phường Bàn Cờ|01062021";
constexpr const char* kDossier = "H29.26-20261109-0012345";

/// A symbol in the middle of grey nothing.
cv::Mat picture(Symbology symbology, const char* text, int module = 5) {
    cv::Mat whole(720, 1280, CV_8U, cv::Scalar(150));
    const cv::Mat symbol = scan::drawSymbol(symbology, text, module);
    symbol.copyTo(
        whole(cv::Rect((1280 - symbol.cols) / 2, (720 - symbol.rows) / 2, symbol.cols, symbol.rows)));
    return whole;
}

std::string jpeg(const cv::Mat& picture) {
    std::vector<unsigned char> bytes;
    cv::imencode(".jpg", picture, bytes);
    return {bytes.begin(), bytes.end()};
}

std::string chunk(std::string_view name, const std::string& content) {
    std::string size;
    for (int shift = 0; shift < 32; shift += 8) size += static_cast<char>(content.size() >> shift);
    return std::string(name) + size + content + (content.size() % 2 ? std::string(1, '\0') : "");
}

std::string told(const base::Result<ScanHelper::Seen>& seen) {
    if (!seen) return std::string(name(seen.error().kind)) + std::string(seen.error().fact("key"));
    std::string all;
    for (const auto& code : seen->codes)
        all += (code.format == sight::CodeFormat::Qr ? "qr " : "code128 ") + code.text.reveal() + ";";
    return all;
}

}  // namespace

TEST_CASE("what a picture holds, in each format, is read byte for byte") {
    const test::TempDir dir;
    const auto [name, symbology, text] =
        GENERATE(table<std::string, Symbology, const char*>({{"a.png", Symbology::Qr, kCard},
                                                             {"a.jpg", Symbology::Qr, kCard},
                                                             {"a.webp", Symbology::Qr, kDossier},
                                                             {"b.png", Symbology::Code128, kDossier}}));
    CAPTURE(name);
    cv::imwrite((dir / name).string(), picture(symbology, text, symbology == Symbology::Qr ? 5 : 3));
    CHECK(told(ScanHelper(kCamera).read(dir / name)) ==
          (symbology == Symbology::Qr ? "qr " : "code128 ") + std::string(text) + ";");
}

TEST_CASE("a picture without a code has nothing, and that is no failure") {
    CHECK(told(ScanHelper(kCamera).read(TRAM_SOURCE_DIR "/resources/demo/pictures/nap-cong-vo.jpg")) == "");
}

TEST_CASE("a small code in a large picture gets its second look") {
    const test::TempDir dir;
    cv::Mat large(3000, 4000, CV_8U, cv::Scalar(140));
    const cv::Mat symbol = scan::drawSymbol(Symbology::Qr, kDossier, 3);
    symbol.copyTo(large(cv::Rect(2900, 2100, symbol.cols, symbol.rows)));
    cv::imwrite((dir / "large.jpg").string(), large);
    CHECK(told(ScanHelper(kCamera).read(dir / "large.jpg")) == std::string("qr ") + kDossier + ";");
}

TEST_CASE("hostile texts come back as they are, or empty when they are no text") {
    const test::TempDir dir;
    const auto through = [&](const std::string& text) {
        cv::Mat symbol = scan::drawSymbol(Symbology::Qr, text, 4, scan::Ecc::L);
        cv::imwrite((dir / "x.png").string(), symbol);
        return told(ScanHelper(kCamera).read(dir / "x.png"));
    };
    for (const std::string text : {"'; DROP TABLE items; --", "<script>alert(1)</script>",
                                   "../../../../etc/passwd", "a\x1b[2Jb\r\n\tc"})
        CHECK(through(text) == "qr " + text + ";");
    CHECK(through("\xFF\xFE\x80\x81") == "qr ;");  // another charset, or none: never guessed
    const std::string longest(2900, 'k');          // the largest symbol there is
    CHECK(through(longest) == "qr " + longest + ";");
}

TEST_CASE("two codes in one picture are two codes") {
    const test::TempDir dir;
    cv::Mat both = picture(Symbology::Qr, kDossier, 5);
    const cv::Mat other = scan::drawSymbol(Symbology::Qr, "K7M-3Q9-X2T-W", 5);
    other.copyTo(both(cv::Rect(60, 60, other.cols, other.rows)));
    cv::imwrite((dir / "both.png").string(), both);
    const auto seen = ScanHelper(kCamera).read(dir / "both.png");
    const auto codes = told(seen);
    CHECK(codes.find(kDossier) != std::string::npos);
    CHECK(codes.find("K7M-3Q9-X2T-W") != std::string::npos);
    CHECK(std::ranges::count(codes, ';') == 2);
    CHECK(seen->together.back().size() == 2);
}

TEST_CASE("codes that come one after the other in a film were never in view together") {
    const test::TempDir dir;
    for (int i = 0; i < 60; ++i) {
        const bool second = i >= 30;
        const cv::Mat frame = i % 30 < 3 ? picture(Symbology::Qr, second ? kCard : kDossier)
                                         : cv::Mat(480, 640, CV_8U, cv::Scalar(120));
        cv::imwrite((dir / ("f" + std::to_string(100 + i) + ".png")).string(), frame);
    }
    const auto seen = ScanHelper(kCamera).read(dir.path());
    CHECK(told(seen) == std::string("qr ") + kDossier + ";qr " + kCard + ";");
    CHECK(std::ranges::all_of(seen->together, [](const auto& numbers) { return numbers.size() < 2; }));
}

TEST_CASE("a JPEG of thousands of scans is refused before it is decoded, with a word of its own") {
    const test::TempDir dir;
    const auto manyScans = [&](int scans) {
        std::vector<unsigned char> bytes;
        cv::imencode(".jpg", picture(Symbology::Qr, kDossier), bytes, {cv::IMWRITE_JPEG_PROGRESSIVE, 1});
        const std::vector<unsigned char> head{0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 63, 0};  // of a scan, empty
        for (int i = 0; i < scans; ++i) bytes.insert(bytes.end() - 2, head.begin(), head.end());
        std::ofstream(dir / "scans.jpg", std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()), static_cast<long>(bytes.size()));
        return told(ScanHelper(kCamera).read(dir / "scans.jpg"));
    };
    CHECK(manyScans(0) == std::string("qr ") + kDossier + ";");
    CHECK(manyScans(5000) == "picture_unreadablescans");
}

TEST_CASE("a film is read through, as a video and as a folder") {
    const test::TempDir dir;
    const std::vector<cv::Mat> frames{cv::Mat(480, 640, CV_8U, cv::Scalar(120)),
                                      picture(Symbology::Code128, kDossier, 3),
                                      cv::Mat(480, 640, CV_8U, cv::Scalar(120))};
    std::string movi = "movi";
    std::filesystem::create_directory(dir / "film");
    for (std::size_t i = 0; i < frames.size(); ++i) {
        movi += chunk("00dc", jpeg(frames[i]));
        cv::imwrite((dir / "film" / ("f00" + std::to_string(i) + ".png")).string(), frames[i]);
    }
    std::ofstream(dir / "film.avi", std::ios::binary) << chunk("RIFF", "AVI " + chunk("LIST", movi));
    std::ofstream(dir / "film/notes.txt") << "not of the film";
    const auto meant = std::string("code128 ") + kDossier + ";";
    CHECK(told(ScanHelper(kCamera).read(dir / "film.avi")) == meant);
    CHECK(told(ScanHelper(kCamera).read(dir / "film")) == meant);
}

TEST_CASE("what cannot be read is named") {
    const test::TempDir dir;
    const ScanHelper helper(kCamera);
    CHECK(told(helper.read(dir / "absent")) == "file_missing");
    CHECK(told(helper.read("/dev/null")) == "file_unreadable");
    CHECK(told(helper.read(dir.path())) == "picture_empty");
    std::ofstream(dir / "empty.png").flush();
    CHECK(told(helper.read(dir / "empty.png")) == "picture_empty");
    std::ofstream(dir / "text.png") << "not a picture";
    CHECK(told(helper.read(dir / "text.png")) == "picture_unreadable");
    std::ofstream(dir / "video.avi") << "RIFF\1\1\1\1AVI LIST";
    CHECK(told(helper.read(dir / "video.avi")) == "picture_unreadable");
    CHECK(told(ScanHelper(dir / "no-program").read(dir / "text.png")) == "helper_failed");
}
