#pragma once
#include <map>
#include <mutex>
#include <string>
#include <tuple>

#include "base/Clock.h"

namespace tram::gateway {

/// Counters of what was asked and how it went, as Prometheus text (exposition format 0.0.4). Labels come from
/// our own tables only.
class Metrics {
  public:
    void count(std::string_view method, std::string_view route, int status, base::Millis took);
    void add(std::string_view name, std::string_view label, std::string_view value, std::int64_t by = 1);
    std::string text() const;
    /// One gauge line with its heading; `labelled` e.g. `{state="opened"}` or "".
    static std::string gauge(std::string_view name, std::string_view labelled, std::int64_t value);

  private:
    struct Requests {
        std::int64_t count = 0;
        base::Millis took{0};
    };
    mutable std::mutex mutex_;
    std::map<std::tuple<std::string, std::string, int>, Requests> requests_;
    std::map<std::tuple<std::string, std::string, std::string>, std::int64_t> counters_;
};

}  // namespace tram::gateway
