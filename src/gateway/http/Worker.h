#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "base/Clock.h"

namespace tram::gateway {

/// A thread that does a round when woken, and every so often. What a round needs to know stands in a store,
/// so that a restart goes on where it was.
class Worker {
  public:
    /// Whether the gateway is being stopped: looked at before each thing that takes time.
    using Stopping = std::function<bool()>;
    /// `round` says whether more waits than it took.
    Worker(base::Millis every, std::function<bool(const Stopping&)> round)
        : every_(every), round_(std::move(round)) {}
    ~Worker() { stop(); }
    void start();
    void wake();
    void stop();

  private:
    void run();

    const base::Millis every_;
    const std::function<bool(const Stopping&)> round_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
};

}  // namespace tram::gateway
