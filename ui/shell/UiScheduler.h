#pragma once
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include <wx/event.h>

#include "base/Scheduler.h"

namespace tram::shell {

/// base::Scheduler on wx's event loop and a few worker threads.
class UiScheduler final : public base::Scheduler {
  public:
    UiScheduler();
    ~UiScheduler() override;  ///< waits for the tasks under way; queued ones are dropped
    void background(Task task) override;
    void onUi(std::weak_ptr<void> token, Task task) override;
    void after(base::Millis delay, std::weak_ptr<void> token, Task task) override;

  private:
    void work();
    wxEvtHandler loop_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Task> queue_;
    bool stopping_ = false;
    std::vector<std::thread> workers_;
};

}  // namespace tram::shell
