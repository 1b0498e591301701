#include "scan/Picture.h"

#include <catch2/catch.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <random>

#include "base/Files.h"
#include "scan/PictureHeader.h"

using namespace tram;
using base::ProblemKind;
using scan::PreparedPicture;
using scan::preparePicture;

namespace {

using Bytes = std::vector<unsigned char>;

const cv::Scalar kRed{0, 0, 255}, kGreen{0, 255, 0}, kBlue{255, 0, 0}, kGrey{128, 128, 128};

/// Four fields of colour, so that every way of turning it looks different.
cv::Mat quarters(int width = 64, int height = 32) {
    cv::Mat picture(height, width, CV_8UC3, kGrey);
    picture(cv::Rect(0, 0, width / 2, height / 2)) = kRed;
    picture(cv::Rect(width / 2, 0, width / 2, height / 2)) = kGreen;
    picture(cv::Rect(0, height / 2, width / 2, height / 2)) = kBlue;
    return picture;
}

Bytes encoded(const char* extension, const cv::Mat& picture, const std::vector<int>& options = {}) {
    Bytes bytes;
    REQUIRE(cv::imencode(extension, picture, bytes, options));
    return bytes;
}

Bytes asJpeg(const cv::Mat& picture) {
    return encoded(".jpg", picture, {cv::IMWRITE_JPEG_QUALITY, 100});
}

base::Result<PreparedPicture> prepare(Bytes bytes) {
    return preparePicture(base::SecretBytes(std::move(bytes)));
}

ProblemKind kindOf(Bytes bytes) {
    const auto prepared = prepare(std::move(bytes));
    REQUIRE_FALSE(prepared);
    return prepared.error().kind;
}

cv::Mat decoded(const base::SecretBytes& jpeg) {
    return cv::imdecode(jpeg.reveal(), cv::IMREAD_COLOR | cv::IMREAD_IGNORE_ORIENTATION);
}

void put(Bytes& to, std::initializer_list<int> bytes) {
    for (const int byte : bytes) to.push_back(static_cast<unsigned char>(byte));
}

/// A TIFF directory with one entry: the orientation (EXIF 2.32 §4.6.4).
Bytes tiff(int orientation, bool little) {
    Bytes bytes;
    if (little)
        put(bytes, {'I', 'I', 42, 0, 8, 0,           0, 0, 1, 0, 0x12, 0x01, 3,
                    0,   1,   0,  0, 0, orientation, 0, 0, 0, 0, 0,    0,    0});
    else
        put(bytes, {'M', 'M', 0, 42, 0, 0, 0,           8, 0, 1, 0x01, 0x12, 0,
                    3,   0,   0, 0,  1, 0, orientation, 0, 0, 0, 0,    0,    0});
    return bytes;
}

Bytes withExif(const Bytes& jpeg, const Bytes& tiff, const std::string& more = "") {
    const auto length = static_cast<int>(2 + 6 + tiff.size() + more.size());
    Bytes bytes(jpeg.begin(), jpeg.begin() + 2);
    put(bytes, {0xFF, 0xE1, length >> 8, length & 0xFF, 'E', 'x', 'i', 'f', 0, 0});
    bytes.insert(bytes.end(), tiff.begin(), tiff.end());
    bytes.insert(bytes.end(), more.begin(), more.end());
    bytes.insert(bytes.end(), jpeg.begin() + 2, jpeg.end());
    return bytes;
}

std::uint32_t crc(const Bytes& bytes, std::size_t from) {
    std::uint32_t sum = 0xFFFFFFFF;
    for (std::size_t i = from; i < bytes.size(); ++i) {
        sum ^= bytes[i];
        for (int bit = 0; bit < 8; ++bit) sum = sum >> 1 ^ (sum & 1 ? 0xEDB88320 : 0);
    }
    return ~sum;
}

void putBig(Bytes& to, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) to.push_back(static_cast<unsigned char>(value >> shift));
}

