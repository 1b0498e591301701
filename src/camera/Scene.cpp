#include "camera/Scene.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "scan/SymbolWriter.h"

namespace tram::camera {

namespace {

constexpr int kWidth = 1280, kHeight = 720;
constexpr int kQuietFrames = 30, kActFrames = 90;  // two seconds of nobody, six of somebody

// Nobody has this number: made up as facts/README.md says cards are. The dossier is of the demo's ward.
constexpr const char* kCard =
    "079185000001|024000001|Nguyễn Thị Thử Nghiệm|12031985|Nữ|1 Đường Thử, Phường Bàn Cờ, TP. Hồ Chí "
    "Minh|01062021";
constexpr const char* kDossier = "H29.26-20261109-0012345";

/// Bands of a wall behind a person, so that the picture has edges that are no code.
cv::Mat backdrop() {
    cv::Mat wall(kHeight, kWidth, CV_8UC3);
    for (int y = 0; y < kHeight; ++y) {
        const double shade = 150 + 50.0 * y / kHeight;
        wall.row(y).setTo(cv::Scalar(shade - 15, shade, shade + 5));
    }
    cv::rectangle(wall, {120, 90, 260, 330}, {120, 100, 70}, cv::FILLED);
    cv::rectangle(wall, {135, 105, 230, 300}, {210, 200, 180}, cv::FILLED);
    cv::ellipse(wall, {900, 300}, {120, 160}, 0, 0, 360, {150, 175, 215}, cv::FILLED, cv::LINE_AA);
    cv::ellipse(wall, {900, 720}, {330, 270}, 0, 180, 360, {90, 70, 60}, cv::FILLED, cv::LINE_AA);
    cv::GaussianBlur(wall, wall, {}, 3);
    return wall;
}

/// The front of something flat: white paper with a symbol on it.
cv::Mat sheet(cv::Size size, scan::Symbology symbology, const char* text, int module, cv::Scalar paper) {
    cv::Mat front(size, CV_8UC3, paper);
    cv::Mat symbol;
    cv::cvtColor(scan::drawSymbol(symbology, text, module), symbol, cv::COLOR_GRAY2BGR);
    const cv::Rect place((size.width - symbol.cols) / 2, (size.height - symbol.rows) / 2, symbol.cols,
                         symbol.rows);
    symbol.copyTo(front(place));
    return front;
}

class Scene final : public FrameSource {
  public:
    explicit Scene(int shown) : shown_(shown) {}

    Got next(cv::Mat& bgr) override {
        wall_.copyTo(bgr);
        const int act = (shown_ + frame_ / (kQuietFrames + kActFrames)) % 2;
        const int moment = frame_ % (kQuietFrames + kActFrames) - kQuietFrames;
        if (moment >= 0) hold(bgr, act == 0 ? card_ : receipt_, static_cast<double>(moment) / kActFrames);
        grain(bgr);
        ++frame_;
        return Got::Frame;
    }

  private:
    /// Comes up from below and from afar, is held with a hand that shakes a little, and goes.
    void hold(cv::Mat& bgr, const cv::Mat& front, double time) const {
        const double near = std::sin(std::numbers::pi * std::clamp(time * 1.25, 0.0, 1.0));
        const double here = std::min(1.0, 2.2 * near);
        const double size = 0.35 + 0.5 * here;
        const double shake = 4 * std::sin(frame_ * 0.9), tilt = 0.10 * std::sin(frame_ * 0.07);
        const cv::Point2d centre(640 + shake, 360 + 420 * (1 - here) + 0.6 * shake);
        const double w = front.cols * size / 2, h = front.rows * size / 2, slant = h * tilt;
        const std::array<cv::Point2f, 4> from{
            {{0, 0},
             {static_cast<float>(front.cols), 0},
             {static_cast<float>(front.cols), static_cast<float>(front.rows)},
             {0, static_cast<float>(front.rows)}}};
        const auto at = [&](double x, double y) { return cv::Point2f(centre + cv::Point2d(x, y)); };
        const std::array<cv::Point2f, 4> to{at(-w, -h - slant), at(w, -h + slant), at(w, h - slant),
                                            at(-w, h + slant)};
        const cv::Mat turn = cv::getPerspectiveTransform(from.data(), to.data());
        cv::warpPerspective(front, bgr, turn, bgr.size(), cv::INTER_AREA, cv::BORDER_TRANSPARENT);
    }
    /// A sensor's noise; also what tells a living picture from a frozen one.
    void grain(cv::Mat& bgr) {
        cv::Mat noise(bgr.size(), CV_8UC3);
        random_.fill(noise, cv::RNG::UNIFORM, 0, 9);
        bgr += noise;
    }

    cv::Mat wall_ = backdrop();
    cv::Mat card_ = sheet({860, 540}, scan::Symbology::Qr, kCard, 8, {235, 225, 200});
    cv::Mat receipt_ = sheet({900, 500}, scan::Symbology::Code128, kDossier, 3, {245, 245, 245});
    cv::RNG random_{20261128};
    const int shown_;
    int frame_ = 0;
};

}  // namespace

std::unique_ptr<FrameSource> makeScene(int shown) {
    return std::make_unique<Scene>(shown);
}

}  // namespace tram::camera
