#include "FaultProxy.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <stdexcept>

#include "LiveCity.h"

namespace tram::line {

using Kind = Fault::Kind;
using std::chrono::milliseconds;

namespace {

std::string answer(const std::string& status, const std::string& headers, const std::string& body) {
    return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

constexpr milliseconds kLook{100};

}  // namespace

std::string_view name(Kind kind) {
    constexpr std::string_view kNames[] = {
        "none", "drop_before", "drop_after", "delay", "truncate_request", "truncate_answer", "duplicate",
        "late", "drip",        "silence",    "answer"};
    return kNames[static_cast<std::size_t>(kind)];
}

std::string httpDate(std::chrono::seconds fromNow) {
    const std::time_t when = std::time(nullptr) + fromNow.count();
    std::tm parts{};
    gmtime_r(&when, &parts);
    char text[40];
    std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return text;
}

Fault problem(int status, const std::string& retryAfter) {
    const auto number = std::to_string(status);
    auto headers = "Content-Type: application/problem+json\r\nDate: " + httpDate({}) + "\r\n";
    if (!retryAfter.empty()) headers += "Retry-After: " + retryAfter + "\r\n";
    return {Kind::Answer, {}, answer(number + " Problem", headers, "{\"status\":" + number + "}")};
}

Fault portal(int status) {
    const std::string where = status == 302 ? "Location: http://wifi.example/login\r\n" : "";
    return {Kind::Answer,
            {},
            answer(std::to_string(status) + " Wi-Fi", "Content-Type: text/html\r\n" + where,
                   "<html><body>Welcome to Free Wi-Fi</body></html>")};
}

/// One connection from a kiosk, request by request.
class FaultProxy::Conversation {
  public:
    Conversation(FaultProxy& proxy, Peer& kiosk) : proxy_(proxy), kiosk_(kiosk), reader_(kiosk) {}
    void hold() {
        while (const auto request = reader_.request())
            if (!meet(*request, proxy_.faultFor(*request))) return;
    }

  private:
    /// False when the connection is to end.
    bool meet(const Request& request, const Fault& fault) {
        switch (fault.kind) {
            case Kind::None:
                return pass(forward(request));
            case Kind::DropBefore:
                return false;
            case Kind::DropAfter:
                forward(request);
                return false;
            case Kind::Delay:
                return proxy_.pause(fault.time) && pass(forward(request));
            case Kind::TruncateRequest:
                return sendHalf(request);
            case Kind::TruncateAnswer:
                return passHalf(forward(request));
            case Kind::Duplicate:
                return passFirstOfTwo(request);
            case Kind::Late:
                return holdBack(request);
            case Kind::Drip:
                return drip(forward(request), fault.time);
            case Kind::Silence:
                while (proxy_.pause(milliseconds(0)) && !kiosk_.hangsUpWithin(kLook)) {
                }
                return false;
            case Kind::Answer:
                return kiosk_.write(fault.answer);
        }
        return false;
    }

    std::optional<std::string> carry(const Request& request) {
        const auto gateway = Peer::connectTo(upstream());
        if (!gateway->good() || !gateway->write(request.raw())) return {};
        return HttpReader(*gateway).answerTo(request);
    }
    std::optional<std::string> forward(const Request& request) {
        auto answer = carry(request);
        if (answer) sendLateOnes(request);
        return answer;
    }
    bool pass(const std::optional<std::string>& answer) { return answer && kiosk_.write(*answer); }
    bool passFirstOfTwo(const Request& request) {
        const auto first = forward(request);
        forward(request);
        return pass(first);
    }
    bool passHalf(const std::optional<std::string>& answer) {
        if (answer) kiosk_.write(answer->substr(0, answer->size() / 2));
        return false;
    }
    bool sendHalf(const Request& request) {
        const auto gateway = Peer::connectTo(upstream());
        const auto raw = request.raw();
        gateway->write(std::string_view(raw).substr(0, raw.size() / 2));
        return false;
    }
    bool drip(const std::optional<std::string>& answer, milliseconds each) {
        for (const char c : answer.value_or(""))
            if (!kiosk_.write({&c, 1}) || !proxy_.pause(each)) return false;
        return true;
    }
    bool holdBack(const Request& request) {
        const std::lock_guard lock(proxy_.mutex_);
        proxy_.late_.push_back(request);
        return false;
    }
    void sendLateOnes(const Request& after) {
        std::vector<Request> due;
        {
            const std::lock_guard lock(proxy_.mutex_);
            auto& late = proxy_.late_;
            const auto alike = [&](const Request& r) {
                return r.method == after.method && r.path == after.path;
            };
            std::ranges::copy_if(late, std::back_inserter(due), alike);
            std::erase_if(late, alike);
        }
        for (const auto& request : due) carry(request);
    }
    int upstream() const {
        const std::lock_guard lock(proxy_.mutex_);
        return proxy_.upstream_;
    }

