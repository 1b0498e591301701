#include "gateway/inbox/Delivery.h"

#include <algorithm>

#include "base/Log.h"

namespace tram::gateway {
namespace {

constexpr std::size_t kRound = 50;
// A case whose clock runs fast (the demo) changes several times a second.
constexpr base::Millis kPace{250};

}  // namespace

base::Result<std::size_t> Delivery::step() {
    auto due = reports_.due(clock_.wall(), kRound);
    if (!due) return tl::unexpected(due.error());
    for (auto& report : *due) {
        auto handled = handle(report);
        if (handled) continue;
        base::log::problem("delivery.postponed", handled.error());
        // One report's trouble never holds up the next.
        if (auto later = reports_.later(report.id, clock_.wall() + backoff(report.tries)); !later)
            return tl::unexpected(later.error());
    }
    return due->size();
}

base::Result<std::string> Delivery::submit(ReportStore::Due& due) {
    if (auto added = addSender_(due.id, due.report); !added) return tl::unexpected(added.error());
    return connector_.submit({due.id, due.report, due.pictures});
}

base::Result<void> Delivery::handle(ReportStore::Due& due) {
    // A round takes a while: what was forgotten or taken back meanwhile is nobody's to pass on or to ask for.
    const auto goesOn = reports_.mayGoOn(due.id);
    if (!goesOn) return tl::unexpected(goesOn.error());
    if (!*goesOn) return {};
    if (!due.externalNumber.empty()) return follow(due.id, due.externalNumber);
    auto number = submit(due);
    if (!number) return tl::unexpected(number.error());
    if (auto kept = reports_.submitted(due.id, *number, clock_.wall()); !kept) return kept;
    return follow(due.id, *number);
}

base::Result<void> Delivery::follow(const base::Uuid& id, const std::string& number) {
    auto standing = connector_.standing(number);
    if (!standing) return tl::unexpected(standing.error());
    return reports_.stands(id, *standing, clock_.wall());
}

base::Millis Delivery::backoff(int tries) {
    const auto ceiling = std::min(kBackoffCap, kBackoffBase * (1 << std::clamp(tries, 0, 12)));
    return base::Millis(std::uniform_int_distribution<std::int64_t>(0, ceiling.count())(random_));
}

void Delivery::start() {
    worker_ = std::thread([this] { run(); });
}

void Delivery::wake() {
    std::lock_guard lock(mutex_);
    woken_ = true;
    changed_.notify_one();
}

void Delivery::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
        changed_.notify_one();
    }
    if (worker_.joinable()) worker_.join();
}

void Delivery::run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        woken_ = false;
        lock.unlock();
        auto done = step();
        if (!done) base::log::problem("delivery.failed", done.error());
        lock.lock();
        const bool more = done && *done == kRound;
        if (!more) changed_.wait_for(lock, kPace, [this] { return woken_ || stopping_; });
    }
}

}  // namespace tram::gateway
