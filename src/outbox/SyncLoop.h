#pragma once
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>

#include "base/Clock.h"
#include "link/GatewayClient.h"
#include "outbox/LineWait.h"
#include "outbox/OutboxStore.h"

namespace tram::outbox {

/// Sends what waits: attachments first, then actions, oldest first, a result for each. One bad item stops
/// nobody. Retry rules: docs/ARCHITECTURE.md "Retry". No thread and no sleep of its own: the agent calls
/// step().
class SyncLoop {
  public:
    struct Options {
        base::Millis backoffBase{2000}, backoffCap{300000};
        std::size_t batchItems = 100, batchBytes = 4u << 20;
        base::Millis keepAccepted{std::chrono::hours(24 * 30)};  ///< since a backup has it, as we count time
        std::uint64_t seed = 0;                                  ///< of the jitter; 0 = from the system
    };
    SyncLoop(std::shared_ptr<OutboxStore> store, link::GatewayClient& gateway, const base::Clock& clock,
             Options options);
    SyncLoop(const SyncLoop&) = delete;
    SyncLoop& operator=(const SyncLoop&) = delete;

    struct Step {
        bool reached = false;  ///< the gateway answered something
        std::size_t sent = 0;  ///< accepted or replayed just now
        bool more = false;     ///< something else is due at once
        std::optional<base::Problem> problem;
    };
    /// One upload or one batch at most.
    Step step();
    /// Somebody else (the health check) reached the gateway after a time without: do not sit out the backoff.
    void lineIsBack() {
        wait_.lineIsBack();
        sendingFails_.reset();
    }
    /// Why nothing gets through, from the first that failed until one succeeds or nothing waits any more. Not
    /// the trouble of a single item.
    std::optional<base::ProblemKind> sendingFails() const { return sendingFails_; }
    /// The gateway's epoch as its health tells it; a changed one offers everything accepted again.
    void sawEpoch(const std::string& epoch);

  private:
    using Items = std::vector<Item>;
    std::size_t readyPrefix(const Items& due) const;
    bool ready(const Item& item) const;
    Step upload(const Item& item);
    void begins(const Items& items);
    void ends(const Items& items);
    Step uploadOne(const Item& item, const StoredAttachment& attachment);
    base::Result<link::GatewayClient::UploadState> put(const StoredAttachment& attachment,
                                                       const std::string& path, std::size_t offset);
    Step post(const Items& batch);
    Step settle(const Items& batch, const wire::BatchAnswer& answer);
    base::Result<void> settleOne(const Item& item, const wire::ActionResult* result);
    base::Result<void> accepted(const std::vector<const Item*>& items, std::int64_t number);
    base::Result<void> stillMissing(const Item& item, const wire::ActionResult& result);

    void lineWorks();
    void progressed(const StoredAttachment& attachment, std::size_t offset);
    bool goesAlone(const Item& item) const;
    Step trouble(const base::Problem& problem, const Items& items);
    bool suspicious(const base::Problem& problem, const Items& items);
    Step unclear(const base::Problem& problem, const Items& items);
    Step tooLarge(const Items& items);
    Step itemsFault(const base::Problem& problem, const Items& items);
    Step giveUp(const Item& item, std::string_view reason);
    Step nothingPasses(const base::Problem& problem);
    Step waiting(const base::Problem& problem);
    base::Result<void> later(const Item& item, std::string_view problem);

    base::Result<void> noticeEpoch(const std::string& epoch);
    base::Result<void> noticeTaken(std::int64_t taken);
    base::Result<void> startOver();
    base::Result<void> noticeBackup(const wire::BatchAnswer& answer);
    base::Millis marksApart() const;
    void recallFloor();
    void rememberFloor();
    void nothingDue();
    void tidy();

    std::shared_ptr<OutboxStore> store_;
    link::GatewayClient& gateway_;
    const base::Clock& clock_;
    Options options_;
    std::mt19937_64 random_;
    LineWait wait_;
    std::size_t limit_;                 ///< items a batch, halved by 413
    std::set<base::Uuid> suspects_;     ///< were in a batch that was turned down whole, or never came back
    std::set<std::string> uploaded_;    ///< attachments known to be whole at the gateway
    std::set<base::Uuid> trying_;       ///< an attempt has begun: its attachments are several steps
    std::map<base::Uuid, int> missed_;  ///< how often the gateway missed attachments it had called complete
    int unclearInRow_ = 0;
    std::optional<base::Uuid> unclearOf_;  ///< the last item that failed alone since anything worked
    std::optional<base::ProblemKind> sendingFails_;
    std::optional<base::Uuid> stuckOn_;  ///< heads what failed last, and has so often since anything worked
    int stuckTimes_ = 0;
    std::pair<std::string, std::size_t> offset_;  ///< of the attachment asked for last, at the gateway
    std::optional<base::BootTime> tidied_;
    bool recalled_ = false;
};

}  // namespace tram::outbox
