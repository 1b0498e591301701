#include "tests/unit/scan/PageMaker.h"

#include <pango/pangocairo.h>

#include <array>
#include <cmath>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "scan/PageCleaner.h"
#include "tests/unit/scan/Studio.h"

namespace tram::test {

namespace {

using studio::Dice;

constexpr int kPageWidth = 620, kPageHeight = 877;
const cv::Size kView{960, 720};
const cv::Scalar kInk{45, 40, 40};

std::string sentence(Dice& dice, int words) {
    static const char* const kWords[] = {
        "đơn",      "đề nghị",        "cấp",      "bản sao",  "trích lục",  "khai sinh",   "họ tên",
        "ngày",     "tháng",          "năm",      "nội dung", "phường",     "thành phố",   "kính gửi",
        "uỷ ban",   "nhân dân",       "giấy tờ",  "kèm theo", "chứng thực", "làm việc",    "theo",
        "quy định", "pháp luật",      "công dân", "địa chỉ",  "thường trú", "Hồ Chí Minh", "xác nhận",
        "lý do",    "Nguyễn Văn Mẫu", "cam đoan", "những"};
    std::string text;
    for (int i = 0; i < words; ++i) text += std::string(dice.oneOf(kWords)) + " ";
    return text;
}

/// With its marks, as documents have them: what rises above the letters is what tells where up is. At most
/// `width` pixels of it, on a line of its own.
void print(cv::Mat& page, const std::string& text, cv::Point at, int width, const char* font) {
    cv::Mat line(3 * kPageHeight / 40, width, CV_8UC4, cv::Scalar(0, 0, 0, 0));
    const auto surface = cairo_image_surface_create_for_data(line.data, CAIRO_FORMAT_ARGB32, line.cols,
                                                             line.rows, static_cast<int>(line.step));
    const auto cairo = cairo_create(surface);
    const auto layout = pango_cairo_create_layout(cairo);
    const auto description = pango_font_description_from_string(font);
    pango_layout_set_font_description(layout, description);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_text(layout, text.c_str(), -1);
    pango_cairo_show_layout(cairo, layout);
    cairo_surface_flush(surface);
    pango_font_description_free(description);
    g_object_unref(layout);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    cv::Mat cover, place = page(cv::Rect(at, line.size()) & cv::Rect({}, page.size()));
    cv::extractChannel(line, cover, 3);
    cover = cover(cv::Rect({}, place.size()));
    for (int y = 0; y < place.rows; ++y)
        for (int x = 0; x < place.cols; ++x)
            for (int c = 0; c < 3; ++c) {
                auto& pixel = place.ptr<cv::Vec3b>(y)[x][c];
                pixel = cv::saturate_cast<uchar>(pixel + (kInk[c] - pixel) * cover.ptr(y)[x] / 255.0);
            }
}

void paragraphs(cv::Mat& page, Dice& dice, int from, int to, const char* font) {
    for (int y = from; y < to;) {
        const int lines = dice.whole(2, 6);
        for (int i = 0; i < lines && y < to; ++i, y += 21)
            print(page, sentence(dice, 20), {60, y},
                  i + 1 == lines ? dice.whole(100, 420) : dice.whole(480, 500), font);
        y += 12;
    }
}

void stampAndName(cv::Mat& page, Dice& dice) {
    const cv::Point at{430 + dice.whole(-15, 15), 745};
    const cv::Scalar red{60, 50, 205}, blue{170, 60, 30};
    cv::circle(page, at, 48, red, 3, cv::LINE_AA);
    cv::circle(page, at, 38, red, 1, cv::LINE_AA);
    cv::putText(page, "UBND", at - cv::Point{28, -6}, cv::FONT_HERSHEY_SIMPLEX, 0.6, red, 2, cv::LINE_AA);
    std::vector<cv::Point> name;
    for (int i = 0; i < 24; ++i) name.emplace_back(at.x - 90 + 8 * i, at.y + 20 + dice.whole(-18, 18));
    cv::polylines(page, name, false, blue, 2, cv::LINE_AA);
}

cv::Mat paper(cv::Size size, Dice& dice) {
    const double grey = dice.real(228, 245);
    return cv::Mat(size, CV_8UC3, cv::Scalar(grey - dice.real(0, 8), grey - 2, grey));
}

cv::Mat page(Dice& dice) {
    cv::Mat page = paper({kPageWidth, kPageHeight}, dice);
    const bool serif = dice.whole(0, 1) == 1;
    print(page, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", {130, 45}, 480,
          serif ? "Noto Serif Bold 13px" : "Inter Bold 13px");
    print(page, "ĐƠN ĐỀ NGHỊ", {240, 95}, 300, serif ? "Noto Serif Bold 19px" : "Inter Bold 19px");
    paragraphs(page, dice, 140, 660, serif ? "Noto Serif 13px" : "Inter 13px");
    stampAndName(page, dice);
    return page;
}

/// Of a card's proportions, with a ground of its own colour and a picture on it; no real one's face.
cv::Mat cardboard(Dice& dice) {
    cv::Mat card(378, 600, CV_8UC3, cv::Scalar(205 + dice.whole(-15, 15), 222, 205 + dice.whole(-15, 15)));
    cv::rectangle(card, {30, 110, 150, 200}, {120, 130, 150}, cv::FILLED);
    for (int i = 0; i < 6; ++i) print(card, sentence(dice, 12), {205, 130 + 36 * i}, 340, "Inter 19px");
    print(card, "THẺ MẪU", {220, 50}, 300, "Inter Bold 30px");
    return card;
}

cv::Mat bars(Dice& dice) {
    cv::Mat page = paper({kPageWidth, kPageHeight}, dice);
    for (int y = 70; y < 800; y += 22)
        cv::rectangle(page, {60, y, dice.whole(300, 500), 8}, kInk, cv::FILLED);
    return page;
}

// What it lies on.

cv::Mat table(Dice& dice) {
    const double level = dice.real(60, 140);
    cv::Mat wood(kView, CV_8UC3, cv::Scalar(level * 0.6, level * 0.8, level)),
        grain(kView.height / 4, kView.width / 40, CV_8U);
    cv::RNG rng(dice.seed());
    rng.fill(grain, cv::RNG::NORMAL, 128, 14);
    cv::resize(grain, grain, kView, 0, 0, cv::INTER_CUBIC);
    cv::Mat three;
    cv::cvtColor(grain, three, cv::COLOR_GRAY2BGR);
    cv::addWeighted(wood, 1, three, 0.8, -102, wood);
    return wood;
}

cv::Mat plainTable(Dice& dice, double level) {
    cv::Mat top(kView, CV_8UC3, cv::Scalar::all(level));
    cv::Mat light(2, 2, CV_32F), wide;
    for (int i = 0; i < 4; ++i) light.ptr<float>()[i] = static_cast<float>(dice.real(0.94, 1.06));
    cv::resize(light, wide, kView);
    cv::Mat three;
    cv::merge(std::vector<cv::Mat>{wide, wide, wide}, three);
    top.convertTo(top, CV_32F);
    cv::multiply(top, three, top);
    top.convertTo(top, CV_8U);
    return top;
}

void clutter(cv::Mat& scene, Dice& dice) {
    for (int i = 0; i < 9; ++i) {
        const cv::Point at{dice.whole(0, kView.width), dice.whole(0, kView.height)};
        const cv::Scalar colour(dice.whole(20, 230), dice.whole(20, 230), dice.whole(20, 230));
        if (i % 3 == 0)
            cv::circle(scene, at, dice.whole(20, 60), colour, cv::FILLED, cv::LINE_AA);
        else if (i % 3 == 1)
            cv::line(scene, at, at + cv::Point(dice.whole(-250, 250), dice.whole(-60, 60)), colour, 9,
                     cv::LINE_AA);
        else
            cv::rectangle(scene, cv::Rect(at, cv::Size(dice.whole(40, 110), dice.whole(15, 60))), colour,
                          cv::FILLED);
    }
}

// How it is held.

struct Hold {
    double turn = 0, pitch = 0, yaw = 0;  ///< degrees
    double share = 0.88;                  ///< of the view's height, seen from straight above
    cv::Point2d shift{0, 0};
};

scan::PageCorners project(cv::Size page, const Hold& hold) {
    const auto rad = [](double degrees) { return degrees * CV_PI / 180; };
    const double focal = 0.9 * kView.width, size = std::max(page.width, page.height);
    const double distance = focal / (hold.share * kView.height / size);
    const auto axis = [&](double x, double y, double z) {
        cv::Matx33d r = cv::Matx33d::eye();
        const cv::Matx33d turn(std::cos(rad(z)), -std::sin(rad(z)), 0, std::sin(rad(z)), std::cos(rad(z)), 0,
                               0, 0, 1);
        const cv::Matx33d pitch(1, 0, 0, 0, std::cos(rad(x)), -std::sin(rad(x)), 0, std::sin(rad(x)),
                                std::cos(rad(x)));
        const cv::Matx33d yaw(std::cos(rad(y)), 0, std::sin(rad(y)), 0, 1, 0, -std::sin(rad(y)), 0,
                              std::cos(rad(y)));
        return pitch * yaw * turn * r;
    };
    const auto rotation = axis(hold.pitch, hold.yaw, hold.turn);
    scan::PageCorners corners;
    const double w = page.width / 2.0, h = page.height / 2.0;
    const cv::Point2d flat[] = {{-w, -h}, {w, -h}, {w, h}, {-w, h}};
    for (std::size_t i = 0; i < 4; ++i) {
        const cv::Vec3d at = rotation * cv::Vec3d(flat[i].x, flat[i].y, 0);
        corners[i] = {
            static_cast<float>(kView.width / 2.0 + hold.shift.x + focal * at[0] / (distance + at[2])),
            static_cast<float>(kView.height / 2.0 + hold.shift.y + focal * at[1] / (distance + at[2]))};
    }
    return corners;
}

void lay(cv::Mat& scene, const cv::Mat& page, const cv::Mat& mask, const scan::PageCorners& corners) {
    const auto w = static_cast<float>(page.cols), h = static_cast<float>(page.rows);
    const cv::Point2f from[] = {{0, 0}, {w, 0}, {w, h}, {0, h}};
    const cv::Mat there = cv::getPerspectiveTransform(from, corners.data());
    cv::Mat seen, cover;
    cv::warpPerspective(page, seen, there, kView, cv::INTER_AREA, cv::BORDER_REPLICATE);
    cv::warpPerspective(mask, cover, there, kView, cv::INTER_LINEAR);
    seen.copyTo(scene, cover > 127);
}

cv::Mat wholeMask(const cv::Mat& page) {
    return cv::Mat(page.size(), CV_8U, cv::Scalar(255));
}

Hold ordinary(Dice& dice) {
    return {dice.real(-8, 8),
            dice.real(-6, 6),
            dice.real(-6, 6),
            dice.real(0.78, 0.92),
            {dice.real(-40, 40), dice.real(-8, 8)}};
}

void sensor(cv::Mat& bgr, Dice& dice, double grain = 3) {
    cv::GaussianBlur(bgr, bgr, {0, 0}, 0.6);
    cv::Mat noise(bgr.size(), CV_16SC3), wide;
    cv::RNG rng(dice.seed());
    rng.fill(noise, cv::RNG::NORMAL, 0, grain);
    cv::add(bgr, noise, bgr, cv::noArray(), CV_8U);
}

PageShot taken(Dice& dice, cv::Mat scene, const cv::Mat& flat, const Hold& hold) {
    PageShot shot;
    shot.flat = flat;
    shot.corners = project(flat.size(), hold);
    lay(scene, flat, wholeMask(flat), shot.corners);
    shot.bgr = scene;
    sensor(shot.bgr, dice);
    return shot;
}

void shade(cv::Mat& bgr, Dice& dice) {
    cv::Mat dark(bgr.size(), CV_32F, cv::Scalar(1));
    const cv::Point at{dice.whole(200, 760), dice.whole(150, 570)};
    const double slope = dice.real(0, CV_PI);
    const cv::Point by(static_cast<int>(1200 * std::cos(slope)), static_cast<int>(1200 * std::sin(slope)));
    const cv::Point side(-by.y, by.x);
    const std::vector<cv::Point> half{at - by, at + by, at + by + side, at - by + side};
    cv::fillConvexPoly(dark, half, cv::Scalar(dice.real(0.5, 0.65)));
    cv::circle(dark, {dice.whole(300, 700), dice.whole(200, 500)}, dice.whole(60, 110), cv::Scalar(0.62),
               cv::FILLED);
    cv::GaussianBlur(dark, dark, {0, 0}, dice.real(4, 14));
    cv::Mat three, wide;
    cv::merge(std::vector<cv::Mat>{dark, dark, dark}, three);
    bgr.convertTo(wide, CV_32F);
    cv::multiply(wide, three, wide);
    wide.convertTo(bgr, CV_8U);
}

/// Two folds, as of a letter: each part has a light of its own, and the fold a line.
void crease(cv::Mat& page, Dice& dice) {
    const int first = page.rows / 3 + dice.whole(-20, 20), second = 2 * page.rows / 3 + dice.whole(-20, 20);
    cv::Mat middle = page.rowRange(first, second);
    middle.convertTo(middle, -1, dice.real(0.86, 0.93));
    for (const int y : {first, second}) {
        cv::line(page, {0, y}, {page.cols, y + dice.whole(-4, 4)}, {150, 150, 155}, 2, cv::LINE_AA);
        cv::line(page, {0, y + 2}, {page.cols, y + 2}, {252, 252, 252}, 1, cv::LINE_AA);
    }
}

cv::Mat tornMask(const cv::Mat& page, Dice& dice) {
    cv::Mat mask = wholeMask(page);
    const int w = dice.whole(60, 130), h = dice.whole(60, 150);
    const std::vector<cv::Point> gone{{page.cols, 0},
                                      {page.cols - w, 0},
                                      {page.cols - w / 2, h / 3},
                                      {page.cols - w / 3, 2 * h / 3},
                                      {page.cols, h}};
    cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{gone}, cv::Scalar(0));
    return mask;
}

using Holds = PageShot::Holds;

PageShot plain(int i) {
    Dice dice("page plain", i);
    auto scene = table(dice);
    return taken(dice, scene, page(dice), ordinary(dice));
}
PageShot turned(int i) {
    Dice dice("page turned", i);
    auto hold = ordinary(dice);
    constexpr std::array kTurns = {-40.0, 40.0, 24.0, -24.0, -32.0, 32.0, 14.0, -14.0};
    hold.turn = kTurns[static_cast<std::size_t>(i % 8)] + dice.real(-2, 2);
    hold.share = 0.72;
    hold.shift = {};
    return taken(dice, table(dice), page(dice), hold);
}
PageShot slanted(int i) {
    Dice dice("page slanted", i);
    auto hold = ordinary(dice);
    hold.pitch = dice.real(18, 34) * (i % 2 ? 1 : -1);
    hold.yaw = dice.real(-22, 22);
    hold.share = 0.75;
    return taken(dice, table(dice), page(dice), hold);
}
PageShot shaded(int i) {
    Dice dice("page shaded", i);
    auto shot = taken(dice, table(dice), page(dice), ordinary(dice));
    shade(shot.bgr, dice);
    return shot;
}
PageShot pale(int i) {
    Dice dice("page pale", i);
    auto scene = plainTable(dice, dice.real(190, 206));
    return taken(dice, scene, page(dice), ordinary(dice));
}
PageShot cluttered(int i) {
    Dice dice("page cluttered", i);
    auto scene = table(dice);
    clutter(scene, dice);
    return taken(dice, scene, page(dice), ordinary(dice));
}
PageShot creased(int i) {
    Dice dice("page creased", i);
    auto folded = page(dice);
    crease(folded, dice);
    return taken(dice, table(dice), folded, ordinary(dice));
}
PageShot torn(int i) {
    Dice dice("page torn", i);
    PageShot shot;
    shot.flat = page(dice);
    shot.bgr = table(dice);
    shot.corners = project(shot.flat.size(), ordinary(dice));
    lay(shot.bgr, shot.flat, tornMask(shot.flat, dice), shot.corners);
    sensor(shot.bgr, dice);
    return shot;
}
PageShot overhead(int i) {
    Dice dice("page upside down", i);
    auto hold = ordinary(dice);
    hold.turn += std::array{180.0, 90.0, 270.0}[static_cast<std::size_t>(i % 3)];
    if (i % 3 != 0) hold.share = 1.1, hold.shift.x = 0;
    return taken(dice, table(dice), page(dice), hold);
}
PageShot barred(int i) {
    Dice dice("page of bars", i);
    auto shot = taken(dice, table(dice), bars(dice), ordinary(dice));
    shot.upright = false;
    return shot;
}
PageShot ofCard(int i) {
    Dice dice("page card", i);
    auto hold = ordinary(dice);
    hold.share = dice.real(0.5, 0.9);
    return taken(dice, table(dice), cardboard(dice), hold);
}
PageShot scanned(int i) {
    Dice dice("page scanned", i);
    PageShot shot;
    shot.flat = page(dice);
    shot.bgr = shot.flat.clone();
    sensor(shot.bgr, dice, 1.5);
    const auto w = static_cast<float>(shot.bgr.cols), h = static_cast<float>(shot.bgr.rows);
    shot.corners = {cv::Point2f{0, 0}, {w, 0}, {w, h}, {0, h}};
    return shot;
}
PageShot twoCards(int i) {
    Dice dice("page two cards", i);
    PageShot shot;
    shot.holds = Holds::TwoPages;
    shot.bgr = table(dice);
    for (const double side : {-1.0, 1.0}) {
        const auto one = cardboard(dice);
        const Hold hold{
            dice.real(-10, 10), dice.real(-4, 4), dice.real(-4, 4), 0.5, {side * 215, dice.real(-60, 60)}};
        lay(shot.bgr, one, wholeMask(one), project(one.size(), hold));
    }
    sensor(shot.bgr, dice);
    return shot;
}
PageShot nothing(int i) {
    Dice dice("page nothing", i);
    PageShot shot;
    shot.holds = Holds::Nothing;
    shot.bgr = i % 3 == 0 ? plainTable(dice, dice.real(60, 220)) : table(dice);
    if (i % 3 == 2) clutter(shot.bgr, dice);
    sensor(shot.bgr, dice);
    return shot;
}

bool near(const PageShot& shot, const scan::PageCorners& corners) {
    const double most = 0.01 * kView.width;
    double best = 1e9;
    for (std::size_t first = 0; first < 4; ++first) {
        double worst = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            const auto by = corners[(i + first) % 4] - shot.corners[i];
            worst = std::max(worst, static_cast<double>(std::hypot(by.x, by.y)));
        }
        best = std::min(best, worst);
    }
    return best < most;
}

