#pragma once
#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

#include "FakeClock.h"
#include "base/Scheduler.h"

namespace tram::test {

/// Nothing runs until the test says so, and then on the test's own thread.
class FakeScheduler final : public base::Scheduler {
  public:
    FakeScheduler() = default;
    /// advance() moves `clock` too.
    explicit FakeScheduler(FakeClock& clock) : clock_(&clock) {}

    void background(Task task) override { background_.push_back(std::move(task)); }
    void onUi(std::weak_ptr<void> token, Task task) override {
        ui_.push_back({std::move(token), std::move(task)});
    }
    void after(base::Millis delay, std::weak_ptr<void> token, Task task) override {
        timers_.push_back({now_ + delay, {std::move(token), std::move(task)}});
    }

    /// All background tasks, with those they start; how many ran.
    std::size_t runBackground() {
        std::size_t ran = 0;
        for (; !background_.empty(); ++ran) takeFirst(background_)();
        return ran;
    }
    /// All tasks for the UI thread, with those they post; how many ran. Those of the dead are dropped.
    std::size_t runUi() {
        std::size_t ran = 0;
        while (!ui_.empty()) ran += run(takeFirst(ui_));
        return ran;
    }
    /// Background and UI in turns until neither has anything left. Timers wait for advance().
    void settle() {
        while (runBackground() + runUi() > 0) {
        }
    }
    /// Lets time pass, timer by timer in the order they fall due, settling after each.
    void advance(base::Millis by) {
        const base::Millis end = now_ + by;
        settle();
        for (auto next = firstTimer(); next != timers_.end() && next->due <= end; next = firstTimer()) {
            Timer timer = std::move(*next);
            timers_.erase(next);
            moveTo(timer.due);
            run(timer.guarded);
            settle();
        }
        moveTo(end);
    }

    std::size_t waitingBackground() const { return background_.size(); }
    /// Timers whose owner still lives.
    std::size_t waitingTimers() const {
        return static_cast<std::size_t>(
            std::ranges::count_if(timers_, [](const Timer& t) { return !t.guarded.token.expired(); }));
    }

  private:
    struct Guarded {
        std::weak_ptr<void> token;
        Task task;
    };
    struct Timer {
        base::Millis due;
        Guarded guarded;
    };

    template <class T>
    static T takeFirst(std::deque<T>& queue) {
        T first = std::move(queue.front());
        queue.pop_front();
        return first;
    }
    static std::size_t run(const Guarded& guarded) {
        if (guarded.token.expired()) return 0;
        guarded.task();
        return 1;
    }
    std::vector<Timer>::iterator firstTimer() { return std::ranges::min_element(timers_, {}, &Timer::due); }
    void moveTo(base::Millis then) {
        if (then <= now_) return;
        if (clock_) clock_->advance(then - now_);
        now_ = then;
    }

    FakeClock* clock_ = nullptr;
    base::Millis now_{0};
    std::deque<Task> background_;
    std::deque<Guarded> ui_;
    std::vector<Timer> timers_;
};

}  // namespace tram::test
