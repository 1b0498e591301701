// What keeping a report costs beside the least that a durable queue can do: appending the same bytes to one
// file, each time with fdatasync. Usage: bench_enqueue [directory on the disk to measure, by default the
// program's] [actions in a round]

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <vector>

#include "outbox/MemoryOutboxStore.h"
#include "outbox/Outbox.h"
#include "outbox/SqliteOutboxStore.h"

using namespace tram;
namespace fs = std::filesystem;
using Steady = std::chrono::steady_clock;

namespace {

constexpr int kRounds = 40;

using Milliseconds = std::chrono::duration<double, std::milli>;

/// One kind of keeping: what each action took, and each round as a whole.
struct Timing {
    std::vector<double> each, rounds;

    void round(int actions, const std::function<void(int)>& work) {
        const auto start = Steady::now();
        for (int i = 0; i < actions; ++i) {
            const auto begun = Steady::now();
            work(i);
            each.push_back(Milliseconds(Steady::now() - begun).count());
        }
        rounds.push_back(Milliseconds(Steady::now() - start).count());
    }
};

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

/// A store with what keeps into it, another for ready envelopes, and the raw file beside them on the same
/// disk.
class Bench {
  public:
    Bench(const fs::path& dir, int actions)
        : keys_(crypto::OpeningKey::generate()),
          whole_(outbox(open(dir / "whole"))),
          bare_(open(dir / "bare")),
          raw_(dir / "raw") {
        auto memory = std::make_shared<outbox::MemoryOutboxStore>();
        auto making = outbox(memory);
        for (int i = 0; i < actions; ++i) keep(making);
        const auto made = memory->list({}, static_cast<std::size_t>(actions)).value();
        for (const auto& item : made) envelopes_.push_back(memory->find(item.id).value().value().envelope);
    }

    void keepWhole() { keep(whole_); }
    void keepReady(int i) {
        outbox::Item item{.id = base::Uuid::v7(clock_.wall())};
        item.kind = "feedback.report";
        item.envelope = envelopes_[static_cast<std::size_t>(i)];
        item.codeHash = item.id.text();
        item.keptAt = clock_.wall();
        must(bare_->add(std::move(item)).has_value(), "add");
    }
    void append(int i) { raw_.append(envelopes_[static_cast<std::size_t>(i)]); }

  private:
    static std::shared_ptr<outbox::SqliteOutboxStore> open(const fs::path& dir) {
        auto store = outbox::SqliteOutboxStore::open(dir);
        must(store.has_value(), "open");
        return *store;
    }
    outbox::Outbox outbox(std::shared_ptr<outbox::OutboxStore> store) const {
        return {std::move(store),
                {"0192f3a4-0000-7000-8000-000000000001", "K7M", crypto::SigningKey::generate(),
                 keys_.sealingKey(), base::SecretBytes(crypto::Bytes(32, 7))},
                clock_};
    }
    void keep(outbox::Outbox& outbox) const {
        auto action = report(clock_);
        action.trackingCode = outbox.freshCode().value().symbols();
        must(outbox.keep(action).has_value(), "keep");
    }

    base::SystemClock clock_;
    crypto::OpeningKey keys_;
    outbox::Outbox whole_;
    std::shared_ptr<outbox::SqliteOutboxStore> bare_;
    RawLog raw_;
    std::vector<std::string> envelopes_;
};

double quantile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(static_cast<double>(values.size() - 1) * share)];
}

void print(const char* what, const Timing& timing, int actions) {
    std::printf("  %-34s %8.0f /s   p50 %7.3f ms   p99 %7.3f ms\n", what,
                actions * 1000 / quantile(timing.rounds, 0.5), quantile(timing.each, 0.5),
                quantile(timing.each, 0.99));
}

/// Of each round's own pair, so that other work on the machine meets both alike.
double ratio(const Timing& ours, const Timing& raw) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < ours.rounds.size(); ++i) ratios.push_back(raw.rounds[i] / ours.rounds[i]);
    return quantile(ratios, 0.5);
}

struct Kind {
    const char* what;
    std::function<void(int)> work;
    Timing timing = {};
};

}  // namespace

int main(int count, char** arguments) {
    const fs::path where =
        count > 1 ? fs::path(arguments[1]) : fs::read_symlink("/proc/self/exe").parent_path();
    const int actions = count > 2 ? std::atoi(arguments[2]) : 25;
    const fs::path dir = where / ("bench-enqueue-" + std::to_string(::getpid()));
    fs::create_directories(dir);
    Bench bench(dir, actions);
    std::array<Kind, 3> kinds{{{"sealed, signed, kept", [&](int) { bench.keepWhole(); }},
                               {"ready envelopes, kept", [&](int i) { bench.keepReady(i); }},
                               {"raw: append + fdatasync", [&](int i) { bench.append(i); }}}};
    for (std::size_t round = 0; round < kRounds; ++round)
        for (std::size_t turn = 0; turn < kinds.size(); ++turn) {
            Kind& kind = kinds[(round + turn) % kinds.size()];
            kind.timing.round(actions, kind.work);
        }
    fs::remove_all(dir);
    std::printf("enqueue, %d alternating rounds of %d actions, medians, in %s\n", kRounds, actions,
                where.c_str());
    for (const Kind& kind : kinds) print(kind.what, kind.timing, actions);
    std::printf("  sealed, signed, kept / raw: %.2f (aim 0.5)\n", ratio(kinds[0].timing, kinds[2].timing));
    std::printf("  ready envelopes, kept / raw: %.2f (aim 0.7)\n", ratio(kinds[1].timing, kinds[2].timing));
}
