#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <random>
#include <thread>

#include "base/Clock.h"
#include "gateway/connectors/FeedbackConnector.h"
#include "gateway/inbox/ReportStore.h"

namespace tram::gateway {

/// Hands reports to the connector and asks how they stand. Everything it knows is in the ReportStore, so that
/// a restart goes on where it was; delivered once because the connector knows the report's id.
class Delivery {
  public:
    static constexpr base::Millis kBackoffBase{2000}, kBackoffCap{600000};

    /// Adds who wrote a report, just before it is handed over (Senders).
    using AddSender = std::function<base::Result<void>(const base::Uuid&, wire::FeedbackReport&)>;

    Delivery(ReportStore& reports, AddSender addSender, FeedbackConnector& connector,
             const base::Clock& clock)
        : reports_(reports),
          addSender_(std::move(addSender)),
          connector_(connector),
          clock_(clock),
          random_(std::random_device{}()) {}
    ~Delivery() { stop(); }

    /// One round over what is due; how many were looked at.
    base::Result<std::size_t> step();

    void start();  ///< a worker thread calls step() when woken, and every so often
    void wake();
    void stop();

  private:
    base::Result<void> handle(ReportStore::Due& due);
    base::Result<std::string> submit(ReportStore::Due& due);
    base::Result<void> follow(const base::Uuid& id, const std::string& number);
    base::Millis backoff(int tries);
    void run();

    ReportStore& reports_;
    AddSender addSender_;
    FeedbackConnector& connector_;
    const base::Clock& clock_;
    std::mt19937_64 random_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false, stopping_ = false;
    std::thread worker_;
};

}  // namespace tram::gateway