void putChunk(Bytes& to, const char* name, const Bytes& data) {
    putBig(to, static_cast<std::uint32_t>(data.size()));
    const auto from = to.size();
    to.insert(to.end(), name, name + 4);
    to.insert(to.end(), data.begin(), data.end());
    putBig(to, crc(to, from));
}

/// A PNG that claims to be as large as it likes.
Bytes pngOf(std::uint32_t width, std::uint32_t height) {
    Bytes png = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}, head;
    putBig(head, width);
    putBig(head, height);
    put(head, {8, 2, 0, 0, 0});
    putChunk(png, "IHDR", head);
    putChunk(png, "IDAT", {0x78, 0x9C, 0x03, 0, 0, 0, 0, 1});
    putChunk(png, "IEND", {});
    return png;
}

bool near(const cv::Vec3b& pixel, const cv::Scalar& colour, int slack = 12) {
    for (int c = 0; c < 3; ++c)
        if (std::abs(pixel[c] - static_cast<int>(colour[c])) > slack) return false;
    return true;
}

struct Corners {
    cv::Scalar topLeft, topRight, bottomLeft;
};

void checkCorners(const cv::Mat& picture, const Corners& corners) {
    const int x = picture.cols / 4, y = picture.rows / 4;
    CHECK(near(picture.at<cv::Vec3b>(y, x), corners.topLeft));
    CHECK(near(picture.at<cv::Vec3b>(y, picture.cols - x), corners.topRight));
    CHECK(near(picture.at<cv::Vec3b>(picture.rows - y, x), corners.bottomLeft));
}

}  // namespace

TEST_CASE("JPEG, PNG and WebP become a fresh JPEG and a thumbnail") {
    const char* extension = GENERATE(".jpg", ".png", ".webp");
    CAPTURE(extension);
    const auto prepared = prepare(encoded(extension, quarters(800, 600)));
    REQUIRE(prepared);
    CHECK(prepared->width == 800);
    CHECK(prepared->height == 600);
    const auto picture = decoded(prepared->jpeg), thumbnail = decoded(prepared->thumbnail);
    CHECK(picture.size() == cv::Size(800, 600));
    CHECK(thumbnail.size() == cv::Size(360, 270));
    checkCorners(picture, {kRed, kGreen, kBlue});
    checkCorners(thumbnail, {kRed, kGreen, kBlue});
}

TEST_CASE("a picture is turned upright by its EXIF orientation, in either byte order") {
    const auto [orientation, turned, corners] = GENERATE(table<int, bool, Corners>({
        {1, false, {kRed, kGreen, kBlue}},
        {2, false, {kGreen, kRed, kGrey}},
        {3, false, {kGrey, kBlue, kGreen}},
        {4, false, {kBlue, kGrey, kRed}},
        {5, true, {kRed, kBlue, kGreen}},
        {6, true, {kBlue, kRed, kGrey}},
        {7, true, {kGrey, kGreen, kBlue}},
        {8, true, {kGreen, kGrey, kRed}},
        {0, false, {kRed, kGreen, kBlue}},  // no such thing: left alone
        {9, false, {kRed, kGreen, kBlue}},
    }));
    const bool little = GENERATE(true, false);
    CAPTURE(orientation, little);
    const auto prepared = prepare(withExif(asJpeg(quarters()), tiff(orientation, little)));
    REQUIRE(prepared);
    const auto picture = decoded(prepared->jpeg);
    CHECK(picture.size() == (turned ? cv::Size(32, 64) : cv::Size(64, 32)));
    CHECK(prepared->width == picture.cols);
    CHECK(prepared->height == picture.rows);
    checkCorners(picture, corners);
}

