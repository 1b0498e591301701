#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <string>
#include <thread>

namespace tram::line {

/// A line with a time of travel and a width, shared by all its connections, each way its own. Bytes wait in
/// line as in a modem's buffer, which has an end: whoever sends faster is held up.
class SlowLine {
  public:
    struct Shape {
        std::chrono::milliseconds roundTrip{100};
        double bytesPerSecond = 125'000;  ///< 1 Mbit/s
    };
    SlowLine(int upstreamPort, Shape shape);
    ~SlowLine();
    SlowLine(const SlowLine&) = delete;
    SlowLine& operator=(const SlowLine&) = delete;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    std::size_t bytesUp() const;  ///< towards the gateway, so far

  private:
    using Time = std::chrono::steady_clock::time_point;
    class Pipe;
    void accept();
    void serve(int kiosk);
    Time arrivalOf(std::size_t bytes, bool up);

    const Shape shape_;
    int upstream_, port_ = 0, listener_ = -1;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool ending_ = false;
    std::size_t live_ = 0, bytesUp_ = 0;
    std::set<int> open_;
    Time free_[2]{};
    std::thread acceptor_;
};

}  // namespace tram::line
