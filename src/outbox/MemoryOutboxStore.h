#pragma once
#include <map>
#include <memory>
#include <mutex>

#include "outbox/OutboxStore.h"

namespace tram::outbox {

/// For tests and for trying flows out; forgets everything with the process.
class MemoryOutboxStore : public OutboxStore {
  public:
    base::Result<void> putAttachment(const StoredAttachment& meta, std::string_view bytes) override;
    base::Result<std::string> attachmentPath(const std::string& sha256) override;
    base::Result<void> discardAttachment(const std::string& sha256) override;
    base::Result<std::int64_t> add(Item item) override;
    base::Result<bool> codeHashTaken(const std::string& codeHash) override;
    base::Result<std::vector<Item>> due(const base::BootTime& now, std::size_t limit) override;
    base::Result<std::vector<Item>> list(std::optional<ItemState> state, std::size_t limit) override;
    base::Result<std::optional<Item>> find(const base::Uuid& id) override;
    base::Result<std::optional<Item>> findByCodeHash(const std::string& codeHash) override;
    base::Result<Counts> counts() override;
    base::Result<void> markBegun(const std::vector<base::Uuid>& ids) override;
    base::Result<void> markAccepted(const base::Uuid& id, Taken taken) override;
    base::Result<void> markLater(const base::Uuid& id, const base::BootTime& nextTry,
                                 std::string_view problem) override;
    base::Result<void> markNeedsAttention(const base::Uuid& id, std::string_view problem) override;
    base::Result<void> setAside(const base::Uuid& id, AsideReason reason) override;
    base::Result<void> retry(const base::Uuid& id) override;
    base::Result<std::size_t> offerAgain() override;
    base::Result<std::size_t> prune(std::int64_t upTo) override;
    base::Result<std::string> note(const std::string& key) override;
    base::Result<void> setNote(const std::string& key, std::string_view value) override;

  private:
    class MemoryFile;
    Item* lookup(const base::Uuid& id);
    bool named(const std::string& sha256) const;
    std::mutex mutex_;
    std::int64_t last_ = 0;
    std::map<std::int64_t, Item> items_;
    std::map<std::string, std::shared_ptr<MemoryFile>> attachments_;
    std::map<std::string, std::string> notes_;
};

}  // namespace tram::outbox