TEST_CASE("a PNG is turned as well") {
    Bytes png = encoded(".png", quarters());
    Bytes exif;
    putChunk(exif, "eXIf", tiff(6, false));
    png.insert(png.begin() + 33, exif.begin(), exif.end());  // behind IHDR
    const auto prepared = prepare(png);
    REQUIRE(prepared);
    checkCorners(decoded(prepared->jpeg), {kBlue, kRed, kGrey});
}

TEST_CASE("nothing of the original's metadata is left") {
    const auto prepared =
        prepare(withExif(asJpeg(quarters()), tiff(1, true), "GPS 10.7769 N 106.7009 E, Nguyen Van An"));
    REQUIRE(prepared);
    for (const auto* jpeg : {&prepared->jpeg, &prepared->thumbnail}) {
        const std::string bytes(jpeg->reveal().begin(), jpeg->reveal().end());
        CHECK(bytes.find("GPS") == std::string::npos);
        CHECK(bytes.find("Exif") == std::string::npos);
    }
}

TEST_CASE("large pictures become at most 2048 on the long side, small ones stay") {
    const auto [width, height, toWidth, toHeight] = GENERATE(table<int, int, int, int>({
        {4096, 1024, 2048, 512},
        {1000, 4000, 512, 2048},
        {2049, 100, 2048, 100},
        {9000, 600, 2048, 137},
        {17000, 3, 2048, 1},
        {640, 480, 640, 480},
        {1, 1, 1, 1},
    }));
    CAPTURE(width, height);
    const char* extension = GENERATE(".jpg", ".png");
    const auto prepared = prepare(encoded(extension, cv::Mat(height, width, CV_8UC3, kGrey)));
    REQUIRE(prepared);
    CHECK(prepared->width == toWidth);
    CHECK(prepared->height == toHeight);
    CHECK(decoded(prepared->jpeg).size() == cv::Size(toWidth, toHeight));
    const auto thumbnail = decoded(prepared->thumbnail);
    CHECK(std::max(thumbnail.cols, thumbnail.rows) <= 360);
}

TEST_CASE("transparency becomes white, and hidden colours do not bleed") {
    cv::Mat picture(3000, 3000, CV_8UC4, cv::Scalar(0, 0, 255, 0));  // red, but invisible
    picture(cv::Rect(0, 0, 1500, 3000)) = cv::Scalar(255, 0, 0, 255);
    const auto prepared = prepare(encoded(".png", picture, {cv::IMWRITE_PNG_COMPRESSION, 1}));
    REQUIRE(prepared);
    const auto flat = decoded(prepared->jpeg);
    CHECK(near(flat.at<cv::Vec3b>(1000, 100), kBlue));
    CHECK(near(flat.at<cv::Vec3b>(1000, 2000), {255, 255, 255}));
    for (int x = 0; x < flat.cols; ++x) {
        const auto pixel = flat.at<cv::Vec3b>(1000, x);
        REQUIRE(pixel[2] <= pixel[0] + 24);  // nowhere redder than blue
    }
    const auto half = prepare(encoded(".webp", cv::Mat(20, 20, CV_8UC4, cv::Scalar(0, 0, 0, 128)),
                                      {cv::IMWRITE_WEBP_QUALITY, 101}));
    REQUIRE(half);
    CHECK(near(decoded(half->jpeg).at<cv::Vec3b>(10, 10), {127, 127, 127}));
}

TEST_CASE("grey and 16-bit pictures come out in 8-bit colour") {
    const auto grey = prepare(encoded(".png", cv::Mat(40, 40, CV_8UC1, cv::Scalar(77))));
    REQUIRE(grey);
    CHECK(near(decoded(grey->jpeg).at<cv::Vec3b>(20, 20), {77, 77, 77}));
    const auto deep = prepare(encoded(".png", cv::Mat(40, 40, CV_16UC3, cv::Scalar(0, 0x8000, 0xFFFF))));
    REQUIRE(deep);
    CHECK(near(decoded(deep->jpeg).at<cv::Vec3b>(20, 20), {0, 128, 255}));
    const auto clear = prepare(encoded(".png", cv::Mat(40, 40, CV_16UC4, cv::Scalar(0, 0, 0, 0))));
    REQUIRE(clear);
    CHECK(near(decoded(clear->jpeg).at<cv::Vec3b>(20, 20), {255, 255, 255}));
}

