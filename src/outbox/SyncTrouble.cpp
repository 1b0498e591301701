// What SyncLoop does when something goes wrong (docs/ARCHITECTURE.md, "Retry").
#include "outbox/RetryRules.h"
#include "outbox/SyncLoop.h"

namespace tram::outbox {

using base::Problem;
using base::ProblemKind;
using base::Result;

namespace {

/// So often may the same item head what fails before the item itself is suspected.
constexpr int kSuspicion = 2;

/// What a single item may bring about although it looks like the line: a server that dies or hangs over it, a
/// box on the way that does not let it pass. 408, 425, 429 and 503 say themselves that it is not the item.
bool mayBeTheItem(const Problem& problem) {
    if (!wasSent(problem)) return false;
    const int status = statusOf(problem);
    switch (problem.kind) {
        case ProblemKind::NoNetwork:
        case ProblemKind::Timeout:
        case ProblemKind::NotTheGateway:
            return true;
        case ProblemKind::ServerFault:
            return status == 502 || status == 504;
        default:
            return isBrokenOff(problem);
    }
}

}  // namespace

SyncLoop::Step SyncLoop::trouble(const Problem& problem, const Items& items) {
    ends(items);
    switch (blame(problem)) {
        case Blame::Size:
            return tooLarge(items);
        case Blame::Item:
            return itemsFault(problem, items);
        case Blame::Unclear:
            return unclear(problem, items);
        case Blame::Line:
            break;
    }
    if (suspicious(problem, items)) return unclear(problem, items);
    // A batch too big for a slow line would time out for ever.
    if (problem.kind == ProblemKind::Timeout && items.size() > 1) limit_ = items.size() / 2;
    return nothingPasses(problem);
}

/// The same item at the head of what fails again and again, while the gateway answers everything else: then
/// it is not the line, and nothing behind the item shall wait for it.
bool SyncLoop::suspicious(const Problem& problem, const Items& items) {
    if (!mayBeTheItem(problem)) return false;
    const Item& head = items.front();
    if (stuckOn_ != head.id) stuckTimes_ = 0;
    stuckOn_ = head.id;
    const bool known = items.size() == 1 && goesAlone(head);
    return (++stuckTimes_ >= kSuspicion || known) && gateway_.health().has_value();
}

/// One item failing alone is that item's trouble; a second one right after it is the gateway's.
SyncLoop::Step SyncLoop::unclear(const Problem& problem, const Items& items) {
    if (items.size() > 1) {
        for (const Item& item : items) suspects_.insert(item.id);
        return nothingPasses(problem);
    }
    if (auto put = later(items.front(), name(problem.kind)); !put) return waiting(put.error());
    if (unclearOf_ && unclearOf_ != items.front().id) sendingFails_ = problem.kind;
    unclearOf_ = items.front().id;
    if (++unclearInRow_ > 1 || retryAfter(problem)) return waiting(problem);
    return {.reached = statusOf(problem) != 0, .more = true};
}

SyncLoop::Step SyncLoop::tooLarge(const Items& items) {
    if (items.size() == 1) return giveUp(items.front(), name(ProblemKind::TooLarge));
    limit_ = items.size() / 2;
    return {.reached = true, .more = true};
}

SyncLoop::Step SyncLoop::itemsFault(const Problem& problem, const Items& items) {
    if (items.size() == 1) return giveUp(items.front(), name(problem.kind));
    for (const Item& item : items) suspects_.insert(item.id);
    return {.reached = true, .more = true};
}

SyncLoop::Step SyncLoop::giveUp(const Item& item, std::string_view reason) {
    suspects_.erase(item.id);
    trying_.erase(item.id);
    if (auto marked = store_->markNeedsAttention(item.id, reason); !marked) return waiting(marked.error());
    return {.reached = true, .more = true};
}

SyncLoop::Step SyncLoop::nothingPasses(const Problem& problem) {
    if (problem.kind != ProblemKind::Cancelled) sendingFails_ = problem.kind;
    return waiting(problem);
}

SyncLoop::Step SyncLoop::waiting(const Problem& problem) {
    const bool reached = statusOf(problem) != 0 && problem.kind != ProblemKind::NotTheGateway;
    if (problem.kind != ProblemKind::Cancelled) {
        wait_.failed(clock_.boot(), retryAfter(problem));
        if (retryAfter(problem)) rememberFloor();
    }
    return {.reached = reached, .problem = problem};
}

Result<void> SyncLoop::later(const Item& item, std::string_view problem) {
    auto next = clock_.boot();
    next.sinceBoot += fullJitter(options_.backoffBase, options_.backoffCap, item.tries + 1, random_);
    return store_->markLater(item.id, next, problem);
}

void SyncLoop::recallFloor() {
    if (recalled_) return;
    const auto text = store_->note("retry_after");
    if (text) wait_.setFloor(*text);
    recalled_ = text.has_value();
}

void SyncLoop::rememberFloor() {
    (void)store_->setNote("retry_after", wait_.floorText());
}

}  // namespace tram::outbox
