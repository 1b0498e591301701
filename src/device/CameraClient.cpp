#include "device/CameraClient.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

#include "base/Log.h"
#include "device/CameraLine.h"

namespace tram::device {

using base::fail;
using base::Problem;
using base::ProblemKind;
using Time = std::chrono::steady_clock::time_point;

namespace {

bool isLastWord(sight::Condition condition) {
    return condition == sight::Condition::Missing || condition == sight::Condition::Busy ||
           condition == sight::Condition::Unfit;
}

base::SecretBytes copyOf(const unsigned char* from, std::size_t size) {
    return base::SecretBytes(std::vector<unsigned char>(from, from + size));
}

}  // namespace

/// The thread lives until its process is dead, and nobody waits for that on the UI thread: a driver may hold
/// a dying process for long. After stop() it touches neither scheduler nor events any more.
class CameraClient::Watch : public std::enable_shared_from_this<Watch> {
  public:
    Watch(const CameraClient& client, CameraEvents events)
        : program_(client.program_.string()),
          start_(startOf(client.config_, client.codesTold_)),
          patience_(client.patience_),
          scheduler_(client.scheduler_),
          events_(std::move(events)) {}

    /// `former`: the end of the process before; a camera can be open only once.
    void begin(std::shared_future<void> former) {
        std::thread([self = shared_from_this(), former = std::move(former)] {
            if (former.valid()) former.wait_for(self->patience_.silence);
            self->loop();
            self->ended_.set_value();
        }).detach();
    }
    std::shared_future<void> end() const { return end_; }

    void stop() {
        std::deque<OnTaken> waiting;
        {
            const std::lock_guard lock(mutex_);
            stopped_ = true;
            waiting.swap(takes_);
            latest_.reset();
        }
        lifetime_.renew();
        events_ = {};
        wake();
        for (auto& taken : waiting) taken(fail(ProblemKind::Cancelled));
    }

    void take(OnTaken taken) {
        std::optional<Problem> problem;
        {
            const std::lock_guard lock(mutex_);
            problem = stopped_ ? Problem{ProblemKind::Cancelled, {}} : problem_;
            if (!problem) takes_.push_back(std::move(taken));
            wanted_ = !problem;
        }
        problem ? taken(tl::unexpected(*problem)) : wake();
    }

  private:
    enum class Ending { Stopped, SaidWhy, Failed };

    void loop() {
        for (int left = patience_.restarts; !stopped();) {
            const auto ending = watch();
            failTakes();
            nothingInView();
            if (ending == Ending::Stopped) return;
            if (ending == Ending::SaidWhy) {
                rest(patience_.retry);
            } else if (left-- == 0) {
                return tell(Problem{ProblemKind::CameraFailed, {}});
            }
        }
    }

    Ending watch() {
        auto line = CameraLine::open(program_, start_);
        if (!line) return Ending::Failed;
        lastWord_ = false;
        // The first word comes only when a hundred libraries of pictures have been loaded.
        auto silentUntil = std::chrono::steady_clock::now() + 3 * patience_.silence;
        for (;;) {
            if (!waitFor(line->socket(), silentUntil)) return stopped() ? Ending::Stopped : Ending::Failed;
            if (stopped()) return Ending::Stopped;
            if (wishes() && !line->say(sight::Take{})) return Ending::Failed;
            std::optional<sight::ToKiosk> message;
            const auto heard = line->hear(message);
            if (heard == CameraLine::Heard::Nothing) continue;
            if (heard == CameraLine::Heard::End) return lastWord_ ? Ending::SaidWhy : Ending::Failed;
            if (heard == CameraLine::Heard::Nonsense) return Ending::Failed;
            silentUntil = std::chrono::steady_clock::now() + patience_.silence;
            if (!std::visit([&](auto& m) { return on(*line, m); }, *message)) return Ending::Failed;
        }
    }

    /// True when the socket or the UI thread has something; false at the deadline.
    bool waitFor(int socket, Time deadline) {
        for (;;) {
            const auto left =
                std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
            if (left.count() <= 0) return false;
            std::array<pollfd, 2> wanted{{{wake_.get(), POLLIN, 0}, {socket, POLLIN, 0}}};
            if (poll(wanted.data(), socket < 0 ? 1 : 2, static_cast<int>(left.count())) <= 0) continue;
            eventfd_t count;
            if (wanted[0].revents) eventfd_read(wake_.get(), &count);
            return true;
        }
    }
    void rest(base::Millis time) {
        const auto until = std::chrono::steady_clock::now() + time;
        while (!stopped() && waitFor(-1, until)) {
        }
    }

