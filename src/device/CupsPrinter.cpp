#include "device/CupsPrinter.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <thread>

#include "device/ChildProcess.h"
#include "device/PrintTalk.h"

namespace tram::device {

using base::fail;
using base::ProblemKind;

namespace {

const std::vector<std::string> kPrintEnvironment = {"LC_ALL=C"};
constexpr std::size_t kLongestLine = 64;
constexpr PrintState kBroken{PrintState::Stage::Failed, ProblemKind::PrinterStopped};

std::string socketOf(const PrinterConfig& config) {
    return config.server.empty() ? std::string(kStandardSocket) : config.server.string();
}

/// As lp's -o media= takes it.
std::string mediaOf(const paper::Pdf& page, paper::Stock stock) {
    if (stock == paper::Stock::A4) return "A4";
    const auto whole = [](double mm) { return std::to_string(std::lround(mm)); };
    return "Custom." + whole(page.widthMm()) + "x" + whole(page.heightMm()) + "mm";
}

bool sendAll(int socket, const unsigned char* bytes, std::size_t size) {
    while (size > 0) {
        const ssize_t sent = send(socket, bytes, size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

/// One line without its end; nothing when there is no more, or too much of it.
std::optional<std::string> lineFrom(int socket) {
    std::string line;
    for (char letter; line.size() <= kLongestLine;) {
        const ssize_t got = recv(socket, &letter, 1, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return std::nullopt;
        if (letter == '\n') return line;
        line += letter;
    }
    return std::nullopt;
}

}  // namespace

class CupsPrinter::Errand {
  public:
    using OnState = std::function<void(const PrintState&)>;  ///< from its own thread

    Errand(std::vector<std::string> command, const paper::Pdf& page, OnState told) {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
            told(kBroken);
            return;
        }
        ours_ = Descriptor(ends[0]);
        listener_ = std::thread([this, command = std::move(command), page = page.copy(),
                                 told = std::move(told), theirs = Descriptor(ends[1])]() mutable {
            if (ChildProcess::launch(command, kPrintEnvironment, theirs.get())) {
                theirs.reset();
                hand(page);
                page = {};
                listen(told);
            } else {
                told(kBroken);
            }
        });
    }
    /// Its end of the line goes first: the thread hears that, and so does tram-print.
    ~Errand() {
        if (ours_.valid()) shutdown(ours_.get(), SHUT_RDWR);
        if (listener_.joinable()) listener_.join();
    }

  private:
    void hand(const paper::Pdf& page) const {
        const auto size = pdfSize(page.bytes().size());
        if (sendAll(ours_.get(), size.data(), size.size()))
            sendAll(ours_.get(), page.bytes().data(), page.bytes().size());
    }
    void listen(const OnState& told) const {
        for (;;) {
            const auto line = lineFrom(ours_.get());
            const auto state = line ? printState(*line) : std::nullopt;
            told(state.value_or(kBroken));
            if (!state || state->over()) return;
        }
    }

    Descriptor ours_;
    std::thread listener_;
};

CupsPrinter::CupsPrinter(std::filesystem::path program, PrinterConfig config, base::Scheduler& scheduler,
                         base::Millis patience)
    : program_(std::move(program)), config_(std::move(config)), scheduler_(scheduler), patience_(patience) {}

CupsPrinter::~CupsPrinter() = default;

void CupsPrinter::print(paper::Pdf page, Told told) {
    leave();
    page_ = std::move(page);
    told_ = std::move(told);
    start();
}

bool CupsPrinter::mayRepeat() const {
    return !page_.empty() && state_.over() && !repeated_;
}

void CupsPrinter::again() {
    if (!mayRepeat()) return;
    start();
    repeated_ = true;
}

void CupsPrinter::leave() {
    lifetime_.renew();
    errand_.reset();
    page_ = {};
    told_ = nullptr;
    state_ = {};
    repeated_ = false;
}

void CupsPrinter::start() {
    lifetime_.renew();
    state_ = {};
    errand_.reset();
    const auto told = [this, token = lifetime_.token()](const PrintState& state) {
        scheduler_.onUi(token, [this, state] {
            state_ = state;
            if (const auto listener = told_) listener(state);
        });
    };
    errand_ = std::make_unique<Errand>(
        std::vector{program_.string(), std::string(kPrintCommand), socketOf(config_), config_.queue,
                    mediaOf(page_, config_.stock), std::to_string(patience_.count())},
        page_, told);
}

base::Result<CupsPrinter::Look> CupsPrinter::look(const std::filesystem::path& program,
                                                  const PrinterConfig& config) {
    const Descriptor nothing(open("/dev/null", O_RDONLY | O_CLOEXEC));
    auto child =
        ChildProcess::start({program.string(), std::string(kLookCommand), socketOf(config), config.queue},
                            kPrintEnvironment, nothing.get());
    if (!child) return tl::unexpected(child.error());
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(15);
    std::vector<std::string> lines(1);
    for (char letter; child->read(&letter, 1, deadline) && lines.size() < 50 && lines.back().size() < 200;)
        letter == '\n' ? void(lines.emplace_back()) : void(lines.back() += letter);
    const auto exit = child->wait(deadline);
    const auto state = printState(lines.front());
    if (exit != 0 || !state) return fail(ProblemKind::HelperFailed);
    if (state->stage == PrintState::Stage::Failed) return fail(*state->trouble);
    lines.erase(lines.begin());
    std::erase(lines, "");
    std::erase(lines, "none");
    return Look{state->trouble, std::move(lines)};
}

}  // namespace tram::device
