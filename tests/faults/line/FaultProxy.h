#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "Certificates.h"
#include "Http.h"

namespace tram::line {

/// What happens to one request or to its answer.
struct Fault {
    enum class Kind {
        None,
        DropBefore,       ///< the request never arrives
        DropAfter,        ///< done, and the answer lost
        Delay,            ///< `time`, then as usual
        TruncateRequest,  ///< half of it arrives
        TruncateAnswer,   ///< half of it comes back
        Duplicate,        ///< arrives twice; the first answer comes back
        Late,             ///< the line is cut, and the request arrives behind the next of its kind
        Drip,             ///< the answer comes a byte each `time`
        Silence,          ///< read, and no answer until the other side gives up
        Answer,           ///< `answer` instead of anything from the gateway
    };
    Kind kind = Kind::None;
    std::chrono::milliseconds time{0};
    std::string answer;
};
std::string_view name(Fault::Kind kind);

Fault problem(int status, const std::string& retryAfter = "");  ///< as our gateway and nginx refuse
Fault portal(int status);                            ///< the login page of somebody's Wi-Fi: 200, 302 …
std::string httpDate(std::chrono::seconds fromNow);  ///< RFC 9110 §5.6.7

/// A line between a kiosk and nginx that does what the test tells it, request by request or all at once.
class FaultProxy {
  public:
    using Plan = std::function<Fault(const Request&)>;  ///< called by one thread at a time
    explicit FaultProxy(int upstreamPort);
    ~FaultProxy();
    FaultProxy(const FaultProxy&) = delete;
    FaultProxy& operator=(const FaultProxy&) = delete;

    std::string url() const;  ///< https once there is a certificate
    void plan(Plan plan);
    // These hold for connections from now on; open ones are cut.
    void leadTo(int upstreamPort);
    void present(std::shared_ptr<Certificate> certificate);
    void refuse(bool on);   ///< connection refused
    void swallow(bool on);  ///< accepted, and not a byte read

    /// Every request that was read so far, and how many met a fault.
    std::vector<Request> seen() const;
    void forget();
    std::size_t faults() const;
    /// Connections made so far, those included on which nothing was said.
    std::size_t connections() const;

  private:
    class Conversation;
    void takePort();
    void accept();
    void serve(int fd);
    void cutAll();
    bool pause(std::chrono::milliseconds time);
    Fault faultFor(const Request& request);

    int upstream_, port_ = 0, listener_ = -1;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool ending_ = false, refusing_ = false, swallowing_ = false;
    std::set<int> open_;
    std::size_t live_ = 0, faults_ = 0, connections_ = 0;
    std::shared_ptr<Certificate> certificate_;
    std::vector<Request> seen_, late_;
    std::mutex planMutex_;
    Plan plan_;
    std::thread acceptor_;
};

}  // namespace tram::line
