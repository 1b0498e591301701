#include "ui/shell/UiScheduler.h"

#include <wx/app.h>
#include <wx/timer.h>

#include <algorithm>

namespace tram::shell {

namespace {

constexpr int kWorkers = 3;  // one for the gateway's answers, one for a login, one for pictures

class OneShot final : public wxTimer {
  public:
    OneShot(std::weak_ptr<void> token, base::Scheduler::Task task)
        : token_(std::move(token)), task_(std::move(task)) {}
    void Notify() override {
        const auto alive = token_.lock();
        if (alive) task_();
        wxTheApp->CallAfter([this] { delete this; });
    }

  private:
    std::weak_ptr<void> token_;
    base::Scheduler::Task task_;
};

}  // namespace

UiScheduler::UiScheduler() {
    for (int i = 0; i < kWorkers; ++i) workers_.emplace_back([this] { work(); });
}

UiScheduler::~UiScheduler() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        queue_.clear();
    }
    wake_.notify_all();
    for (auto& worker : workers_) worker.join();
}

void UiScheduler::background(Task task) {
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(task));
    }
    wake_.notify_one();
}

void UiScheduler::onUi(std::weak_ptr<void> token, Task task) {
    loop_.CallAfter([token = std::move(token), task = std::move(task)] {
        const auto alive = token.lock();
        if (alive) task();
    });
}

void UiScheduler::after(base::Millis delay, std::weak_ptr<void> token, Task task) {
    auto* timer = new OneShot(std::move(token), std::move(task));
    timer->StartOnce(static_cast<int>(std::max<base::Millis::rep>(1, delay.count())));
}

void UiScheduler::work() {
    for (;;) {
        Task task;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
            if (stopping_) return;
            task = std::move(queue_.front());
            queue_.pop_front();
        }
        task();
    }
}

}  // namespace tram::shell
