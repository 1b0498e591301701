#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "base/Secret.h"
#include "device/PrintTalk.h"
#include "press/PrintServer.h"
#include "press/Reasons.h"

namespace tram::print {

/// One page, from its coming to the last trace of it.
class Errand {
  public:
    struct Patience {
        explicit Patience(std::chrono::milliseconds unit)
            : uncertain(unit), away(3 * unit), stuck(8 * unit), last(8 * unit) {}
        std::chrono::milliseconds uncertain;  ///< until what may stop a page counts (press::Trouble::certain)
        std::chrono::milliseconds away;       ///< until a print server that is gone is given up
        std::chrono::milliseconds stuck;      ///< until a page without any news is said to be stopped
        std::chrono::milliseconds last;       ///< for what is on paper already when its session ends
    };

    Errand(std::string socket, std::string queue, Patience patience)
        : server_(std::move(socket)), queue_(std::move(queue)), patience_(patience) {}

    /// Speaks over standard input and output (device/PrintTalk.h) until the page is over and nothing of it is
    /// left at the print server. `ending` is set by a signal.
    void run(const std::string& media, const volatile int& ending);

  private:
    using Clock = std::chrono::steady_clock;
    using Stage = device::PrintState::Stage;

    bool send(const std::string& media);
    device::PrintState look();
    device::PrintState follow(press::PrintServer::JobState job);
    device::PrintState lost(base::ProblemKind kind);
    device::PrintState failed(const press::PrintServer::Queue* printer);
    bool goesOn(const device::PrintState& state);
    void clear();
    void tell(const device::PrintState& state);

    press::PrintServer server_;
    std::string queue_;
    Patience patience_;
    int job_ = 0;
    std::optional<device::PrintState> told_;
    std::optional<base::ProblemKind> lastTrouble_;
    std::optional<Clock::time_point> awaySince_, doubtSince_, leftSince_;
    Clock::time_point progress_ = Clock::now();
    std::optional<press::PrintServer::JobState> before_;
};

}  // namespace tram::print
