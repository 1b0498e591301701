#include "tests/unit/scan/Studio.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace tram::test::studio {

namespace {

const std::array<std::string, 4> kSurnames = {"Nguyễn", "Trần", "Lê", "Đặng"};
const std::array<std::string, 4> kNames = {"Thị Thử Nghiệm", "Văn Mẫu", "Thuỳ Dương Ánh", "Hữu Phước"};
const std::array<std::string, 3> kStreets = {"1 Đường Thử", "12/3 Hẻm Mẫu", "Tổ 5, Khu phố 9"};

}  // namespace

std::string digits(Dice& dice, int count) {
    std::string text;
    while (count-- > 0) text += static_cast<char>('0' + dice.whole(0, 9));
    return text;
}

std::string card(Dice& dice) {
    std::string text = "079";  // piece by piece: within one expression each compiler draws in its own order
    text += digits(dice, 9);
    text += "|" + digits(dice, 9);
    text += "|" + dice.oneOf(kSurnames);
    text += " " + dice.oneOf(kNames);
    text += "|12031985|Nữ|" + dice.oneOf(kStreets);
    text += ", Phường Bàn Cờ, TP. Hồ Chí Minh|01062021";
    if (dice.whole(0, 1)) text += "||||";
    return text;
}

std::string dossier(Dice& dice) {
    const auto office = digits(dice, 2), day = digits(dice, 2), number = digits(dice, 4);
    return "H29." + office + "-2611" + day + "-" + number;
}

std::string anyText(Dice& dice) {
    switch (dice.whole(0, 3)) {
        case 0:
            return card(dice);
        case 1:
            return dossier(dice);
        case 2:
            return "https://cds.example.vn/t/K7M3Q9X2TW#AAECAwQFBgcICQoLDA0O" + digits(dice, 2);
        default:
            return "https://dichvucong.example.gov.vn/tra-cuu?ma=" + dossier(dice);
    }
}

// Things on paper, before a camera sees them.

cv::Mat sheetWith(const cv::Mat& symbol, Dice& dice) {
    const int margin = std::max(symbol.cols, symbol.rows) / 3;
    cv::Mat sheet(symbol.rows + 2 * margin, symbol.cols + 2 * margin, CV_8U,
                  cv::Scalar(dice.whole(215, 250)));
    for (int y = margin / 6; y < sheet.rows - margin / 6; y += std::max(6, margin / 5)) {
        const int x = margin / 6, length = dice.whole(margin / 4, sheet.cols - margin / 3);
        cv::rectangle(sheet, {x, y, length, std::max(2, margin / 18)}, dice.whole(90, 160), cv::FILLED);
    }
    symbol.copyTo(sheet(cv::Rect(margin, margin, symbol.cols, symbol.rows)));
    return sheet;
}

