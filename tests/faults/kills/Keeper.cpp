// A kiosk without a screen: says how the receipts it once gave out stand, keeps some reports, and tells of
// each, as the page does, only when it is kept. Everything below the screens is the kiosk's own.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fstream>

#include "BorrowedStore.h"
#include "KillFile.h"
#include "KioskRoom.h"
#include "base/Log.h"
#include "device/KioskConfig.h"
#include "outbox/SqliteOutboxStore.h"

namespace {

using namespace tram;
using namespace tram::kills;

struct Options {
    std::filesystem::path config, receipts;
    std::uint32_t first = 0, reports = 0;
    std::string defect;
};

/// One write for one line: what a person reads is whole, or was never shown.
void tell(const std::string& line) {
    (void)!::write(kToldFd, (line + "\n").data(), line.size() + 1);
}

int failed(const base::Problem& problem) {
    base::log::problem("keeper.failed", problem);
    return 3;
}

/// Planted: the row is there before the files that it names.
class RowFirst final : public BorrowedStore {
  public:
    using BorrowedStore::BorrowedStore;
    base::Result<void> putAttachment(const outbox::StoredAttachment& meta, std::string_view bytes) override {
        files_.emplace_back(meta, std::string(bytes));
        return {};
    }
    base::Result<std::int64_t> add(outbox::Item item) override {
        auto sequence = store_->add(std::move(item));
        for (const auto& [meta, bytes] : files_) (void)store_->putAttachment(meta, bytes);
        files_.clear();
        return sequence;
    }

  private:
    std::vector<std::pair<outbox::StoredAttachment, std::string>> files_;
};

/// Planted: the page thanks as soon as *Gửi* is pressed.
class ThanksFirst final : public BorrowedStore {
  public:
    ThanksFirst(std::shared_ptr<outbox::OutboxStore> store, std::uint32_t& serial)
        : BorrowedStore(std::move(store)), serial_(serial) {}
    base::Result<std::int64_t> add(outbox::Item item) override {
        tell(fmt::format("acknowledged {} - {}", serial_, item.id.text()));
        return store_->add(std::move(item));
    }

  private:
    std::uint32_t& serial_;
};

std::shared_ptr<outbox::OutboxStore> spoilt(std::shared_ptr<outbox::OutboxStore> store,
                                            const std::string& defect, std::uint32_t& serial) {
    if (defect == "row-first") return std::make_shared<RowFirst>(std::move(store));
    if (defect == "thanks-first") return std::make_shared<ThanksFirst>(std::move(store), serial);
    return store;
}

void tellReceipts(outbox::Outbox& outbox, const std::filesystem::path& codes) {
    std::ifstream lines(codes);
    for (std::string line; std::getline(lines, line);) {
        const auto code = base::TrackingCode::parse(line);
        const auto item = code ? outbox.findByCode(*code) : base::Result<std::optional<outbox::Item>>();
        tell("stands " + line + " " +
             (!item    ? std::string("unreadable")
              : !*item ? std::string("unknown")
                       : std::string(name((*item)->state))));
    }
}

int run(const Options& options) {
    const auto config = device::KioskConfig::load(options.config);
    if (!config) return failed(config.error());
    auto store = outbox::SqliteOutboxStore::open(config->dataDir);
    if (!store) return failed(store.error());
    const base::SystemClock clock;
    std::uint32_t serial = options.first;
    const auto outbox = test::openOutbox(config->dataDir, spoilt(*store, options.defect, serial), clock);
    if (!outbox) return failed(outbox.error());
    tellReceipts(**outbox, options.receipts);
    for (; serial < options.first + options.reports; ++serial) {
        const auto kept = keepSerial(*outbox, serial, clock);
        if (!kept) return failed(kept.error());
        tell(fmt::format("acknowledged {} {} {}", serial, kept->code.symbols(), kept->kept.id.text()));
    }
    tell("done");
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    base::log::setProgram("keeper");
    CLI::App app{"keeper"};
    Options options;
    app.add_option("--config", options.config)->required();
    app.add_option("--receipts", options.receipts);
    app.add_option("--first", options.first);
    app.add_option("--reports", options.reports);
    app.add_option("--defect", options.defect);
    CLI11_PARSE(app, argc, argv);
    return run(options);
}
