#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

#include "base/Clock.h"

namespace tram::agent {

/// A thread that takes a turn, then rests as long as the turn said. Stopping ends a rest at once; what a turn
/// is in the middle of is cut short by `interrupt`, called from the stopping thread.
class Worker {
  public:
    using Turn = std::function<base::Millis(const std::stop_token&)>;
    Worker(Turn turn, std::function<void()> interrupt)
        : thread_(
              [this, turn = std::move(turn), interrupt = std::move(interrupt)](const std::stop_token& stop) {
                  const std::stop_callback cut(stop, interrupt);
                  while (!stop.stop_requested()) rest(stop, turn(stop));
              }) {}
    void requestStop() { thread_.request_stop(); }

  private:
    void rest(const std::stop_token& stop, base::Millis time) {
        std::unique_lock lock(mutex_);
        condition_.wait_for(lock, stop, time, [] { return false; });
    }

    std::mutex mutex_;
    std::condition_variable_any condition_;
    std::jthread thread_;  // last: it uses what stands above
};

}  // namespace tram::agent
