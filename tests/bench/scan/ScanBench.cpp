// Codes read on the table of tests/unit/scan, ours beside one pass of ZXing and one of zbar; what a frame
// costs; how long a code stands before the camera until it counts. `bench_scan stages` tells what each stage
// alone reads.
#include <fmt/format.h>

#include <chrono>
#include <cstring>
#include <map>
#include <opencv2/imgproc.hpp>
#include <set>

#include "scan/CodeReader.h"
#include "scan/Stages.h"
#include "tests/unit/scan/PictureMaker.h"

using namespace tram;
using Clock = std::chrono::steady_clock;

namespace {

struct Score {
    int read = 0, wrong = 0;
    double milliseconds = 0;
};

/// A picture counts as read when all of its texts are.
void judge(const test::Shot& shot, const std::set<std::string>& texts, Score& score) {
    const std::set<std::string> meant(shot.texts.begin(), shot.texts.end());
    score.read += texts == meant;
    for (const auto& text : texts) score.wrong += !text.empty() && !meant.contains(text);
}

std::set<std::string> textsOf(const scan::Readings& readings) {
    std::set<std::string> texts;
    for (const auto& reading : readings) texts.insert(reading.text.reveal());
    return texts;
}

std::set<std::string> ours(const cv::Mat& grey) {
    scan::CodeReader reader;
    std::set<std::string> texts;
    for (int i = 0; i < scan::CodeReader::roundOfStages(); ++i) texts.merge(textsOf(reader.look(grey).codes));
    return texts;
}

std::set<std::string> oncePerZxing(const cv::Mat& grey) {
    return textsOf(scan::readWithZxing(grey, scan::Effort::Hard));
}

std::set<std::string> oncePerZbar(const cv::Mat& grey) {
    return textsOf(scan::readWithZbar(grey));
}

template <class Read>
void timed(Read read, const test::Shot& shot, Score& score) {
    const auto begin = Clock::now();
    const auto texts = read(shot.grey);
    score.milliseconds += std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    judge(shot, texts, score);
}

void table() {
    fmt::print("{:<12}{:>9}{:>8}{:>8}{:>8}\n", "pictures", "", "ours", "ZXing", "zbar");
    Score all[3];
    int pictures = 0;
    for (const auto& group : test::shotGroups()) {
        Score scores[3];
        for (int i = 0; i < group.pictures; ++i) {
            const auto shot = group.shot(i);
            timed(ours, shot, scores[0]);
            timed(oncePerZxing, shot, scores[1]);
            timed(oncePerZbar, shot, scores[2]);
        }
        pictures += group.pictures;
        fmt::print("{:<12}{:>9}{:>8}{:>8}{:>8}\n", group.name, group.pictures, scores[0].read, scores[1].read,
                   scores[2].read);
        for (int i = 0; i < 3; ++i) {
            all[i].read += scores[i].read, all[i].wrong += scores[i].wrong;
            all[i].milliseconds += scores[i].milliseconds;
        }
    }
    fmt::print("{:<12}{:>9}{:>8}{:>8}{:>8}\n", "all", pictures, all[0].read, all[1].read, all[2].read);
    fmt::print("{:<21}{:>8}{:>8}{:>8}\n", "wrong texts", all[0].wrong, all[1].wrong, all[2].wrong);
    fmt::print("{:<21}{:>8.1f}{:>8.1f}{:>8.1f}\n", "ms a picture", all[0].milliseconds / pictures,
               all[1].milliseconds / pictures, all[2].milliseconds / pictures);
}

/// Each stage by itself: how many it reads, and how many that one fast pass does not.
void stageTable() {
    std::map<std::string_view, Score> scores;
    std::map<std::string_view, int> beyond;
    for (const auto& group : test::shotGroups())
        for (int i = 0; i < group.pictures; ++i) {
            const auto shot = group.shot(i);
            if (shot.texts.size() != 1) continue;
            const bool fast = !textsOf(scan::readWithZxing(shot.grey, scan::Effort::Fast)).empty();
            for (const auto& stage : scan::stages()) {
                const int before = scores[stage.name].read;
                timed([&](const cv::Mat& grey) { return textsOf(stage.look(grey)); }, shot,
                      scores[stage.name]);
                beyond[stage.name] += !fast && scores[stage.name].read > before;
            }
            scores["fast"].read += fast;
            if (fast) continue;
            std::string who;
            for (const auto& stage : scan::stages())
                if (textsOf(stage.look(shot.grey)) == std::set<std::string>{shot.texts[0]})
                    who += fmt::format(" {}", stage.name);
            fmt::print("{} {}:{}\n", group.name, i, who);
        }
    for (const auto& [name, score] : scores)
        fmt::print("{:<16} read {:>4} beyond fast {:>4} wrong {:>2} {:>8.0f} ms in all\n", name, score.read,
                   beyond[name], score.wrong, score.milliseconds);
}

double median(std::vector<double> values) {
    std::ranges::nth_element(values, values.begin() + static_cast<long>(values.size() / 2));
    return values[values.size() / 2];
}

void emptyFrames() {
    std::vector<double> fast, whole;
    scan::CodeReader reader;
    for (int i = 0; i < 10 * scan::CodeReader::roundOfStages(); ++i) {
        const cv::Mat frame = test::emptyScene(i % 7);
        auto begin = Clock::now();
        scan::readWithZxing(frame, scan::Effort::Fast);
        fast.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
        begin = Clock::now();
        reader.look(frame);
        whole.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    }
    fmt::print("empty 720p frame: fast pass {:.1f} ms, with its stage and advice {:.1f} ms (most {:.1f})\n",
               median(fast), median(whole), *std::ranges::max_element(whole));
}

/// A card comes into view at any moment between two frames: half a frame in the mean until the first.
void entering() {
    std::vector<double> times;
    for (int seed = 0; seed < 30; ++seed) {
        scan::CodeReader reader;
        for (int i = 0; i < seed % scan::CodeReader::roundOfStages(); ++i)
            reader.look(test::emptyScene(i % 3));
        const cv::Mat good = test::goodShot(seed).grey;
        for (int frame = 1; frame < 100; ++frame) {
            cv::Mat grain(good.size(), CV_8U), living;
            cv::RNG(static_cast<std::uint64_t>(seed * 100 + frame)).fill(grain, cv::RNG::UNIFORM, 0, 4);
            living = good + grain;
            const auto begin = Clock::now();
            const bool counts = !reader.look(living).codes.empty();
            const double work = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
            if (!counts) continue;
            times.push_back((frame - 0.5) * 1000 / 15 + work);
            break;
        }
    }
    fmt::print("a card comes into view at 15 fps until it counts: {:.0f} ms (most {:.0f}, {} of 30)\n",
               median(times), *std::ranges::max_element(times), times.size());
}

}  // namespace

int main(int count, char** arguments) {
    cv::setNumThreads(0);
    if (count == 2 && std::strcmp(arguments[1], "stages") == 0) return stageTable(), 0;
    table();
    emptyFrames();
    entering();
    return 0;
}
