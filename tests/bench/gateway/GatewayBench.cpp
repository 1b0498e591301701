// Time and memory of an action at the gateway when many million ids are stored, beside the same at a
// thousand.
//   TRAM_IDS    how many ids in all (10,000,000); 100,000 of them, or TRAM_LIVE, with their bytes and
//   reports, as a city
//               has them that forgets after its retention times; of the rest the hashes
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>

#include "base/TrackingCode.h"
#include "gateway/http/City.h"
#include "gateway/storage/Backup.h"
#include "tests/bench/gateway/Fill.h"
#include "wire/Envelope.h"
#include "wire/FeedbackReport.h"

namespace {

using namespace tram;
using Steady = std::chrono::steady_clock;

constexpr int kSingles = 1000, kBatches = 40;

/// Microseconds of one; on a machine that does other things as well, the processor's time is the steadier
/// one.
struct Cost {
    double wall = 0, cpu = 0;
};

struct Figures {
    double fill = 0, open = 0, single50 = 0, single99 = 0, backup = 0;
    Cost batched, replay, counts, due, status, tidy;
    long rss = 0, pss = 0, disk = 0;
};

std::int64_t fromEnvironment(const char* name, std::int64_t otherwise) {
    const char* text = std::getenv(name);
    return text ? std::atoll(text) : otherwise;
}

double microsSince(Steady::time_point then) {
    return std::chrono::duration<double, std::micro>(Steady::now() - then).count();
}

/// kB from /proc/self/smaps_rollup.
long memory(const std::string& key) {
    std::ifstream file("/proc/self/smaps_rollup");
    for (std::string word; file >> word;)
        if (word == key + ":") {
            long kb = 0;
            file >> kb;
            return kb;
        }
    return 0;
}

std::string sealed(gateway::City& city, const gateway::Kiosk& kiosk, const crypto::SigningKey& key,
                   const crypto::SealingKey& to) {
    wire::FeedbackReport report;
    report.trackingCode =
        base::TrackingCode::make(kiosk.prefix, base::TrackingCode::randomSymbols())->symbols();
    report.receiptSecret = base::SecretText(crypto::toBase64Url(crypto::randomBytes(16)));
    report.fieldId = "chieu-sang";
    report.text = base::SecretText(std::string("Đèn đường không sáng đã ba đêm liền, đoạn trước chợ."));
    report.wardCode = kiosk.ward;
    report.name = base::SecretText(std::string("Nguyễn Văn A"));
    report.phone = base::SecretText(std::string("0903 000 000"));
    report.consentVersion = "1";
    report.consentAt = base::toRfc3339(city.clock.wall());
    report.language = "vi";
    wire::ActionBody body{.id = base::Uuid::v7(city.clock.wall()),
                          .kind = std::string(wire::FeedbackReport::kKind),
                          .kioskId = kiosk.id,
                          .createdAt = base::toRfc3339(city.clock.wall()),
                          .fieldsJson = report.toJson()};
    return wire::Envelope::make(body.id, kiosk.id, body.toJson().reveal(), to, key);
}

class Bench {
  public:
    explicit Bench(std::int64_t ids) : ids_(ids) {
        std::string name = (std::filesystem::temp_directory_path() / "tram-bench-XXXXXX").string();
        if (!mkdtemp(name.data())) std::abort();
        dir_ = name;
        config_ = gateway::GatewayConfig::demo();
        config_.dataDir = dir_ / "data";
        config_.shareDir = std::filesystem::path(TRAM_SOURCE_DIR) / "resources";
    }
    ~Bench() { std::filesystem::remove_all(dir_); }

