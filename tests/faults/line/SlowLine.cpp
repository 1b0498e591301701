#include "SlowLine.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <deque>
#include <stdexcept>

#include "Peer.h"

namespace tram::line {

namespace {

constexpr std::size_t kPacket = 1460, kBuffer = 64 * 1024;

}  // namespace

/// One way of one connection: a reader stamps what it reads with its time of arrival, a writer hands it on
/// then.
class SlowLine::Pipe {
  public:
    Pipe(SlowLine& line, Peer& from, Peer& to, bool up, std::chrono::milliseconds setUp)
        : line_(line), from_(from), to_(to), up_(up), notBefore_(std::chrono::steady_clock::now() + setUp) {}
    void run() {
        std::thread writer([this] { write(); });
        read();
        writer.join();
        shutdown(to_.fd(), SHUT_RDWR);
        shutdown(from_.fd(), SHUT_RDWR);
    }

  private:
    void read() {
        std::array<char, kPacket> packet;
        for (std::size_t got; (got = from_.read(packet.data(), packet.size())) > 0;) {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return waiting_ < kBuffer || ended_; });
            if (ended_) return;
            const auto arrival = std::max(line_.arrivalOf(got, up_), notBefore_);
            queue_.push_back({arrival, std::string(packet.data(), got)});
            waiting_ += got;
            changed_.notify_all();
        }
        const std::lock_guard lock(mutex_);
        ended_ = true;
        changed_.notify_all();
    }
    void write() {
        std::unique_lock lock(mutex_);
        for (;;) {
            changed_.wait(lock, [this] { return !queue_.empty() || ended_; });
            if (queue_.empty()) return;
            auto [arrival, bytes] = std::move(queue_.front());
            queue_.pop_front();
            lock.unlock();
            std::this_thread::sleep_until(arrival);
            const bool sent = to_.write(bytes);
            lock.lock();
            waiting_ -= bytes.size();
            changed_.notify_all();
            if (sent) continue;
            ended_ = true;
            shutdown(from_.fd(), SHUT_RDWR);
            return;
        }
    }

    SlowLine& line_;
    Peer &from_, &to_;
    const bool up_;
    const Time notBefore_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::pair<Time, std::string>> queue_;
    std::size_t waiting_ = 0;
    bool ended_ = false;
};

SlowLine::SlowLine(int upstreamPort, Shape shape) : shape_(shape), upstream_(upstreamPort) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener_, 64) != 0 ||
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("no port for the slow line");
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept(); });
}

SlowLine::~SlowLine() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
        shutdown(listener_, SHUT_RDWR);
        for (const int fd : open_) shutdown(fd, SHUT_RDWR);
    }
    acceptor_.join();
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return live_ == 0; });
    close(listener_);
}

std::size_t SlowLine::bytesUp() const {
    const std::lock_guard lock(mutex_);
    return bytesUp_;
}

void SlowLine::accept() {
    for (int kiosk; (kiosk = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
        const std::lock_guard lock(mutex_);
        if (ending_) {
            close(kiosk);
            return;
        }
        ++live_;
        open_.insert(kiosk);
        std::thread([this, kiosk] { serve(kiosk); }).detach();
    }
}

void SlowLine::serve(int fd) {
    auto kiosk = std::make_unique<Peer>(fd);
    const int yes = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    {
        const auto gateway = Peer::connectTo(upstream_);
        // The handshake has a way to go, too, which connect() on this machine does not know of.
        Pipe up(*this, *kiosk, *gateway, true, shape_.roundTrip), down(*this, *gateway, *kiosk, false, {});
        std::thread back([&] { down.run(); });
        up.run();
        back.join();
    }
    const std::lock_guard lock(mutex_);
    open_.erase(fd);
    kiosk.reset();
    --live_;
    changed_.notify_all();
}

SlowLine::Time SlowLine::arrivalOf(std::size_t bytes, bool up) {
    const std::lock_guard lock(mutex_);
    auto& free = free_[up ? 0 : 1];
    if (up) bytesUp_ += bytes;
    const std::chrono::duration<double> took(static_cast<double>(bytes) / shape_.bytesPerSecond);
    free = std::max(free, std::chrono::steady_clock::now()) +
           std::chrono::duration_cast<std::chrono::steady_clock::duration>(took);
    return free + shape_.roundTrip / 2;
}

}  // namespace tram::line