    FaultProxy& proxy_;
    Peer& kiosk_;
    HttpReader reader_;
};

FaultProxy::FaultProxy(int upstreamPort) : upstream_(upstreamPort) {
    takePort();
    acceptor_ = std::thread([this] { accept(); });
}

FaultProxy::~FaultProxy() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
        shutdown(listener_, SHUT_RDWR);
        changed_.notify_all();
    }
    acceptor_.join();
    cutAll();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return live_ == 0; });
    close(listener_);
}

std::string FaultProxy::url() const {
    const std::lock_guard lock(mutex_);
    return (certificate_ ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port_);
}

void FaultProxy::plan(Plan plan) {
    const std::lock_guard lock(planMutex_);
    plan_ = std::move(plan);
}

void FaultProxy::leadTo(int upstreamPort) {
    {
        const std::lock_guard lock(mutex_);
        upstream_ = upstreamPort;
        late_.clear();
    }
    cutAll();
}

void FaultProxy::present(std::shared_ptr<Certificate> certificate) {
    {
        const std::lock_guard lock(mutex_);
        certificate_ = std::move(certificate);
    }
    cutAll();
}

void FaultProxy::refuse(bool on) {
    {
        const std::lock_guard lock(mutex_);
        refusing_ = on;
        if (on)
            shutdown(listener_, SHUT_RDWR);
        else
            listen(listener_, 128);
        changed_.notify_all();
    }
    if (on) cutAll();
}

void FaultProxy::swallow(bool on) {
    {
        const std::lock_guard lock(mutex_);
        swallowing_ = on;
    }
    cutAll();
}

std::vector<Request> FaultProxy::seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
}

void FaultProxy::forget() {
    const std::lock_guard lock(mutex_);
    seen_.clear();
    connections_ = 0;
}

std::size_t FaultProxy::faults() const {
    const std::lock_guard lock(mutex_);
    return faults_;
}

std::size_t FaultProxy::connections() const {
    const std::lock_guard lock(mutex_);
    return connections_;
}

/// Bound by number: Linux gives a port that it chose itself away again as soon as the socket does not listen.
void FaultProxy::takePort() {
    const int yes = 1;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int attempt = 0; attempt < 20; ++attempt) {
        port_ = test::freePort();
        address.sin_port = htons(static_cast<std::uint16_t>(port_));
        listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        if (bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
            listen(listener_, 128) == 0)
            return;
        close(listener_);
    }
    throw std::runtime_error("no port for the proxy");
}

/// A socket that was shut down still holds its port, refuses, and listens again when told to (Linux).
void FaultProxy::accept() {
    for (;;) {
        const int peer = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        std::unique_lock lock(mutex_);
        if (peer < 0) changed_.wait(lock, [this] { return ending_ || !refusing_; });
        if (ending_) {
            if (peer >= 0) close(peer);
            return;
        }
        if (peer < 0) continue;
        open_.insert(peer);
        ++live_;
        ++connections_;
        std::thread([this, peer] { serve(peer); }).detach();
    }
}

void FaultProxy::serve(int fd) {
    const int yes = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    std::shared_ptr<Certificate> certificate;
    bool swallowed = false;
    {
        const std::lock_guard lock(mutex_);
        certificate = certificate_;
        swallowed = swallowing_;
    }
    if (swallowed) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return ending_ || !swallowing_; });
    }
    auto peer = certificate && !swallowed ? std::make_unique<Peer>(fd, certificate->context())
                                          : std::make_unique<Peer>(fd);
    if (!swallowed && peer->good()) Conversation(*this, *peer).hold();
    const std::lock_guard lock(mutex_);
    open_.erase(fd);
    peer.reset();
    --live_;
    changed_.notify_all();
}

/// Descriptors are closed under the same lock, so that none of these is somebody else's by now.
void FaultProxy::cutAll() {
    const std::lock_guard lock(mutex_);
    for (const int fd : open_) shutdown(fd, SHUT_RDWR);
    changed_.notify_all();
}

/// False when the proxy ends meanwhile.
bool FaultProxy::pause(milliseconds time) {
    std::unique_lock lock(mutex_);
    return !changed_.wait_for(lock, time, [this] { return ending_; });
}

Fault FaultProxy::faultFor(const Request& request) {
    {
        const std::lock_guard lock(mutex_);
        seen_.push_back(request);
    }
    const std::lock_guard lock(planMutex_);
    Fault fault = plan_ ? plan_(request) : Fault{};
    const std::lock_guard counting(mutex_);
    if (fault.kind != Kind::None) ++faults_;
    return fault;
}

}  // namespace tram::line
