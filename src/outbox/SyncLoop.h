#pragma once
#include <functional>
#include <memory>
#include <random>

#include "base/Clock.h"
#include "link/GatewayClient.h"
#include "outbox/OutboxStore.h"

namespace tram::outbox {

/// Sends what waits: attachments first, then actions, oldest first, a result for each. One bad item stops nobody.
/// Retry rules: docs/ARCHITECTURE.md "Retry". No thread and no sleep of its own: the agent calls step().
class SyncLoop {
  public:
    struct Options {
        base::Millis backoffBase{2000}, backoffCap{300000};
        std::size_t batchItems = 100, batchBytes = 4u << 20;
        base::Millis keepAccepted{std::chrono::hours(24 * 30)};
    };
    SyncLoop(std::shared_ptr<OutboxStore> store, link::GatewayClient& gateway, const base::Clock& clock, Options options);

    struct Step {
        bool reached = false;    ///< the gateway answered something
        std::size_t sent = 0;    ///< accepted or replayed just now
        bool more = false;       ///< something else is due at once
        std::optional<base::Problem> problem;
    };
    Step step();

  private:
    std::shared_ptr<OutboxStore> store_;
    link::GatewayClient& gateway_;
    const base::Clock& clock_;
    Options options_;
    std::mt19937_64 random_;
};

}  // namespace tram::outbox
