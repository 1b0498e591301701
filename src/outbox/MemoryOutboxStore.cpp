#include "outbox/MemoryOutboxStore.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "outbox/AttachmentFiles.h"

namespace tram::outbox {

using base::ProblemKind;
using base::Result;

/// An attachment with a path that can be opened, though it is on no disk.
class MemoryOutboxStore::MemoryFile {
  public:
    explicit MemoryFile(std::string_view bytes) : file_(memfd_create("attachment", MFD_CLOEXEC)) {
        whole_ = file_ >= 0 && write(file_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
    }
    ~MemoryFile() {
        if (file_ >= 0) close(file_);
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    bool whole() const { return whole_; }
    std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }
    bool old() const { return std::chrono::steady_clock::now() - made_ > std::chrono::hours(1); }

  private:
    int file_;
    bool whole_ = false;
    std::chrono::steady_clock::time_point made_ = std::chrono::steady_clock::now();
};

Result<void> MemoryOutboxStore::putAttachment(const StoredAttachment& meta, std::string_view bytes) {
    if (auto fine = checkAttachment(meta, bytes); !fine) return fine;
    const std::lock_guard lock(mutex_);
    auto file = std::make_shared<MemoryFile>(bytes);
    if (!file->whole()) return base::fail(ProblemKind::DiskFull);
    attachments_[meta.sha256] = std::move(file);
    return {};
}

Result<std::string> MemoryOutboxStore::attachmentPath(const std::string& sha256) {
    const std::lock_guard lock(mutex_);
    const auto found = attachments_.find(sha256);
    if (found == attachments_.end()) return base::fail(ProblemKind::FileMissing);
    return found->second->path();
}

Result<void> MemoryOutboxStore::discardAttachment(const std::string& sha256) {
    const std::lock_guard lock(mutex_);
    if (!named(sha256)) attachments_.erase(sha256);
    return {};
}

Result<std::int64_t> MemoryOutboxStore::add(Item item) {
    const std::lock_guard lock(mutex_);
    const bool taken = std::ranges::any_of(items_, [&](const auto& entry) {
        return entry.second.id == item.id ||
               (!item.codeHash.empty() && entry.second.codeHash == item.codeHash);
    });
    if (taken) return base::fail(ProblemKind::Conflict);
    item.sequence = ++last_;
    item.bytes = item.envelope.size();
    for (const StoredAttachment& attachment : item.attachments) item.bytes += attachment.size;
    items_.emplace(last_, std::move(item));
    return last_;
}

Result<bool> MemoryOutboxStore::codeHashTaken(const std::string& codeHash) {
    return findByCodeHash(codeHash).map([](const auto& item) { return item.has_value(); });
}

Result<std::vector<Item>> MemoryOutboxStore::due(const base::BootTime& now, std::size_t limit) {
    const std::lock_guard lock(mutex_);
    std::vector<Item> found;
    for (const auto& [sequence, item] : items_) {
        const bool ready = item.nextTry.bootId != now.bootId || item.nextTry.sinceBoot <= now.sinceBoot;
        if (found.size() < limit && item.state == ItemState::Waiting && ready) found.push_back(item);
    }
    return found;
}

Result<std::vector<Item>> MemoryOutboxStore::list(std::optional<ItemState> state, std::size_t limit) {
    const std::lock_guard lock(mutex_);
    std::vector<Item> found;
    for (const auto& [sequence, item] : items_) {
        if (found.size() == limit || (state && item.state != *state)) continue;
        found.push_back(item);
        found.back().envelope.clear();
    }
    return found;
}

Result<std::optional<Item>> MemoryOutboxStore::find(const base::Uuid& id) {
    const std::lock_guard lock(mutex_);
    const Item* item = lookup(id);
    return item ? std::optional(*item) : std::nullopt;
}

Result<std::optional<Item>> MemoryOutboxStore::findByCodeHash(const std::string& codeHash) {
    const std::lock_guard lock(mutex_);
    if (codeHash.empty()) return std::nullopt;
    for (const auto& [sequence, item] : items_) {
        if (item.codeHash == codeHash) return item;
    }
    return std::nullopt;
}

Result<OutboxStore::Counts> MemoryOutboxStore::counts() {
    const std::lock_guard lock(mutex_);
    Counts counts;
    for (const auto& [sequence, item] : items_) {
        if (item.state == ItemState::Waiting) ++counts.waiting;
        if (item.state == ItemState::NeedsAttention) ++counts.needsAttention;
        if (item.state == ItemState::Accepted) ++counts.accepted;
    }
    return counts;
}

Result<void> MemoryOutboxStore::markBegun(const std::vector<base::Uuid>& ids) {
    const std::lock_guard lock(mutex_);
    for (const base::Uuid& id : ids)
        if (Item* item = lookup(id)) ++item->attempts;
    return {};
}

Result<void> MemoryOutboxStore::markAccepted(const base::Uuid& id, Taken taken) {
    const std::lock_guard lock(mutex_);
    Item* item = lookup(id);
    if (!item) return base::fail(ProblemKind::NotFound);
    item->state = ItemState::Accepted;
    if (!item->acceptedAt) item->acceptedAt = item->coarse() ? base::coarseToHour(taken.at) : taken.at;
    item->number = taken.number;
    item->problem.clear();
    return {};
}

Result<void> MemoryOutboxStore::markLater(const base::Uuid& id, const base::BootTime& nextTry,
                                          std::string_view problem) {
    const std::lock_guard lock(mutex_);
    Item* item = lookup(id);
    if (!item || item->state != ItemState::Waiting) return base::fail(ProblemKind::NotFound);
    ++item->tries;
    item->nextTry = nextTry;
    item->problem = problem;
    return {};
}

Result<void> MemoryOutboxStore::markNeedsAttention(const base::Uuid& id, std::string_view problem) {
    const std::lock_guard lock(mutex_);
    Item* item = lookup(id);
    if (!item || item->state != ItemState::Waiting) return base::fail(ProblemKind::NotFound);
    ++item->tries;
    item->state = ItemState::NeedsAttention;
    item->problem = problem;
    return {};
}

Result<void> MemoryOutboxStore::setAside(const base::Uuid& id, AsideReason reason) {
    const std::lock_guard lock(mutex_);
    Item* item = lookup(id);
    if (!item || item->state == ItemState::Accepted) return base::fail(ProblemKind::NotFound);
    item->state = ItemState::NeedsAttention;
    item->problem = name(reason);
    return {};
}

Result<void> MemoryOutboxStore::retry(const base::Uuid& id) {
    const std::lock_guard lock(mutex_);
    Item* item = lookup(id);
    if (!item || item->state == ItemState::Accepted) return base::fail(ProblemKind::NotFound);
    item->state = ItemState::Waiting;
    item->nextTry = {};
    return {};
}

Result<std::size_t> MemoryOutboxStore::offerAgain() {
    const std::lock_guard lock(mutex_);
    std::size_t offered = 0;
    for (auto& [sequence, item] : items_) {
        if (item.state != ItemState::Accepted) continue;
        item.state = ItemState::Waiting;
        item.nextTry = {};
        ++offered;
    }
    return offered;
}

Result<std::size_t> MemoryOutboxStore::prune(std::int64_t upTo) {
    const std::lock_guard lock(mutex_);
    const std::size_t gone = std::erase_if(items_, [&](const auto& entry) {
        const Item& item = entry.second;
        return item.state == ItemState::Accepted && item.number > 0 && item.number <= upTo;
    });
    std::erase_if(attachments_,
                  [&](const auto& entry) { return entry.second->old() && !named(entry.first); });
    return gone;
}

Result<std::string> MemoryOutboxStore::note(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto found = notes_.find(key);
    return found == notes_.end() ? std::string() : found->second;
}

Result<void> MemoryOutboxStore::setNote(const std::string& key, std::string_view value) {
    const std::lock_guard lock(mutex_);
    notes_[key] = value;
    return {};
}

Item* MemoryOutboxStore::lookup(const base::Uuid& id) {
    const auto found = std::ranges::find_if(items_, [&](const auto& entry) { return entry.second.id == id; });
    return found == items_.end() ? nullptr : &found->second;
}

bool MemoryOutboxStore::named(const std::string& sha256) const {
    return std::ranges::any_of(items_, [&](const auto& entry) {
        return std::ranges::any_of(entry.second.attachments,
                                   [&](const auto& a) { return a.sha256 == sha256; });
    });
}

}  // namespace tram::outbox