    Figures run() {
        enrol();
        const auto live = std::min(ids_, fromEnvironment("TRAM_LIVE", 100'000));
        auto then = Steady::now();
        bench::fill(config_.dataDir, kiosk_.id, live, ids_ - live);
        figures_.fill = microsSince(then) / 1e6;
        for (const auto* file : {"gateway.db", "reports.db"})
            figures_.disk += static_cast<long>(std::filesystem::file_size(config_.dataDir / file) >> 20);
        then = Steady::now();
        open();
        figures_.open = microsSince(then) / 1000;
        take();
        look();
        figures_.rss = memory("Rss");
        figures_.pss = memory("Pss");
        backUp();
        return figures_;
    }

  private:
    void open() {
        auto opened = gateway::City::open(config_, clock_);
        if (!opened) std::abort();
        city_ = std::move(*opened);
    }

    void enrol() {
        open();
        const auto secret = city_->kiosks.newCode("27154", "Bench", clock_.wall());
        kiosk_ = city_->kiosks.enrol({*secret, key_.verifyKey().text()}, clock_.wall()).value();
        city_.reset();
    }

    void send(const std::vector<std::string_view>& batch, wire::ActionVerdict expected) {
        const auto answer = city_->inbox.take(kiosk_, batch, clock_.wall());
        for (const auto& result : answer.value().results)
            if (result.verdict != expected) std::abort();
    }

    void take() {
        const auto to = *crypto::SealingKey::parse(city_->keys.sealingKeys(clock_.wall()).front().key);
        std::vector<std::string> ready;  // sealing is the kiosk's work
        for (int at = 0; at < kSingles + kBatches * 100; ++at)
            ready.push_back(sealed(*city_, kiosk_, key_, to));
        std::vector<double> singles;
        for (int at = 0; at < kSingles; ++at) {
            const auto then = Steady::now();
            send({ready[static_cast<std::size_t>(at)]}, wire::ActionVerdict::Accepted);
            singles.push_back(microsSince(then));
        }
        std::ranges::sort(singles);
        figures_.single50 = singles[kSingles / 2];
        figures_.single99 = singles[kSingles * 99 / 100];
        figures_.batched = batches(ready, wire::ActionVerdict::Accepted);
        figures_.replay = batches(ready, wire::ActionVerdict::Replayed);
    }

    Cost batches(const std::vector<std::string>& ready, wire::ActionVerdict expected) {
        auto from = ready.begin() + kSingles;
        const auto each100 = each(kBatches, [&] {
            send({from, from + 100}, expected);
            from += 100;
        });
        return {each100.wall / 100, each100.cpu / 100};
    }

    template <class Work>
    static Cost each(int times, Work work) {
        const auto then = Steady::now();
        const auto cpu = std::clock();
        for (int at = 0; at < times; ++at) work();
        return {microsSince(then) / times,
                static_cast<double>(std::clock() - cpu) * 1e6 / CLOCKS_PER_SEC / times};
    }

    /// What is asked every few seconds, for ever.
    void look() {
        figures_.counts = each(200, [&] {
            (void)city_->inbox.counts().value();
            (void)city_->reports.counts().value();
            (void)city_->quarantine.oldest().value();
        });
        figures_.due =
            each(50, [&] { (void)city_->reports.due(clock_.wall() - std::chrono::hours(1), 50).value(); });
        figures_.status = each(200, [&] {
            (void)city_->reports.status("0000000500", base::SecretText(), "x", clock_.wall()).value();
        });
        figures_.tidy = each(3, [&] { city_->tidy(); });
    }

    void backUp() {
        const auto then = Steady::now();
        auto beside = gateway::Storage::openExisting(config_.dataDir);
        if (!gateway::backUp(*beside, {dir_ / "backups", true, std::nullopt, "bench"}, clock_)) std::abort();
        figures_.backup = microsSince(then) / 1e6;
    }

    std::int64_t ids_;
    base::SystemClock clock_;
    std::filesystem::path dir_;
    gateway::GatewayConfig config_;
    crypto::SigningKey key_ = crypto::SigningKey::generate();
    gateway::Kiosk kiosk_;
    std::unique_ptr<gateway::City> city_;
    Figures figures_;
};

/// Each size in a process of its own, so that memory is its own.
Figures inChild(std::int64_t ids) {
    int ends[2];
    if (pipe(ends) != 0) std::abort();
    const pid_t child = fork();
    if (child == 0) {
        Figures figures;
        {
            Bench bench(ids);
            figures = bench.run();
        }
        const bool told = write(ends[1], &figures, sizeof figures) == sizeof figures;
        _exit(told ? 0 : 1);
    }
    Figures figures;
    close(ends[1]);
    const bool heard = read(ends[0], &figures, sizeof figures) == sizeof figures;
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (!heard || status != 0) {
        std::puts("the bench failed");
        std::exit(1);
    }
    return figures;
}

void line(const char* what, double few, double many, const char* unit) {
    std::printf("%-46s %12.1f %12.1f %-4s %6.2f\n", what, few, many, unit, few > 0 ? many / few : 0);
}

void line(const char* what, const Cost& few, const Cost& many) {
    line(what, few.wall, many.wall, "us");
    line("   of it the processor's time", few.cpu, many.cpu, "us");
}

}  // namespace

int main() {
    const auto ids = fromEnvironment("TRAM_IDS", 10'000'000);
    const auto few = inChild(1000), many = inChild(ids);
    std::printf("%-46s %12s %12lld %-4s %6s\n", "ids stored", "1000", static_cast<long long>(ids), "",
                "ratio");
    line("one action in a request, median", few.single50, many.single50, "us");
    line("one action in a request, p99", few.single99, many.single99, "us");
    line("an action in a batch of 100", few.batched, many.batched);
    line("an action that is a replay, in a batch", few.replay, many.replay);
    line("what /metrics and /dashboard count", few.counts, many.counts);
    line("what is due at 1022 (four times a second)", few.due, many.due);
    line("a report by its code", few.status, many.status);
    line("tidy (each minute)", few.tidy, many.tidy);
    line("opening the store", few.open, many.open, "ms");
    line("memory, PSS", few.pss / 1024.0, many.pss / 1024.0, "MiB");
    line("memory, RSS", few.rss / 1024.0, many.rss / 1024.0, "MiB");
    line("both databases on the disk", static_cast<double>(few.disk), static_cast<double>(many.disk), "MiB");
    line("a backup, checked and hashed", few.backup, many.backup, "s");
    line("(filling it by SQL)", few.fill, many.fill, "s");
    return 0;
}