    // What the camera says; false ends it.
    bool on(CameraLine& line, sight::Frame& message) {
        auto frame = std::make_shared<CameraFrame>();
        frame->width = message.width, frame->height = message.height;
        frame->rgb =
            copyOf(line.memory().slot(message.slot), std::size_t{3} * message.width * message.height);
        showLatest(std::move(frame));
        return line.say(sight::Release{message.slot});
    }
    bool on(CameraLine&, sight::Code& message) {
        if (codes_.size() == sight::kMostInView) return false;
        std::erase_if(codes_, [&](const auto& code) { return code->number == message.number; });
        codes_.push_back(std::make_shared<const sight::Code>(std::move(message)));
        return true;
    }
    bool on(CameraLine&, sight::InView& message) {
        std::erase_if(codes_, [&](const auto& code) {
            return std::ranges::find(message.numbers, code->number) == message.numbers.end();
        });
        if (codes_.size() != message.numbers.size()) return false;
        tellCodes();
        return true;
    }
    bool on(CameraLine&, sight::Advice& message) {
        post([this, hint = message.hint] {
            if (const auto told = events_.hint) told(hint);
        });
        return true;
    }
    bool on(CameraLine&, sight::State& message) {
        lastWord_ = isLastWord(message.condition);
        if (const auto kind = problemOf(message.condition)) {
            tell(Problem{*kind, {}});
        } else {
            recovered();
        }
        return true;
    }
    bool on(CameraLine&, sight::Alive&) { return true; }
    bool on(CameraLine& line, sight::Picture& message) {
        base::Result<Taken> taken = fail(ProblemKind::CameraFailed);
        if (message.jpegBytes > 0) {
            const auto* bytes = line.memory().picture();
            taken = Taken{copyOf(bytes, message.jpegBytes),
                          copyOf(bytes + message.jpegBytes, message.thumbnailBytes), message.width,
                          message.height};
        }
        give(std::move(taken));
        return line.say(sight::PictureHad{});
    }

    void tellCodes() {
        post([this, codes = codes_] {
            if (const auto told = events_.codes) told(codes);
        });
    }
    /// With the process goes what it saw.
    void nothingInView() {
        if (codes_.empty()) return;
        codes_.clear();
        tellCodes();
    }

    /// Only the newest waits for the UI thread.
    void showLatest(std::shared_ptr<const CameraFrame> frame) {
        {
            const std::lock_guard lock(mutex_);
            const bool waits = latest_ != nullptr;
            if (!stopped_) latest_ = std::move(frame);
            if (waits) return;
        }
        post([this] {
            std::shared_ptr<const CameraFrame> newest;
            {
                const std::lock_guard lock(mutex_);
                newest.swap(latest_);
            }
            if (const auto told = events_.frame; told && newest) told(std::move(newest));
        });
    }

    void tell(const Problem& problem) {
        {
            const std::lock_guard lock(mutex_);
            if (problem_ && problem_->kind == problem.kind) return;
            problem_ = problem;
        }
        base::log::problem("camera", problem);
        failTakes();
        post([this, problem] {
            if (const auto told = events_.problem) told(problem);
        });
    }
    void recovered() {
        {
            const std::lock_guard lock(mutex_);
            problem_.reset();
        }
        post([this] {
            if (const auto told = events_.running) told();
        });
    }

    void give(base::Result<Taken> picture) {
        auto shared = std::make_shared<base::Result<Taken>>(std::move(picture));
        post([this, shared] {
            OnTaken next;
            {
                const std::lock_guard lock(mutex_);
                if (takes_.empty()) return;
                next = std::move(takes_.front());
                takes_.pop_front();
                wanted_ = !takes_.empty();
            }
            if (next) next(std::move(*shared));
            wake();
        });
    }
    void failTakes() {
        std::size_t waiting;
        {
            const std::lock_guard lock(mutex_);
            waiting = takes_.size();
        }
        for (; waiting > 0; --waiting) give(fail(ProblemKind::CameraFailed));
    }

    /// Under the lock, so that stop() returns only when nobody is using the scheduler. The task keeps the
    /// watch alive while it runs, also when it calls stop() itself.
    void post(base::Scheduler::Task task) {
        const std::lock_guard lock(mutex_);
        if (stopped_) return;
        scheduler_.onUi(lifetime_.token(), [self = shared_from_this(), task = std::move(task)] { task(); });
    }
    void wake() { eventfd_write(wake_.get(), 1); }
    bool stopped() {
        const std::lock_guard lock(mutex_);
        return stopped_;
    }
    /// Whether a picture is to be asked for now; said once.
    bool wishes() {
        const std::lock_guard lock(mutex_);
        return std::exchange(wanted_, false);
    }

    const std::string program_;
    const sight::Start start_;
    const Patience patience_;
    base::Scheduler& scheduler_;
    CameraEvents events_;  ///< of the UI thread
    Descriptor wake_{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    std::promise<void> ended_;
    std::shared_future<void> end_ = ended_.get_future().share();
    bool lastWord_ = false;  ///< of the watching thread
    CodesInView codes_;      ///< too

    std::mutex mutex_;  ///< of all below
    bool stopped_ = false, wanted_ = false;
    std::optional<Problem> problem_;
    std::deque<OnTaken> takes_;
    std::shared_ptr<const CameraFrame> latest_;
    base::Lifetime lifetime_;
};

CameraClient::CameraClient(std::filesystem::path program, KioskConfig::Camera config,
                           base::Scheduler& scheduler, Patience patience)
    : program_(std::move(program)), config_(std::move(config)), scheduler_(scheduler), patience_(patience) {}

CameraClient::~CameraClient() {
    stop();
    if (watch_) watch_->end().wait_for(patience_.silence);
}

void CameraClient::start(CameraEvents events) {
    stop();
    auto former = watch_ ? watch_->end() : std::shared_future<void>();
    if (events.codes)
        events.codes = [this, last = std::uint32_t{0},
                        told = std::move(events.codes)](const CodesInView& codes) mutable {
            for (const auto& code : codes)
                if (code->number > last) ++codesTold_, last = code->number;
            told(codes);
        };
    watch_ = std::make_shared<Watch>(*this, std::move(events));
    watch_->begin(std::move(former));
}

void CameraClient::stop() {
    if (watch_) watch_->stop();
}

void CameraClient::take(OnTaken taken) {
    if (!watch_) return taken(fail(ProblemKind::Cancelled));
    watch_->take(std::move(taken));
}

}  // namespace tram::device
