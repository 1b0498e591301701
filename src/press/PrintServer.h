#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/Result.h"

namespace tram::press {

/// A connection to CUPS on this machine, by IPP (RFC 8011; CUPS Implementation of IPP). Each call waits up to
/// five seconds for an answer. PrintingAway: CUPS does not answer; the next call tries again.
class PrintServer {
  public:
    /// As of RFC 8011, 5.3.7 and 5.4.11.
    enum class JobState {
        Pending = 3,
        Held = 4,
        Processing = 5,
        Stopped = 6,
        Canceled = 7,
        Aborted = 8,
        Completed = 9
    };
    struct Queue {
        bool accepting = true;
        bool stopped = false;
        std::vector<std::string> reasons;
    };
    struct Page {
        std::string media;  ///< as CUPS's -o media= takes it: "A4", "Custom.80x123mm"
        std::span<const unsigned char> pdf;
    };

    /// `socket`: where CUPS listens; "" = where this machine's does.
    explicit PrintServer(std::string socket);
    ~PrintServer();
    PrintServer(const PrintServer&) = delete;
    PrintServer& operator=(const PrintServer&) = delete;

    /// PrinterMissing: there is no such queue.
    base::Result<Queue> look(const std::string& queue);
    /// A job of its own, named after nobody; its number. PrinterMissing; PrinterStopped: it takes no jobs.
    /// What was begun and not finished is cancelled.
    base::Result<int> print(const std::string& queue, const Page& page);
    /// NotFound: CUPS knows nothing of it any more.
    base::Result<JobState> state(const std::string& queue, int job);
    /// Ends the job if it has not ended, and everything that CUPS holds of it, document and record. One that
    /// it does not know has gone already.
    base::Result<void> purge(const std::string& queue, int job);

  private:
    class Line;
    std::unique_ptr<Line> line_;
};

}  // namespace tram::press
