#pragma once
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
    /// `round` says whether more waits than it took.
    Worker(base::Millis every, std::function<bool()> round) : every_(every), round_(std::move(round)) {}
    ~Worker() { stop(); }
    void start();
    void wake();
    void stop();

  private:
    void run();

    const base::Millis every_;
    const std::function<bool()> round_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false, stopping_ = false;
    std::thread thread_;
};

}  // namespace tram::gateway