/// Coarse enough for a corner that is off by a pixel, fine enough to tell lines of text from each other.
cv::Mat coarse(const cv::Mat& picture) {
    cv::Mat grey, small;
    cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
    cv::resize(grey, small, picture.cols < picture.rows ? cv::Size(90, 127) : cv::Size(127, 90), 0, 0,
               cv::INTER_AREA);
    small.convertTo(small, CV_32F);
    return small;
}

double likeness(const cv::Mat& one, const cv::Mat& other) {
    const cv::Mat a = coarse(one), b = coarse(other);
    if (a.size() != b.size()) return 0;
    cv::Mat result;
    cv::matchTemplate(a, b, result, cv::TM_CCOEFF_NORMED);
    return result.at<float>(0, 0);
}

bool looksRight(const PageShot& shot, const scan::CleanPage& clean) {
    const cv::Mat picture = cv::imdecode(clean.jpeg.reveal(), cv::IMREAD_COLOR);
    if (picture.empty() || (clean.uprightSure && !shot.upright)) return false;
    return likeness(picture, shot.flat) > 0.5;
}

}  // namespace

const std::vector<PageGroup>& pageGroups() {
    static const std::vector<PageGroup> kGroups = {
        {"plain", 2, 2, 2, plain},         {"turned", 4, 4, 4, turned},  {"slanted", 2, 2, 2, slanted},
        {"shadowed", 3, 3, 3, shaded},     {"pale", 2, 2, 2, pale},      {"cluttered", 2, 2, 2, cluttered},
        {"creased", 2, 2, 2, creased},     {"torn", 2, 2, 2, torn},      {"upside down", 3, 3, 3, overhead},
        {"without text", 1, 1, 1, barred}, {"card", 2, 2, 2, ofCard},    {"scanned", 1, 1, 1, scanned},
        {"two cards", 2, 2, 2, twoCards},  {"nothing", 3, 3, 3, nothing}};
    return kGroups;
}

PageScore scoreOf(const PageShot& shot) {
    const auto sight = scan::findPage(shot.bgr);
    if (shot.holds != Holds::Page) {
        const bool right = shot.holds == Holds::Nothing ? std::holds_alternative<scan::NoPage>(sight)
                                                        : std::holds_alternative<scan::TwoPages>(sight);
        return {right, right};
    }
    const auto* found = std::get_if<scan::FoundPage>(&sight);
    if (!found || !near(shot, found->corners)) return {};
    const auto clean = scan::cleanPage(shot.bgr, *found);
    return {true, clean && looksRight(shot, *clean)};
}

cv::Mat drawnPage(int seed) {
    Dice dice("page drawn", seed);
    return page(dice);
}

}  // namespace tram::test
