#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>

#include "outbox/AttachmentFiles.h"
#include "outbox/Lingering.h"
#include "outbox/OutboxStore.h"
#include "outbox/StoreHold.h"
#include "store/Database.h"

namespace tram::outbox {

/// <dataDir>/outbox.db and <dataDir>/attachments/. Kiosk, agent and tool have it open at once; within a
/// process any thread may call. Nothing in it is readable without the gateway's key, nor tells whose it is.
class SqliteOutboxStore final : public OutboxStore {
  public:
    /// StoreDamaged from here or from any call below also asks the agent to examine the store (StoreHold.h).
    /// `orphanAge`: how long prune() must have seen a file that nothing names before it goes.
    static base::Result<std::shared_ptr<SqliteOutboxStore>> open(
        const std::filesystem::path& dataDir, std::chrono::milliseconds orphanAge = std::chrono::minutes(50));
    /// Reads the whole file: at boot and after an unclean stop only (STANDARDS 5).
    base::Result<void> quickCheck();

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
    base::Result<void> markAllAccepted(const std::vector<base::Uuid>& ids, Taken taken) override;
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
    using Bind = std::function<void(SQLite::Statement&)>;
    SqliteOutboxStore(std::filesystem::path dataDir, StoreHold hold, store::Database database,
                      AttachmentFiles files, std::chrono::milliseconds orphanAge);
    /// Passes a result on; what tells of damage is made known.
    template <class T>
    base::Result<T> watched(base::Result<T> result) const;
    /// Runs one statement; gives how many rows it changed.
    base::Result<std::size_t> change(const char* sql, const Bind& bind);
    base::Result<void> changeOne(const char* sql, const Bind& bind);
    base::Result<std::vector<Item>> select(const std::string& clause, bool envelopes, const Bind& bind);
    base::Result<std::optional<Item>> selectOne(const std::string& clause, const std::string& value);
    base::Result<bool> named(const std::string& sha256);
    /// Whether `sql`, about one value, gives a row.
    base::Result<bool> holds(const char* sql, const std::string& value);
    void sweep();

    std::mutex mutex_;
    std::filesystem::path dataDir_;
    StoreHold hold_;  // outlives the database
    store::Database database_;
    AttachmentFiles files_;
    Lingering unnamed_, temporaries_;
};

}  // namespace tram::outbox
