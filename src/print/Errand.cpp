#include "print/Errand.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

namespace tram::print {

using base::ProblemKind;
using device::PrintState;
using press::PrintServer;
using JobState = press::PrintServer::JobState;

namespace {

constexpr int kLookMs = 250;  // a receipt is out within a second or two

bool readAll(void* to, std::size_t size) {
    auto* next = static_cast<unsigned char*>(to);
    while (size > 0) {
        const ssize_t got = read(STDIN_FILENO, next, size);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        next += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

/// Nothing unless all of it came: whoever left in the middle did not ask for half a page.
base::SecretBytes document() {
    device::PdfSize head{};
    if (!readAll(head.data(), head.size())) return {};
    const auto size = device::pdfSize(head);
    if (size == 0 || size > device::kMaxPdfBytes) return {};
    std::vector<unsigned char> bytes(size);
    const bool whole = readAll(bytes.data(), bytes.size());
    base::SecretBytes pdf(std::move(bytes));
    if (!whole) pdf.clear();
    return pdf;
}

/// Waits a moment; false once nobody is at the other end.
bool stillThere() {
    pollfd end{STDIN_FILENO, POLLIN | POLLRDHUP, 0};
    return poll(&end, 1, kLookMs) <= 0 && (end.revents & (POLLRDHUP | POLLHUP | POLLERR | POLLIN)) == 0;
}

}  // namespace

void Errand::run(const std::string& media, const volatile int& ending) {
    if (!send(media)) return;
    for (bool there = true; !ending;) {
        const PrintState state = look();
        if (there) tell(state);
        if (state.over()) break;
        if (there)
            there = stillThere();
        else
            poll(nullptr, 0, kLookMs);
        if (!there && !goesOn(state)) break;
    }
    clear();
}

bool Errand::send(const std::string& media) {
    const auto pdf = document();
    if (pdf.empty()) return false;
    tell({Stage::Sending, {}});
    const auto job = server_.print(queue_, {media, pdf.reveal()});
    if (job) return job_ = *job, progress_ = Clock::now(), true;
    tell({Stage::Failed, job.error().kind});
    return false;
}

PrintState Errand::look() {
    const auto job = server_.state(queue_, job_);
    if (!job) return lost(job.error().kind);
    awaySince_.reset();
    return follow(*job);
}

/// CUPS does not answer, or knows the job no more.
PrintState Errand::lost(ProblemKind kind) {
    const Stage stage = told_ ? told_->stage : Stage::Spooled;
    if (kind == ProblemKind::NotFound) {
        // It keeps no record of what is over (PreserveJobHistory No): a page that was well on its way is
        // done.
        const bool well = before_ == JobState::Processing && !lastTrouble_;
        return well ? PrintState{Stage::Done, {}}
                    : PrintState{Stage::Failed, lastTrouble_.value_or(ProblemKind::PrinterStopped)};
    }
    if (!awaySince_) awaySince_ = Clock::now();
    const bool over = Clock::now() - *awaySince_ >= patience_.away;
    return {over                      ? Stage::Failed
            : stage == Stage::Sending ? Stage::Spooled
                                      : stage,
            ProblemKind::PrintingAway};
}

PrintState Errand::follow(JobState job) {
    if (job != before_) progress_ = Clock::now();
    before_ = job;
    if (job == JobState::Completed) return {Stage::Done, {}};
    const auto printer = server_.look(queue_);
    if (job == JobState::Canceled || job == JobState::Aborted) return failed(printer ? &*printer : nullptr);

    PrintState state{job == JobState::Processing ? Stage::Printing : Stage::Spooled, {}};
    if (!printer) return state.trouble = printer.error().kind, state;
    const auto trouble = press::troubleOf(printer->reasons);
    const bool doubt = trouble && !trouble->certain;
    if (!doubt) doubtSince_.reset();
    if (doubt && !doubtSince_) doubtSince_ = Clock::now();
    if (trouble && (trouble->certain || Clock::now() - *doubtSince_ >= patience_.uncertain))
        state.trouble = trouble->kind;
    else if (printer->stopped || job == JobState::Stopped || job == JobState::Held)
        state.trouble = trouble ? trouble->kind : ProblemKind::PrinterStopped;
    else if (Clock::now() - progress_ >= patience_.stuck)
        state.trouble = ProblemKind::PrinterStopped;
    lastTrouble_ = state.trouble;
    return state;
}

PrintState Errand::failed(const PrintServer::Queue* printer) {
    const auto now = printer ? press::troubleOf(printer->reasons) : std::nullopt;
    const auto kind = lastTrouble_ ? *lastTrouble_ : now ? now->kind : ProblemKind::PrinterStopped;
    return {Stage::Failed, kind};
}

/// Once its session has ended: only what is being printed without any trouble, and not for ever. CUPS that is
/// away is waited for, to take the page from it.
bool Errand::goesOn(const PrintState& state) {
    if (!leftSince_) leftSince_ = Clock::now();
    if (Clock::now() - *leftSince_ >= patience_.last) return false;
    if (state.trouble) return *state.trouble == ProblemKind::PrintingAway;
    return state.stage == Stage::Printing;
}

/// A job that was being printed leaves its record when it is ended: it is purged until it is unknown.
void Errand::clear() {
    const auto until = Clock::now() + patience_.away;
    while (job_ > 0 && Clock::now() < until) {
        (void)server_.purge(queue_, job_);
        const auto left = server_.state(queue_, job_);
        if (!left && left.error().kind == ProblemKind::NotFound) return;
        poll(nullptr, 0, kLookMs);
    }
}

void Errand::tell(const PrintState& state) {
    if (told_ == state) return;
    told_ = state;
    const auto line = device::printLine(state);
    (void)!::send(STDOUT_FILENO, line.data(), line.size(), MSG_NOSIGNAL);
}

}  // namespace tram::print
