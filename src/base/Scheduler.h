#pragma once
#include <functional>
#include <memory>

#include "base/Clock.h"

namespace tram::base {

/// While a Lifetime lives, callbacks made with its token run; afterwards they are dropped unseen.
/// A screen or flow owns one as its last member.
class Lifetime {
  public:
    std::weak_ptr<void> token() const { return alive_; }
    void renew() { alive_ = std::make_shared<char>(); }

  private:
    std::shared_ptr<void> alive_ = std::make_shared<char>();
};

/// Everything that waits goes through here; tests step a FakeScheduler by hand (tests/support).
class Scheduler {
  public:
    using Task = std::function<void()>;
    virtual ~Scheduler() = default;
    /// Off the UI thread. Tasks may run in parallel.
    virtual void background(Task task) = 0;
    /// On the UI thread, if the token is still alive then. Callable from any thread.
    virtual void onUi(std::weak_ptr<void> token, Task task) = 0;
    /// On the UI thread once `delay` has passed, if the token is still alive then.
    virtual void after(Millis delay, std::weak_ptr<void> token, Task task) = 0;
};

}  // namespace tram::base
