#pragma once
#include <memory>

#include "outbox/OutboxStore.h"

namespace tram::kills {

/// Hands everything on; a planted defect overrides what it spoils.
class BorrowedStore : public outbox::OutboxStore {
  public:
    using Items = std::vector<outbox::Item>;
    explicit BorrowedStore(std::shared_ptr<outbox::OutboxStore> store) : store_(std::move(store)) {}

    base::Result<void> putAttachment(const outbox::StoredAttachment& meta, std::string_view bytes) override {
        return store_->putAttachment(meta, bytes);
    }
    base::Result<std::string> attachmentPath(const std::string& sha256) override {
        return store_->attachmentPath(sha256);
    }
    base::Result<void> discardAttachment(const std::string& sha256) override {
        return store_->discardAttachment(sha256);
    }
    base::Result<std::int64_t> add(outbox::Item item) override { return store_->add(std::move(item)); }
    base::Result<bool> codeHashTaken(const std::string& hash) override { return store_->codeHashTaken(hash); }
    base::Result<Items> due(const base::BootTime& now, std::size_t limit) override {
        return store_->due(now, limit);
    }
    base::Result<Items> list(std::optional<outbox::ItemState> state, std::size_t limit) override {
        return store_->list(state, limit);
    }
    base::Result<std::optional<outbox::Item>> find(const base::Uuid& id) override { return store_->find(id); }
    base::Result<std::optional<outbox::Item>> findByCodeHash(const std::string& hash) override {
        return store_->findByCodeHash(hash);
    }
    base::Result<Counts> counts() override { return store_->counts(); }
    base::Result<void> markBegun(const std::vector<base::Uuid>& ids) override {
        return store_->markBegun(ids);
    }
    base::Result<void> markAccepted(const base::Uuid& id, outbox::Taken taken) override {
        return store_->markAccepted(id, taken);
    }
    base::Result<void> markLater(const base::Uuid& id, const base::BootTime& next,
                                 std::string_view why) override {
        return store_->markLater(id, next, why);
    }
    base::Result<void> markNeedsAttention(const base::Uuid& id, std::string_view why) override {
        return store_->markNeedsAttention(id, why);
    }
    base::Result<void> setAside(const base::Uuid& id, outbox::AsideReason reason) override {
        return store_->setAside(id, reason);
    }
    base::Result<void> retry(const base::Uuid& id) override { return store_->retry(id); }
    base::Result<std::size_t> offerAgain() override { return store_->offerAgain(); }
    base::Result<std::size_t> prune(std::int64_t upTo) override { return store_->prune(upTo); }
    base::Result<std::string> note(const std::string& key) override { return store_->note(key); }
    base::Result<void> setNote(const std::string& key, std::string_view value) override {
        return store_->setNote(key, value);
    }

  protected:
    std::shared_ptr<outbox::OutboxStore> store_;
};

}  // namespace tram::kills
