// The log of what staff do: durable appends a second, and how long a million lines take to verify. Yardstick:
// the same bytes appended to a plain file with fdatasync after each.
//
//     bench_log [DIRECTORY] [LINES]     on the disk that DIRECTORY is on; else where temporary files are

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <vector>

#include "ledger/Ledger.h"
#include "tests/support/TempDir.h"

using namespace tram;

namespace {

constexpr int kAppends = 1000, kRounds = 3;

const ledger::Event kErrand{.kind = ledger::Kind::Errand,
                            .staff = "S-7",
                            .desk = "Quầy số 3, phường Bàn Cờ",
                            .members = {{"errand", "feedback"}, {"outcome", "kept"}}};

double secondsOf(const std::function<bool()>& work) {
    const auto begun = std::chrono::steady_clock::now();
    if (!work()) std::exit(1);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

double appends(const std::filesystem::path& directory) {
    const base::SystemClock clock;
    auto log = ledger::Ledger::open(directory, clock);
    if (!log || !log->append(kErrand)) std::exit(1);
    return kAppends / secondsOf([&] {
               for (int i = 0; i < kAppends; ++i)
                   if (!log->append(kErrand)) return false;
               return true;
           });
}

double rawAppends(const std::filesystem::path& file, const std::string& line) {
    const int raw = ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const auto rate =
        kAppends / secondsOf([&] {
            for (int i = 0; i < kAppends; ++i)
                if (::write(raw, line.data(), line.size()) != ssize_t(line.size()) || ::fdatasync(raw) != 0)
                    return false;
            return true;
        });
    ::close(raw);
    return rate;
}

/// A log of so many lines, as the ledger writes it, but without waiting for the disk; its newest head.
ledger::Head fill(const std::filesystem::path& directory, std::int64_t lines) {
    constexpr std::size_t kFull = 1u << 20;
    const base::SystemClock clock;
    ledger::Head head{"0123456789abcdef", 0, std::string(ledger::kNoHash)};
    std::filesystem::create_directory(directory);
    std::string segment;
    int part = 0;
    const auto flush = [&] {
        std::ofstream(ledger::Segment::at(directory, 1, ++part).file, std::ios::binary) << segment;
        segment.clear();
    };
    while (head.n < lines) {
        const bool first = head.n == 0;
        const auto written = ledger::write(
            {head.chain, head.n + 1, head.hash, clock.wall(), clock.boot(), first ? "chain_begun" : "errand",
             first ? "" : "S-7", kErrand.desk, first ? ledger::Values{{"after", "first"}} : kErrand.members});
        if (segment.size() + written.text.size() + 1 > kFull) flush();
        segment += written.text + '\n';
        head = {head.chain, head.n + 1, written.hash};
    }
    flush();
    return head;
}

}  // namespace

int main(int argc, char** argv) {
    const test::TempDir temporary;
    const auto place = argc > 1 ? std::filesystem::path(argv[1]) / "bench_log" : temporary / "bench_log";
    const std::int64_t lines = argc > 2 ? std::atoll(argv[2]) : 1'000'000;
    std::filesystem::remove_all(place);
    std::filesystem::create_directories(place);
    const auto head = fill(place / "many", lines);
    const auto text = ledger::SegmentText::read(ledger::Segment::at(place / "many", 1, 1).file);
    if (!text) return 1;
    const std::string line = std::string(text->line(1)) + '\n';

    std::vector<double> ours, raw;
    for (int round = 0; round < kRounds; ++round) {
        ours.push_back(appends(place / ("log" + std::to_string(round))));
        raw.push_back(rawAppends(place / ("raw" + std::to_string(round)), line));
    }
    std::ranges::sort(ours);
    std::ranges::sort(raw);
    const double mine = ours[kRounds / 2], yardstick = raw[kRounds / 2];
    std::printf("log_appends_per_s %.0f; fdatasync_appends_per_s %.0f (%zu bytes each); ratio %.2f\n", mine,
                yardstick, line.size(), mine / yardstick);

    bool sound = false;
    const auto took = secondsOf([&] {
        const auto verdict = ledger::verify(place / "many", {head});
        sound = verdict && verdict->sound() && verdict->chains.front().head == head;
        return sound;
    });
    std::printf("log_verify_s %.1f for %lld lines (%.0f lines a second)\n", took,
                static_cast<long long>(lines), static_cast<double>(lines) / took);
    std::filesystem::remove_all(place);
}
