// Planted: an agent that marks what it is about to send, as if the gateway could not fail to take it. The
// rest of it is the real one's.
#include <algorithm>
#include <set>

#include "BorrowedStore.h"
#include "agent/Line.h"
#include "outbox/SqliteOutboxStore.h"
#include "outbox/SyncLoop.h"

namespace {

using namespace tram;

class Hasty final : public kills::BorrowedStore {
  public:
    using BorrowedStore::BorrowedStore;
    base::Result<std::string> attachmentPath(const std::string& sha256) override {
        sent_.insert(sha256);
        return store_->attachmentPath(sha256);
    }
    /// SyncLoop posts the oldest whose attachments are sent: these.
    base::Result<Items> due(const base::BootTime& now, std::size_t limit) override {
        auto items = store_->due(now, limit);
        for (const auto& item : items.value_or(Items())) {
            if (!std::ranges::all_of(item.attachments,
                                     [&](const auto& a) { return sent_.contains(a.sha256); }))
                break;
            (void)store_->markAccepted(item.id, base::SystemClock().wall());
        }
        return items;
    }

  private:
    std::set<std::string> sent_;
};

int run(const std::filesystem::path& file) {
    const base::SystemClock clock;
    const auto config = device::KioskConfig::load(file);
    auto enrolment =
        config ? device::Enrolment::load(config->dataDir) : base::fail(base::ProblemKind::BadConfig);
    if (!enrolment) return 3;
    auto store = outbox::SqliteOutboxStore::open(config->dataDir);
    if (!store) return 3;
    const auto gateway = agent::openLine(*config, clock, agent::identityOf(std::move(*enrolment)));
    outbox::SyncLoop loop(std::make_shared<Hasty>(*store), *gateway, clock, {});
    while (loop.step().more) {
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return argc == 3 ? run(argv[2]) : 2;
}