TEST_CASE("empty and too many bytes") {
    CHECK(kindOf({}) == ProblemKind::PictureEmpty);
    Bytes bytes = asJpeg(quarters());
    bytes.resize(scan::kMaxPictureBytes + 1);
    CHECK(kindOf(std::move(bytes)) == ProblemKind::PictureTooLarge);
}

TEST_CASE("other formats never reach a decoder") {
    for (const char* extension : {".bmp", ".tiff", ".ppm", ".jp2"}) {
        CAPTURE(extension);
        CHECK(kindOf(encoded(extension, quarters())) == ProblemKind::PictureUnreadable);
    }
    const auto text = [](std::string_view words) { return Bytes(words.begin(), words.end()); };
    for (const char* words : {"GIF89a", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "%PDF-1.7",
                              "#!/bin/sh", "\xFF\xD8", "\xFF\xD8\xFF", "RIFF", "RIFF\x04\0\0\0WAVE"}) {
        CAPTURE(words);
        CHECK(kindOf(text(words)) == ProblemKind::PictureUnreadable);
    }
}

TEST_CASE("pictures cut off anywhere are refused, not shown half grey") {
    const char* extension = GENERATE(".jpg", ".png", ".webp");
    const Bytes whole = encoded(extension, quarters(200, 150));
    REQUIRE(prepare(whole));
    for (std::size_t part = 1; part < 40; ++part) {
        CAPTURE(extension, part);
        CHECK(kindOf(Bytes(whole.begin(), whole.begin() + static_cast<long>(whole.size() * part / 40))) ==
              ProblemKind::PictureUnreadable);
    }
}

TEST_CASE("a JPEG with something appended is still a JPEG") {
    // Phones put a film or a depth map behind the picture.
    Bytes bytes = asJpeg(quarters());
    bytes.insert(bytes.end(), 5000, 'x');
    CHECK(prepare(bytes));
}

TEST_CASE("decompression bombs are refused by their header, before anything is decoded") {
    CHECK(kindOf(pngOf(100'000, 100'000)) == ProblemKind::PictureTooLarge);
    CHECK(kindOf(pngOf(0xFFFFFFFF, 0xFFFFFFFF)) == ProblemKind::PictureTooLarge);
    CHECK(kindOf(pngOf(7746, 7747)) == ProblemKind::PictureTooLarge);  // 60,008,262
    CHECK(kindOf(pngOf(0, 100)) == ProblemKind::PictureUnreadable);
    CHECK(kindOf(pngOf(100, 100)) == ProblemKind::PictureUnreadable);  // no pixels behind the promise

    Bytes jpeg = asJpeg(quarters());
    for (std::size_t i = 2; i + 9 < jpeg.size(); ++i)
        if (jpeg[i] == 0xFF && jpeg[i + 1] == 0xC0) {
            jpeg[i + 5] = jpeg[i + 7] = 0xFF;  // 65,3xx by 65,3xx
            break;
        }
    CHECK(kindOf(jpeg) == ProblemKind::PictureTooLarge);
}

