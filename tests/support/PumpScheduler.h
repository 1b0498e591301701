#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

#include "base/Scheduler.h"

namespace tram::test {

/// For tests with real processes: what is meant for the UI thread runs on the test's own, while it waits for
/// something.
class PumpScheduler final : public base::Scheduler {
  public:
    void background(Task task) override { task(); }
    void onUi(std::weak_ptr<void> token, Task task) override {
        {
            const std::lock_guard lock(mutex_);
            queue_.push_back({std::move(token), std::move(task)});
        }
        more_.notify_all();
    }
    void after(base::Millis, std::weak_ptr<void> token, Task task) override {
        onUi(std::move(token), std::move(task));
    }

    /// Runs what comes until `done`; false when that takes longer than `patience`, far beyond what a loaded
    /// machine needs.
    template <class Done>
    bool until(Done done, std::chrono::seconds patience = std::chrono::seconds(60)) {
        const auto deadline = std::chrono::steady_clock::now() + patience;
        while (!done()) {
            std::unique_lock lock(mutex_);
            if (!more_.wait_until(lock, deadline, [this] { return !queue_.empty(); })) return false;
            const auto next = std::move(queue_.front());
            queue_.pop_front();
            lock.unlock();
            if (!next.token.expired()) next.task();
        }
        return true;
    }
    /// What has come so far.
    void runAll() {
        until([this] {
            const std::lock_guard lock(mutex_);
            return queue_.empty();
        });
    }

  private:
    struct Guarded {
        std::weak_ptr<void> token;
        Task task;
    };
    std::mutex mutex_;
    std::condition_variable more_;
    std::deque<Guarded> queue_;
};

}  // namespace tram::test
