#pragma once
#include <mutex>
#include <string>

namespace tram::agent {

/// What the health check found last, for the workers that use the line.
class LineState {
  public:
    struct Now {
        bool online = false;
        std::string epoch;
        std::string trouble;  ///< name of a problem that keeps the agent from its work; "" when there is none
        std::string sending;  ///< name of what lets nothing that is sent pass; "" when it passes
        std::string content;  ///< name of what lets nothing new of the city's content come; "" when it comes
        unsigned returns = 0;  ///< how often the line has come back; differs = it was away in between
    };
    Now now() const {
        const std::lock_guard lock(mutex_);
        return now_;
    }
    void online(std::string epoch) {
        const std::lock_guard lock(mutex_);
        if (!now_.online) ++now_.returns;
        now_.online = true;
        now_.epoch = std::move(epoch);
    }
    void offline() {
        const std::lock_guard lock(mutex_);
        now_.online = false;
    }
    void sending(std::string problem) {
        const std::lock_guard lock(mutex_);
        now_.sending = std::move(problem);
    }
    void content(std::string problem) {
        const std::lock_guard lock(mutex_);
        now_.content = std::move(problem);
    }
    void trouble(std::string problem) {
        const std::lock_guard lock(mutex_);
        now_.trouble = std::move(problem);
    }

  private:
    mutable std::mutex mutex_;
    Now now_;
};

}  // namespace tram::agent