cv::Mat curled(const cv::Mat& flat, double bend) {
    cv::Mat mapX(flat.size(), CV_32F), mapY(flat.size(), CV_32F), result;
    for (int y = 0; y < flat.rows; ++y)
        for (int x = 0; x < flat.cols; ++x) {
            const double u = 2.0 * x / flat.cols - 1;
            mapX.at<float>(y, x) =
                static_cast<float>((std::asin(u * std::sin(bend)) / bend + 1) * flat.cols / 2);
            const double rise = 0.25 * bend * (1 - u * u) * flat.rows * 0.2;
            mapY.at<float>(y, x) = static_cast<float>(y + rise - 0.1 * bend * flat.rows * 0.2);
        }
    cv::remap(flat, result, mapX, mapY, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    for (int x = 0; x < result.cols; ++x) {
        const double u = 2.0 * x / result.cols - 1;
        result.col(x) *= 1 - 0.45 * bend * u * u;
    }
    return result;
}

void damage(cv::Mat& sheet, const cv::Mat& symbol, Dice& dice, double share) {
    const int inset = (sheet.cols - symbol.cols) / 2;
    for (int i = 0; i < 5; ++i) {
        const int size = static_cast<int>(symbol.cols * share * dice.real(0.3, 1));
        const cv::Point at{inset + dice.whole(symbol.cols / 4, symbol.cols * 3 / 4),
                           inset + dice.whole(symbol.rows / 4, symbol.rows * 3 / 4)};
        const int turn = dice.whole(0, 180), shade = dice.whole(0, 1) ? 235 : 30;
        cv::ellipse(sheet, at, {size, size / 2 + 1}, turn, 0, 360, shade, cv::FILLED, cv::LINE_AA);
    }
    const int from = inset + dice.whole(0, symbol.rows), to = inset + dice.whole(0, symbol.rows);
    cv::line(sheet, {0, from}, {sheet.cols, to}, 180, std::max(1, symbol.cols / 120), cv::LINE_AA);
}

// Into the camera's view.

void place(cv::Mat& scene, const cv::Mat& sheet, const Pose& pose) {
    const double scale = pose.size / std::max(sheet.cols, sheet.rows);
    const double w = sheet.cols * scale / 2, h = sheet.rows * scale / 2;
    const double turn = pose.turn * CV_PI / 180, far = pose.tiltAt * CV_PI / 180;
    std::array<cv::Point2f, 4> to, from{{{0, 0},
                                         {static_cast<float>(sheet.cols), 0},
                                         {static_cast<float>(sheet.cols), static_cast<float>(sheet.rows)},
                                         {0, static_cast<float>(sheet.rows)}}};
    const std::array<cv::Point2d, 4> corners{{{-w, -h}, {w, -h}, {w, h}, {-w, h}}};
    for (std::size_t i = 0; i < 4; ++i) {
        const auto& c = corners[i];
        const double depth = 1 + pose.tilt * (c.x * std::cos(far) + c.y * std::sin(far)) / std::max(w, h);
        const cv::Point2d p(c.x / depth, c.y / depth);
        to[i] = cv::Point2f(pose.at + cv::Point2d(p.x * std::cos(turn) - p.y * std::sin(turn),
                                                  p.x * std::sin(turn) + p.y * std::cos(turn)));
    }
    // Drawn at three times the size and then shrunk: warpPerspective alone does not blend what it leaves out.
    constexpr int kFine = 3;
    for (auto& point : to) point = point * kFine;
    cv::Mat fine, cover, mask;
    const cv::Mat turnTo = cv::getPerspectiveTransform(from.data(), to.data());
    const cv::Size size(scene.cols * kFine, scene.rows * kFine);
    cv::warpPerspective(sheet, fine, turnTo, size, cv::INTER_LINEAR);
    cv::warpPerspective(cv::Mat(sheet.size(), CV_8U, cv::Scalar(255)), mask, turnTo, size, cv::INTER_NEAREST);
    cv::resize(fine, cover, scene.size(), 0, 0, cv::INTER_AREA);
    cv::resize(mask, mask, scene.size(), 0, 0, cv::INTER_AREA);
    cover.copyTo(scene, mask > 250);
}

void noise(cv::Mat& grey, Dice& dice, double sigma) {
    cv::Mat grain(grey.size(), CV_16S), wide;
    cv::RNG(dice.seed()).fill(grain, cv::RNG::NORMAL, 0, sigma);
    grey.convertTo(wide, CV_16S);
    wide += grain;
    wide.convertTo(grey, CV_8U);
}

void compress(cv::Mat& grey, int quality) {
    std::vector<unsigned char> bytes;
    cv::imencode(".jpg", grey, bytes, {cv::IMWRITE_JPEG_QUALITY, quality});
    grey = cv::imdecode(bytes, cv::IMREAD_GRAYSCALE);
}

void smear(cv::Mat& grey, double length, double degrees) {
    const int side = static_cast<int>(std::ceil(length)) | 1;
    cv::Mat kernel(side, side, CV_32F, cv::Scalar(0));
    const double half = length / 2, way = degrees * CV_PI / 180;
    const cv::Point2d middle(side / 2, side / 2), end(half * std::cos(way), half * std::sin(way));
    cv::line(kernel, middle - end, middle + end, 1, 1, cv::LINE_AA);
    kernel /= cv::sum(kernel)[0];
    cv::filter2D(grey, grey, -1, kernel);
}

void glare(cv::Mat& grey, cv::Point centre, cv::Size size, double strength) {
    cv::Mat light(grey.size(), CV_8U, cv::Scalar(0));
    cv::ellipse(light, centre, size, 25, 0, 360, strength, cv::FILLED);
    cv::GaussianBlur(light, light, {}, size.height / 2.5);
    grey += light;
}

cv::Mat roomScene(Dice& dice) {
    cv::Mat scene(kHeight, kWidth, CV_8U);
    const int bright = dice.whole(110, 170), fall = dice.whole(-40, 40);
    for (int x = 0; x < kWidth; ++x) scene.col(x).setTo(bright + fall * x / kWidth);
    for (int i = 0; i < 9; ++i) {
        const cv::Rect place{dice.whole(0, kWidth - 60), dice.whole(0, kHeight - 60), dice.whole(30, 300),
                             dice.whole(30, 250)};
        const int shade = dice.whole(40, 220);
        cv::rectangle(scene, place, shade, dice.whole(0, 1) ? cv::FILLED : 3);
    }
    const int person = dice.whole(300, 980);
    cv::ellipse(scene, {person, 760}, {380, 300}, 0, 180, 360, dice.whole(40, 110), cv::FILLED);
    cv::GaussianBlur(scene, scene, {}, 2.5);
    return scene;
}

}  // namespace tram::test::studio