namespace {

void append(Bytes& to, const Bytes& more) {
    to.insert(to.end(), more.begin(), more.end());
}
/// In `scans` parts; what stands in `between` comes before the last of them.
Bytes progressive(int scans, const Bytes& between = {}) {
    const Bytes head{0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 63, 0};
    Bytes bytes = encoded(".jpg", quarters(), {cv::IMWRITE_JPEG_PROGRESSIVE, 1});
    bytes.resize(bytes.size() - 2);
    int now = 0;
    for (std::size_t i = 0; i + 1 < bytes.size(); ++i) now += bytes[i] == 0xFF && bytes[i + 1] == 0xDA;
    REQUIRE(now >= 6);  // as libjpeg writes them
    for (; now < scans; ++now) {
        if (now == scans - 1) append(bytes, between);
        append(bytes, head);
    }
    append(bytes, {0xFF, 0xD9});
    return bytes;
}
/// "" for one that was read, else the kind and the key.
std::string verdict(Bytes bytes) {
    const auto prepared = prepare(std::move(bytes));
    if (prepared) return "";
    return std::string(name(prepared.error().kind)) + " " + std::string(prepared.error().fact("key"));
}

}  // namespace

TEST_CASE("a JPEG comes in as many scans as real ones do, and not in more") {
    CHECK(verdict(progressive(0)) == "");
    CHECK(verdict(progressive(scan::kMaxScans)) == "");
    CHECK(verdict(progressive(scan::kMaxScans + 1)) == "picture_unreadable scans");
    CHECK(verdict(progressive(20'000)) == "picture_unreadable scans");
}

TEST_CASE("scans are counted as a decoder finds them") {
    const Bytes comment{0xFF, 0xFE, 0, 6, 0xFF, 0xDA, 0xFF, 0xD9};  // a scan and an end that are none
    CHECK(verdict(progressive(scan::kMaxScans, comment)) == "");
    CHECK(verdict(progressive(scan::kMaxScans + 1, comment)) == "picture_unreadable scans");
    const Bytes stray{0xFF, 0x05, 0, 200, 0xFF, 0xFF, 0xFF, 0xD3, 'x', 0xFF, 0};  // no segments
    CHECK(verdict(progressive(scan::kMaxScans + 1, stray)) == "picture_unreadable scans");
    // No segments either, and before the first scan no picture has them: to us their "length" would hide one.
    for (const unsigned char marker : {0xD0, 0xD7, 0x01, 0xD8, 0xBF}) {
        Bytes hidden = progressive(0);
        hidden.insert(hidden.begin() + 2, {0xFF, marker, 0, 4, 0, 0});
        CHECK(verdict(std::move(hidden)) == "picture_unreadable ");
    }
    // Behind the end is the film of a phone's picture, or its depth, with whatever bytes.
    Bytes film = progressive(0);
    for (int i = 0; i < 500; ++i) append(film, {0xFF, 0xDA, 0, 2});
    CHECK(verdict(std::move(film)) == "");
}

TEST_CASE("damaged pictures are a problem or a picture, never a crash") {
    std::mt19937 random(20261121);
    for (const char* extension : {".jpg", ".png", ".webp"}) {
        const Bytes whole = encoded(extension, quarters());
        for (int round = 0; round < 300; ++round) {
            Bytes bytes = whole;
            for (int hits = 1 + static_cast<int>(random() % 8); hits > 0; --hits)
                bytes[random() % bytes.size()] = static_cast<unsigned char>(random());
            const auto prepared = prepare(bytes);
            if (prepared) CHECK(prepared->width <= 2048);
        }
    }
}

TEST_CASE("an EXIF block that lies about itself is ignored") {
    const Bytes jpeg = asJpeg(quarters());
    Bytes many = tiff(6, true);
    many[8] = many[9] = 0xFF;  // 65,535 entries
    many[10] = 0;              // and the one there is, is another
    Bytes beyond = tiff(6, true);
    beyond[4] = beyond[5] = 0xFF;  // directory behind the end
    Bytes wrongType = tiff(6, true);
    wrongType[12] = 4;
    for (const auto& exif : {many, beyond, wrongType, Bytes{}, Bytes{'I', 'I'}}) {
        const auto prepared = prepare(withExif(jpeg, exif));
        REQUIRE(prepared);
        checkCorners(decoded(prepared->jpeg), {kRed, kGreen, kBlue});
    }
}
