#include "outbox/SyncLoop.h"

#include <algorithm>
#include <filesystem>

#include "outbox/RetryRules.h"

namespace tram::outbox {

using base::Problem;
using base::ProblemKind;
using base::Result;

namespace {

constexpr std::chrono::hours kTidyEvery{1};
/// The gateway's commit, its backup's time and our reading of its Date lie up to minutes apart; offering too much
/// again costs nothing (replayed), keeping a little longer neither.
constexpr std::chrono::minutes kBackupMargin{10};

const StoredAttachment* find(const Item& item, const std::set<std::string>& uploaded) {
    const auto found = std::ranges::find_if(item.attachments, [&](const auto& a) { return !uploaded.contains(a.sha256); });
    return found == item.attachments.end() ? nullptr : &*found;
}

const wire::ActionResult* resultFor(const wire::BatchAnswer& answer, const base::Uuid& id) {
    const auto found = std::ranges::find(answer.results, id, &wire::ActionResult::id);
    return found == answer.results.end() ? nullptr : &*found;
}

/// A reason is shown to staff and logged: a machine word or nothing.
std::string reasonOf(const wire::ActionResult& result) {
    const bool word = !result.reason.empty() && result.reason.size() <= 40 &&
                      std::ranges::all_of(result.reason, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
    return word ? "refused_" + result.reason : "refused";
}

std::uint64_t seedOf(const SyncLoop::Options& options) {
    if (options.seed != 0) return options.seed;
    std::random_device system;
    return (std::uint64_t{system()} << 32) | system();
}

}  // namespace

SyncLoop::SyncLoop(std::shared_ptr<OutboxStore> store, link::GatewayClient& gateway, const base::Clock& clock,
                   Options options)
    : store_(std::move(store)),
      gateway_(gateway),
      clock_(clock),
      options_(options),
      random_(seedOf(options)),
      wait_(options.backoffBase, options.backoffCap, random_),
      limit_(options.batchItems) {}

SyncLoop::Step SyncLoop::step() {
    recallFloor();
    const auto now = clock_.boot();
    if (!wait_.over(now)) return {};
    auto items = store_->due(now, options_.batchItems);
    if (!items) return waiting(items.error());
    if (items->empty()) {
        limit_ = options_.batchItems;  // regrowing earlier would run into the same 413 over and over
        tidy();
        return {};
    }
    // Trouble of its own puts an item behind those that have none; in each group the oldest is first.
    std::ranges::stable_sort(*items, {}, &Item::tries);
    const std::size_t count = readyPrefix(*items);
    if (count == 0) return upload(items->front());
    items->erase(items->begin() + static_cast<std::ptrdiff_t>(count), items->end());
    return post(*items);
}

bool SyncLoop::ready(const Item& item) const { return find(item, uploaded_) == nullptr; }

/// How many of the oldest can go in one batch: up to the first whose attachments are not at the gateway yet.
std::size_t SyncLoop::readyPrefix(const Items& due) const {
    std::size_t count = 0, bytes = 0;
    for (const Item& item : due) {
        const bool alone = suspects_.contains(item.id);
        bytes += item.envelope.size();
        if (count == limit_ || !ready(item)) break;
        if (count > 0 && (alone || bytes > options_.batchBytes)) break;
        ++count;
        if (alone) break;
    }
    return count;
}

SyncLoop::Step SyncLoop::upload(const Item& item) { return uploadOne(item, *find(item, uploaded_)); }

void SyncLoop::lineWorks() {
    wait_.succeeded();
    unclearInRow_ = 0;
}

SyncLoop::Step SyncLoop::uploadOne(const Item& item, const StoredAttachment& attachment) {
    auto state = gateway_.attachmentState(attachment.sha256);
    if (!state) return trouble(state.error(), {item});
    if (!state->complete) {
        const auto path = store_->attachmentPath(attachment.sha256);
        std::error_code error;
        if (!path) return giveUp(item, "file_missing");
        if (std::filesystem::file_size(*path, error) != attachment.size) return giveUp(item, "file_unreadable");
        const std::size_t before = state->offset;
        state = put(attachment, *path, before);
        if (!state && state.error().kind == ProblemKind::FileMissing) return giveUp(item, "file_missing");
        if (!state && state.error().kind == ProblemKind::FileUnreadable) return giveUp(item, "file_unreadable");
        if (!state) return trouble(state.error(), {item});
        if (!state->complete && state->offset <= before) return trouble({ProblemKind::BadResponse, {}}, {item});
    }
    if (state->complete) uploaded_.insert(attachment.sha256);
    lineWorks();
    return {.reached = true, .more = true};
}

Result<link::GatewayClient::UploadState> SyncLoop::put(const StoredAttachment& attachment, const std::string& path,
                                                       std::size_t offset) {
    // Something at an offset past our end cannot be a piece of ours: from the beginning, and the gateway decides.
    if (offset >= attachment.size) offset = 0;
    auto state = gateway_.putAttachment(attachment.sha256, path, attachment.size, offset);
    if (state || state.error().kind != ProblemKind::Conflict) return state;
    const auto expected = numberFact(state.error(), "offset");
    if (!expected || *expected >= attachment.size || *expected == offset) return state;
    return gateway_.putAttachment(attachment.sha256, path, attachment.size, *expected);
}

SyncLoop::Step SyncLoop::post(const Items& batch) {
    std::vector<std::string> envelopes;
    for (const Item& item : batch) envelopes.push_back(item.envelope);
    const auto answer = gateway_.postActions(envelopes);
    if (!answer) return trouble(answer.error(), batch);
    lineWorks();
    if (auto noticed = noticeEpoch(answer->epoch, answer->backedUpThrough); !noticed) return waiting(noticed.error());
    return settle(batch, *answer);
}

SyncLoop::Step SyncLoop::settle(const Items& batch, const wire::BatchAnswer& answer) {
    Step step{.reached = true, .more = true};
    for (const Item& item : batch) {
        const auto sent = settleOne(item, resultFor(answer, item.id));
        if (!sent) {
            step.problem = waiting(sent.error()).problem;
            step.more = false;
        } else if (*sent) {
            ++step.sent;
        }
        suspects_.erase(item.id);
    }
    return step;
}

Result<bool> SyncLoop::settleOne(const Item& item, const wire::ActionResult* result) {
    const auto no = [] { return false; };
    if (!result) return later(item, name(ProblemKind::BadResponse)).map(no);
    switch (result->verdict) {
        case wire::ActionVerdict::Accepted:
        case wire::ActionVerdict::Replayed: return accepted(item);
        case wire::ActionVerdict::MissingAttachments: return stillMissing(item, *result).map(no);
        case wire::ActionVerdict::Conflict: return store_->markNeedsAttention(item.id, "conflict").map(no);
        case wire::ActionVerdict::Refused: return store_->markNeedsAttention(item.id, reasonOf(*result)).map(no);
    }
    return false;
}

Result<bool> SyncLoop::accepted(const Item& item) {
    for (const StoredAttachment& attachment : item.attachments) uploaded_.erase(attachment.sha256);
    missed_.erase(item.id);
    return store_->markAccepted(item.id, gateway_.gatewayTime()).map([] { return true; });
}

/// Uploaded in the next step; a gateway that misses again what it has just called complete is not believed in a
/// tight loop.
Result<void> SyncLoop::stillMissing(const Item& item, const wire::ActionResult& result) {
    bool ours = false;
    for (const StoredAttachment& attachment : item.attachments) {
        const bool missing = std::ranges::count(result.missing, attachment.sha256) > 0;
        ours = (missing && uploaded_.erase(attachment.sha256) > 0) || ours;
    }
    if (ours && ++missed_[item.id] == 1) return {};
    return later(item, "missing_attachments");
}

SyncLoop::Step SyncLoop::trouble(const Problem& problem, const Items& items) {
    switch (blame(problem)) {
        case Blame::Size: return tooLarge(items);
        case Blame::Item: return itemsFault(problem, items);
        case Blame::Unclear: return unclear(problem, items);
        case Blame::Line: break;
    }
    // A batch too big for a slow line would time out for ever.
    if (problem.kind == ProblemKind::Timeout && items.size() > 1) limit_ = items.size() / 2;
    return waiting(problem);
}

/// One item failing alone is that item's trouble; a second one right after it is the gateway's.
SyncLoop::Step SyncLoop::unclear(const Problem& problem, const Items& items) {
    if (items.size() > 1) {
        for (const Item& item : items) suspects_.insert(item.id);
        return waiting(problem);
    }
    if (auto put = later(items.front(), name(problem.kind)); !put) return waiting(put.error());
    if (++unclearInRow_ > 1) return waiting(problem);
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
    if (auto marked = store_->markNeedsAttention(item.id, reason); !marked) return waiting(marked.error());
    return {.reached = true, .more = true};
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

void SyncLoop::sawEpoch(const std::string& epoch) { (void)noticeEpoch(epoch, ""); }

/// The note changes last: a crash in between offers once more, never once less.
Result<void> SyncLoop::noticeEpoch(const std::string& epoch, const std::string& backedUpThrough) {
    const auto known = store_->note("epoch");
    if (!known) return tl::unexpected(known.error());
    if (epoch.empty() || (*known == epoch && backedUpThrough.empty())) return {};
    if (*known != epoch && !known->empty()) {
        base::WallTime safe{};
        if (base::fromRfc3339(backedUpThrough, safe)) safe -= kBackupMargin;
        if (auto offered = store_->offerAgain(safe); !offered) return tl::unexpected(offered.error());
        if (auto forgot = store_->setNote("backed_up_through", backedUpThrough); !forgot) return forgot;
        uploaded_.clear();
    }
    if (*known != epoch) return store_->setNote("epoch", epoch);
    const auto noted = store_->note("backed_up_through");
    if (!noted) return tl::unexpected(noted.error());
    if (*noted == backedUpThrough) return {};
    return store_->setNote("backed_up_through", backedUpThrough);
}

void SyncLoop::recallFloor() {
    if (recalled_) return;
    const auto text = store_->note("retry_after");
    if (text) wait_.setFloor(*text);
    recalled_ = text.has_value();
}

void SyncLoop::rememberFloor() { (void)store_->setNote("retry_after", wait_.floorText()); }

void SyncLoop::tidy() {
    const auto now = clock_.boot();
    if (tidied_ && now.sinceBoot - tidied_->sinceBoot < kTidyEvery) return;
    tidied_ = now;
    base::WallTime backedUp{};
    const auto noted = store_->note("backed_up_through");
    if (noted && base::fromRfc3339(*noted, backedUp)) backedUp -= kBackupMargin;
    (void)store_->prune(std::min<base::WallTime>(backedUp, gateway_.gatewayTime() - options_.keepAccepted));
}

}  // namespace tram::outbox
