#include "outbox/SyncLoop.h"

#include <algorithm>
#include <filesystem>

#include "outbox/RetryRules.h"

namespace tram::outbox {

using base::ProblemKind;
using base::Result;

namespace {

const StoredAttachment* find(const Item& item, const std::set<std::string>& uploaded) {
    const auto found =
        std::ranges::find_if(item.attachments, [&](const auto& a) { return !uploaded.contains(a.sha256); });
    return found == item.attachments.end() ? nullptr : &*found;
}

const wire::ActionResult* resultFor(const wire::BatchAnswer& answer, const base::Uuid& id) {
    const auto found = std::ranges::find(answer.results, id, &wire::ActionResult::id);
    return found == answer.results.end() ? nullptr : &*found;
}

bool isTaken(const wire::ActionResult* result) {
    return result && (result->verdict == wire::ActionVerdict::Accepted ||
                      result->verdict == wire::ActionVerdict::Replayed);
}

/// A reason is shown to staff and logged: a machine word or nothing.
std::string reasonOf(const wire::ActionResult& result) {
    const bool word =
        !result.reason.empty() && result.reason.size() <= 40 &&
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
    if (items->empty()) return nothingDue(), Step{};
    // Trouble of its own puts an item behind those that have none; in each group the oldest is first.
    std::ranges::stable_sort(*items, {}, &Item::tries);
    const std::size_t count = readyPrefix(*items);
    items->erase(items->begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(count, 1)), items->end());
    begins(*items);
    return count == 0 ? upload(items->front()) : post(*items);
}

/// Counted before anything is sent: the ones that end in nothing are those that people look for. A store that
/// cannot count them keeps nothing from being sent.
void SyncLoop::begins(const Items& items) {
    std::vector<base::Uuid> ids;
    for (const Item& item : items)
        if (trying_.insert(item.id).second) ids.push_back(item.id);
    if (!ids.empty()) (void)store_->markBegun(ids);
}

void SyncLoop::ends(const Items& items) {
    for (const Item& item : items) trying_.erase(item.id);
}

void SyncLoop::nothingDue() {
    limit_ = options_.batchItems;  // regrowing earlier would run into the same 413 over and over
    if (sendingFails_) {
        const auto left = store_->list(ItemState::Waiting, 1);
        if (left && left->empty()) sendingFails_.reset();
    }
    tidy();
}

bool SyncLoop::ready(const Item& item) const {
    return find(item, uploaded_) == nullptr;
}

/// Others do not share the fate of one that has had trouble, in this process or an earlier one.
bool SyncLoop::goesAlone(const Item& item) const {
    return item.tries > 0 || suspects_.contains(item.id);
}

/// How many of the oldest can go in one batch: up to the first whose attachments are not at the gateway yet.
std::size_t SyncLoop::readyPrefix(const Items& due) const {
    std::size_t count = 0, bytes = 0;
    for (const Item& item : due) {
        const bool alone = goesAlone(item);
        bytes += item.envelope.size();
        if (count == limit_ || !ready(item)) break;
        if (count > 0 && (alone || bytes > options_.batchBytes)) break;
        ++count;
        if (alone) break;
    }
    return count;
}

SyncLoop::Step SyncLoop::upload(const Item& item) {
    return uploadOne(item, *find(item, uploaded_));
}

void SyncLoop::lineWorks() {
    wait_.succeeded();
    unclearInRow_ = 0;
    stuckTimes_ = 0;
    unclearOf_.reset();
    sendingFails_.reset();
}

/// A big one on a slow line breaks off again and again and still gets there: nothing to suspect it for.
void SyncLoop::progressed(const StoredAttachment& attachment, std::size_t offset) {
    if (offset_.first == attachment.sha256 && offset > offset_.second) stuckTimes_ = 0;
    offset_ = {attachment.sha256, offset};
}

SyncLoop::Step SyncLoop::uploadOne(const Item& item, const StoredAttachment& attachment) {
    auto state = gateway_.attachmentState(attachment.sha256);
    if (!state) return trouble(state.error(), {item});
    progressed(attachment, state->offset);
    if (!state->complete) {
        const auto path = store_->attachmentPath(attachment.sha256);
        std::error_code error;
        if (!path) return giveUp(item, "file_missing");
        if (std::filesystem::file_size(*path, error) != attachment.size)
            return giveUp(item, "file_unreadable");
        const std::size_t before = state->offset;
        state = put(attachment, *path, before);
        if (!state && state.error().kind == ProblemKind::FileMissing) return giveUp(item, "file_missing");
        if (!state && state.error().kind == ProblemKind::FileUnreadable)
            return giveUp(item, "file_unreadable");
        if (!state) return trouble(state.error(), {item});
        if (!state->complete && state->offset <= before)
            return trouble({ProblemKind::BadResponse, {}}, {item});
    }
    if (state->complete) uploaded_.insert(attachment.sha256);
    lineWorks();
    return {.reached = true, .more = true};
}

Result<link::GatewayClient::UploadState> SyncLoop::put(const StoredAttachment& attachment,
                                                       const std::string& path, std::size_t offset) {
    // Something at an offset past our end cannot be a piece of ours: from the beginning, and the gateway
    // decides.
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
    auto noticed = noticeEpoch(answer->epoch);
    if (noticed) noticed = noticeTaken(answer->taken);
    if (noticed) noticed = noticeBackup(*answer);
    if (!noticed) return waiting(noticed.error());
    return settle(batch, *answer);
}

/// What was taken is marked last and in one go: whoever dies before it offers a batch twice, and a batch
/// costs one fdatasync.
SyncLoop::Step SyncLoop::settle(const Items& batch, const wire::BatchAnswer& answer) {
    ends(batch);
    Step step{.reached = true, .more = true};
    const auto note = [&](const Result<void>& done) {
        if (done) return;
        step.problem = waiting(done.error()).problem;
        step.more = false;
    };
    std::vector<const Item*> taken;
    for (const Item& item : batch) {
        const auto* result = resultFor(answer, item.id);
        suspects_.erase(item.id);
        if (isTaken(result)) {
            taken.push_back(&item);
        } else {
            note(settleOne(item, result));
        }
    }
    const auto marked = accepted(taken, answer.taken);
    note(marked);
    if (marked) step.sent = taken.size();
    return step;
}

Result<void> SyncLoop::settleOne(const Item& item, const wire::ActionResult* result) {
    if (!result) return later(item, name(ProblemKind::BadResponse));
    if (result->verdict == wire::ActionVerdict::MissingAttachments) return stillMissing(item, *result);
    const bool conflict = result->verdict == wire::ActionVerdict::Conflict;
    return store_->markNeedsAttention(item.id, conflict ? "conflict" : reasonOf(*result));
}

Result<void> SyncLoop::accepted(const std::vector<const Item*>& items, std::int64_t number) {
    std::vector<base::Uuid> ids;
    for (const Item* item : items) {
        ids.push_back(item->id);
        missed_.erase(item->id);
        for (const StoredAttachment& attachment : item->attachments) uploaded_.erase(attachment.sha256);
    }
    return ids.empty() ? Result<void>() : store_->markAllAccepted(ids, {gateway_.gatewayTime(), number});
}

/// Uploaded in the next step; a gateway that misses again what it has just called complete is not believed in
/// a tight loop.
Result<void> SyncLoop::stillMissing(const Item& item, const wire::ActionResult& result) {
    bool ours = false;
    for (const StoredAttachment& attachment : item.attachments) {
        const bool missing = std::ranges::count(result.missing, attachment.sha256) > 0;
        ours = (missing && uploaded_.erase(attachment.sha256) > 0) || ours;
    }
    if (ours && ++missed_[item.id] == 1) return {};
    return later(item, "missing_attachments");
}

}  // namespace tram::outbox
