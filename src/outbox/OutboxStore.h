#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "base/Uuid.h"
#include "outbox/Aside.h"

namespace tram::outbox {

/// No "sending": what is being sent is still waiting, so that nothing can be stuck on it.
enum class ItemState { Waiting, NeedsAttention, Accepted };
std::string_view name(ItemState state);

struct StoredAttachment {
    std::string sha256;  ///< of the ciphertext; file name under attachments/
    std::size_t size = 0;
};

/// One sealed action. Nothing here tells who or what: kind, sizes and times only.
struct Item {
    std::int64_t sequence = 0;  ///< order of keeping on this kiosk; given by the store
    base::Uuid id;
    std::string kind;
    std::string envelope;  ///< exact bytes
    std::vector<StoredAttachment> attachments;
    std::string codeHash;  ///< keyed hash of the tracking code; unique in the store; "" without one
    base::WallTime keptAt;
    ItemState state = ItemState::Waiting;
    int attempts = 0;        ///< to send it, each counted as it begins
    int tries = 0;           ///< those that were its own trouble and not the line's: what it waits longer for
    base::BootTime nextTry;  ///< not before this on the boot-time clock; another boot id means: now
    std::string problem;     ///< ProblemKind name or refusal reason of the last try
    std::optional<base::WallTime>
        acceptedAt;  ///< the first time, by the gateway's clock: for people to read, and nothing else
    std::int64_t number = 0;  ///< see Taken; kept while it is accepted
    std::size_t bytes = 0;    ///< envelope and attachments together; filled in by the store

    /// Staff put it aside, and why; nothing unless it needs attention.
    std::optional<AsideReason> aside() const;
    /// Kept with its hour only: nothing about it is to be told more exactly (STANDARDS 14).
    bool coarse() const;
};

/// What the gateway said when it took an action.
struct Taken {
    Taken(base::WallTime when, std::int64_t count = 0) : at(when), number(count) {}
    base::WallTime at;  ///< by its clock
    std::int64_t
        number;  ///< a backup that holds so many actions has it, too; 0: unknown, no backup is known to
};

/// The in-memory and the SQLite store pass the same suite (tests/unit/outbox/OutboxStoreTest).
class OutboxStore {
  public:
    virtual ~OutboxStore() = default;
    /// Attachment ciphertext: durable before add() of the action that names it. Malformed unless `meta`
    /// is the name (64 hex) and size of `bytes`.
    virtual base::Result<void> putAttachment(const StoredAttachment& meta, std::string_view bytes) = 0;
    virtual base::Result<std::string> attachmentPath(const std::string& sha256) = 0;
    /// Takes back a putAttachment() whose action could not be kept. Nothing happens when an item names it.
    virtual base::Result<void> discardAttachment(const std::string& sha256) = 0;
    /// Durable when it returns. Conflict when codeHash or id is taken. A Problem with the fact "undecided"
    /// may after a crash turn out to have been kept.
    virtual base::Result<std::int64_t> add(Item item) = 0;
    virtual base::Result<bool> codeHashTaken(const std::string& codeHash) = 0;

    /// Waiting, due at `now`, oldest first by sequence; envelopes included.
    virtual base::Result<std::vector<Item>> due(const base::BootTime& now, std::size_t limit) = 0;
    /// Everything of a state (all when none given), without envelopes, oldest first.
    virtual base::Result<std::vector<Item>> list(std::optional<ItemState> state, std::size_t limit) = 0;
    virtual base::Result<std::optional<Item>> find(const base::Uuid& id) = 0;
    virtual base::Result<std::optional<Item>> findByCodeHash(const std::string& codeHash) = 0;
    struct Counts {
        std::size_t waiting = 0, needsAttention = 0, accepted = 0;
    };
    virtual base::Result<Counts> counts() = 0;

    /// An attempt to send each of them begins. For people to read: nothing depends on it.
    virtual base::Result<void> markBegun(const std::vector<base::Uuid>& ids) = 0;
    virtual base::Result<void> markAccepted(const base::Uuid& id, Taken taken) = 0;
    /// Ids that are no longer here are passed over. A store may do a whole batch for the price of one.
    virtual base::Result<void> markAllAccepted(const std::vector<base::Uuid>& ids, Taken taken);
    virtual base::Result<void> markLater(const base::Uuid& id, const base::BootTime& nextTry,
                                         std::string_view problem) = 0;
    virtual base::Result<void> markNeedsAttention(const base::Uuid& id, std::string_view problem) = 0;
    /// By staff: needs attention until somebody retries it. NotFound once it is accepted.
    virtual base::Result<void> setAside(const base::Uuid& id, AsideReason reason) = 0;
    /// Staff or `tram queue retry`: waiting again, due at once.
    virtual base::Result<void> retry(const base::Uuid& id) = 0;
    /// The gateway's epoch changed: everything accepted waits again. Returns how many.
    virtual base::Result<std::size_t> offerAgain() = 0;
    /// Drops accepted items whose number is known and not above this, and after a while files that no item
    /// names.
    virtual base::Result<std::size_t> prune(std::int64_t upTo) = 0;

    /// Small facts the agent keeps between runs: "epoch", "backups" (BackupMarks), "taken" (the
    /// gateway's count).
    virtual base::Result<std::string> note(const std::string& key) = 0;
    virtual base::Result<void> setNote(const std::string& key, std::string_view value) = 0;
};

}  // namespace tram::outbox
