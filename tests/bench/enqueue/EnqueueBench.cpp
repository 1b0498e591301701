// What keeping a report costs beside the least that a durable queue can do: appending the same bytes to one
// file, each time with fdatasync. Usage: bench_enqueue [directory on the disk to measure, by default the
// program's] [actions in a run]

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <vector>

#include "outbox/Outbox.h"
#include "outbox/SqliteOutboxStore.h"

using namespace tram;
namespace fs = std::filesystem;
using Steady = std::chrono::steady_clock;

namespace {

constexpr int kRuns = 5;

struct Timing {
    double perSecond = 0, p50 = 0, p99 = 0;  // milliseconds
};

Timing measure(int actions, const std::function<void(int)>& work) {
    std::vector<double> each;
    const auto start = Steady::now();
    for (int i = 0; i < actions; ++i) {
        const auto begun = Steady::now();
        work(i);
        each.push_back(std::chrono::duration<double, std::milli>(Steady::now() - begun).count());
    }
    const double whole = std::chrono::duration<double>(Steady::now() - start).count();
    std::sort(each.begin(), each.end());
    return {actions / whole, each[each.size() / 2], each[each.size() * 99 / 100]};
}

void must(bool fine, const char* what) {
    if (fine) return;
    std::fprintf(stderr, "bench_enqueue: %s failed\n", what);
    std::exit(1);
}

/// The yardstick's file.
class RawLog {
  public:
    explicit RawLog(const fs::path& path) : file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600)) {
        must(file_ >= 0, "open");
    }
    ~RawLog() { ::close(file_); }
    void append(const std::string& bytes) const {
        must(::write(file_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), "write");
        must(::fdatasync(file_) == 0, "fdatasync");
    }

  private:
    int file_;
};

outbox::NewAction report(const base::Clock& clock) {
    outbox::NewAction action;
    action.kind = "feedback.report";
    action.createdAt = base::toRfc3339(clock.wall());
    action.fieldsJson = base::SecretText(R"({"text":")" + std::string(600, 'x') + R"("})");
    return action;
}

/// One run's directory: a store with what keeps into it, and the raw file beside it on the same disk.
class Bench {
  public:
    Bench(fs::path dir, int actions)
        : dir_(std::move(dir)),
          actions_(actions),
          store_(open(dir_ / "whole")),
          bare_(open(dir_ / "bare")),
          outbox_(store_,
                  {"0192f3a4-0000-7000-8000-000000000001", "K7M", crypto::SigningKey::generate(),
                   crypto::OpeningKey::generate().sealingKey(), base::SecretBytes(crypto::Bytes(32, 7))},
                  clock_) {}

    Timing whole() {
        return measure(actions_, [&](int) {
            auto action = report(clock_);
            action.trackingCode = outbox_.freshCode().value().symbols();
            must(outbox_.keep(action).has_value(), "keep");
        });
    }
    /// The store alone, with the envelopes that whole() has made.
    Timing bare() {
        auto items = readyItems();
        return measure(actions_, [&](int i) { must(bare_->add(std::move(items[i])).has_value(), "add"); });
    }
    Timing raw() {
        const auto items = readyItems();
        const RawLog log(dir_ / ("raw" + std::to_string(++raws_)));
        return measure(actions_, [&](int i) { log.append(items[i].envelope); });
    }

  private:
    static std::shared_ptr<outbox::SqliteOutboxStore> open(const fs::path& dir) {
        auto store = outbox::SqliteOutboxStore::open(dir);
        must(store.has_value(), "open");
        return *store;
    }
    std::vector<outbox::Item> readyItems() {
        std::vector<outbox::Item> items;
        const auto made = store_->list({}, static_cast<std::size_t>(actions_)).value();
        for (const auto& item : made) {
            outbox::Item ready{.id = base::Uuid::v7(clock_.wall())};
            ready.kind = item.kind;
            ready.envelope = store_->find(item.id).value().value().envelope;
            ready.codeHash = ready.id.text();
            ready.keptAt = item.keptAt;
            items.push_back(std::move(ready));
        }
        return items;
    }

    fs::path dir_;
    int actions_, raws_ = 0;
    base::SystemClock clock_;
    std::shared_ptr<outbox::SqliteOutboxStore> store_, bare_;
    outbox::Outbox outbox_;
};

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void print(const char* what, const std::vector<Timing>& runs) {
    std::vector<double> rate, p50, p99;
    for (const Timing& run : runs)
        rate.push_back(run.perSecond), p50.push_back(run.p50), p99.push_back(run.p99);
    std::printf("  %-34s %8.0f /s   p50 %7.3f ms   p99 %7.3f ms\n", what, median(rate), median(p50),
                median(p99));
}

double ratio(const std::vector<Timing>& ours, const std::vector<Timing>& raw) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < ours.size(); ++i) ratios.push_back(ours[i].perSecond / raw[i].perSecond);
    return median(ratios);
}

}  // namespace

int main(int count, char** arguments) {
    const fs::path where =
        count > 1 ? fs::path(arguments[1]) : fs::read_symlink("/proc/self/exe").parent_path();
    const int actions = count > 2 ? std::atoi(arguments[2]) : 500;
    const fs::path dir = where / ("bench-enqueue-" + std::to_string(::getpid()));
    std::vector<Timing> whole, bare, raw;
    for (int run = 0; run < kRuns; ++run) {
        const fs::path place = dir / std::to_string(run);
        fs::create_directories(place);
        Bench bench(place, actions);
        whole.push_back(bench.whole());
        raw.push_back(bench.raw());
        bare.push_back(bench.bare());
    }
    fs::remove_all(dir);
    std::printf("enqueue, %d actions, median of %d interleaved runs, in %s\n", actions, kRuns, where.c_str());
    print("sealed, signed, kept", whole);
    print("ready envelopes, kept", bare);
    print("raw: append + fdatasync", raw);
    std::printf("  sealed, signed, kept / raw: %.2f (aim 0.5)\n", ratio(whole, raw));
    std::printf("  ready envelopes, kept / raw: %.2f (aim 0.7)\n", ratio(bare, raw));
}
