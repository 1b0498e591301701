#include "gateway/http/Worker.h"

namespace tram::gateway {

void Worker::start() {
    thread_ = std::thread([this] { run(); });
}

void Worker::wake() {
    const std::lock_guard lock(mutex_);
    woken_ = true;
    changed_.notify_one();
}

void Worker::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        changed_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
}

void Worker::run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        woken_ = false;
        lock.unlock();
        const bool more = round_([this] { return stopping_.load(); });
        lock.lock();
        if (!more) changed_.wait_for(lock, every_, [this] { return woken_ || stopping_; });
    }
}

}  // namespace tram::gateway
