// Pages found and straightened, by kind of trouble, and what one costs beside decoding its own JPEG. The same
// table as the unit test's, with more pictures of each kind. Usage: bench_pages [pictures of each] [folder]

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <opencv2/imgcodecs.hpp>
#include <string>

#include "scan/PageCleaner.h"
#include "tests/unit/scan/PageMaker.h"

using namespace tram;
using Steady = std::chrono::steady_clock;

namespace {

struct Took {
    std::vector<double> ms;
    template <class Work>
    auto of(Work work) {
        const auto start = Steady::now();
        auto result = work();
        ms.push_back(std::chrono::duration<double, std::milli>(Steady::now() - start).count());
        return result;
    }
    double quantile(double share) {
        if (ms.empty()) return 0;
        std::sort(ms.begin(), ms.end());
        return ms[static_cast<std::size_t>(static_cast<double>(ms.size() - 1) * share)];
    }
};

/// For a person to look at what went wrong.
void keep(const std::string& folder, const std::string& name, const test::PageShot& shot) {
    cv::imwrite(folder + "/" + name + ".jpg", shot.bgr);
    const auto sight = scan::findPage(shot.bgr);
    if (const auto* page = std::get_if<scan::FoundPage>(&sight))
        if (const auto clean = scan::cleanPage(shot.bgr, *page))
            cv::imwrite(folder + "/" + name + "-clean.jpg",
                        cv::imdecode(clean->jpeg.reveal(), cv::IMREAD_COLOR));
}

}  // namespace

int main(int count, char** arguments) {
    cv::setNumThreads(0);
    const int times = count > 1 ? std::atoi(arguments[1]) : 40;
    const std::string folder = count > 2 ? arguments[2] : "";
    Took finding, cleaning, decoding;
    int found = 0, straight = 0, all = 0;
    std::printf("pages found and straightened, %d made pictures of 960x720 of each kind\n", times);
    for (const auto& group : test::pageGroups()) {
        int groupFound = 0, groupStraight = 0;
        for (int i = 0; i < times; ++i) {
            const auto shot = group.shot(i);
            const auto score = test::scoreOf(shot);
            groupFound += score.found, groupStraight += score.straight;
            if (!folder.empty() && !score.straight) keep(folder, group.name + "-" + std::to_string(i), shot);
            std::vector<unsigned char> jpeg;
            cv::imencode(".jpg", shot.bgr, jpeg, {cv::IMWRITE_JPEG_QUALITY, 85});
            decoding.of([&] { return cv::imdecode(jpeg, cv::IMREAD_COLOR); });
            const auto sight = finding.of([&] { return scan::findPage(shot.bgr); });
            if (const auto* page = std::get_if<scan::FoundPage>(&sight))
                cleaning.of([&] { return scan::cleanPage(shot.bgr, *page); });
        }
        std::printf("  %-14s found %3d   straightened %3d   of %d\n", group.name.c_str(), groupFound,
                    groupStraight, times);
        found += groupFound, straight += groupStraight, all += times;
    }
    std::printf("  all            found %3d   straightened %3d   of %d\n", found, straight, all);
    std::printf("  finding  p50 %6.1f ms   p95 %6.1f ms\n  cleaning p50 %6.1f ms   p95 %6.1f ms\n",
                finding.quantile(0.5), finding.quantile(0.95), cleaning.quantile(0.5),
                cleaning.quantile(0.95));
    std::printf("  decoding the same picture's JPEG: %.1f ms; both / that: %.1f\n", decoding.quantile(0.5),
                (finding.quantile(0.5) + cleaning.quantile(0.5)) / decoding.quantile(0.5));
}
