#include "papers/PapersFlow.h"

#include <algorithm>
#include <memory>

#include "papers/IdentityPapers.h"

namespace tram::papers {

using base::ProblemKind;
using base::Result;

namespace {

constexpr std::size_t kAroundPage = 1024;  // of a PDF, around a page's picture

PaperPage asPaper(device::PageHelper::Page page) {
    PaperPage paper;
    paper.jpeg = std::move(page.jpeg);
    paper.thumbnail = std::move(page.thumbnail);
    paper.width = page.width, paper.height = page.height, paper.dpi = page.dpi;
    paper.uprightSure = page.uprightSure;
    return paper;
}

void turnByQuarter(PaperPage& page) {
    page.quarters = (page.quarters + 1) % 4;
    page.uprightSure = true;  // somebody has looked
}

}  // namespace

PapersFlow::PapersFlow(Settings settings, Services services, base::Scheduler& scheduler,
                       const base::Clock& clock)
    : settings_(settings), services_(std::move(services)), scheduler_(scheduler), clock_(clock) {}

std::size_t PapersFlow::bytes() const {
    std::size_t sum = 0;
    for (const auto& page : pages_) sum += page.jpeg.reveal().size() + kAroundPage;
    return sum;
}

void PapersFlow::become(PapersState state) {
    state_ = std::move(state);
    if (onChange) onChange();
}

void PapersFlow::settle() {
    if (pages_.size() >= settings_.mostPages) return become(situation::Full{Limit::Pages});
    if (pages_.empty()) return become(situation::Empty{});
    become(situation::Pages{});
}

bool PapersFlow::mayCapture() const {
    return !std::holds_alternative<situation::Cleaning>(state_) &&
           !std::holds_alternative<situation::Full>(state_) &&
           !std::holds_alternative<situation::Binding>(state_) &&
           !std::holds_alternative<situation::Bound>(state_) && pages_.size() < settings_.mostPages;
}

/// `clean` gives the page, or why there is none, and leaves nothing of what it was made of.
template <class Clean>
void PapersFlow::captureBy(Clean clean) {
    captured_.reset();
    become(situation::Cleaning{});
    const bool anything = settings_.mayCaptureIdentityPapers;
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), clean = std::move(clean),
                           anything, now = clock_.wall()] {
        const auto judge = [&](const Page& page) { return anything || !showsIdentityPaper(page, now); };
        auto page = std::make_shared<Result<Page>>(clean(judge));
        ui.onUi(token, [this, page] { cleaned(std::move(*page)); });
    });
}

void PapersFlow::capture(base::SecretBytes picture) {
    if (!mayCapture()) return;
    auto source = std::make_shared<base::SecretBytes>(std::move(picture));
    captureBy([clean = services_.clean, source](const auto& judge) -> Result<Page> {
        auto page = clean(*source);
        source->clear();
        if (page && !judge(*page)) return base::fail(ProblemKind::IdentityPaper);
        return page;
    });
}

void PapersFlow::captureFile(std::filesystem::path file) {
    if (!mayCapture()) return;
    captureBy([services = services_, file = std::move(file)](const auto& judge) -> Result<Page> {
        auto page = services.cleanFile(file);
        if (!page) return page;
        services.forgetFile(file);
        if (!judge(*page)) return base::fail(ProblemKind::IdentityPaper);
        return page;
    });
}

void PapersFlow::cleaned(Result<Page> page) {
    if (!page) return become(situation::Failed{page.error(), pages_.size()});
    const bool identity = showsIdentityPaper(*page, clock_.wall());
    captured_ = asPaper(std::move(*page));
    captured_->number = ++lastNumber_;
    captured_->identity = identity;
    become(situation::Captured{});
}

void PapersFlow::accept() {
    if (!std::holds_alternative<situation::Captured>(state_)) return;
    auto page = std::move(*captured_);
    captured_.reset();
    if (bytes() + page.jpeg.reveal().size() + kAroundPage > settings_.mostBytes)
        return become(situation::Full{Limit::Bytes});
    pages_.push_back(std::move(page));
    settle();
}

void PapersFlow::retake() {
    if (!std::holds_alternative<situation::Captured>(state_) &&
        !std::holds_alternative<situation::Failed>(state_))
        return;
    captured_.reset();
    settle();
}

void PapersFlow::rotateCaptured() {
    if (!captured_) return;
    turnByQuarter(*captured_);
    become(state_);
}

namespace {

/// Whether pages are on show and may be put in order.
bool onShow(const PapersState& state) {
    return std::holds_alternative<situation::Pages>(state) ||
           std::holds_alternative<situation::Full>(state) || std::holds_alternative<situation::Failed>(state);
}

}  // namespace

void PapersFlow::rotate(std::size_t page) {
    if (!onShow(state_) || page >= pages_.size()) return;
    turnByQuarter(pages_[page]);
    become(state_);
}

void PapersFlow::move(std::size_t from, std::size_t to) {
    if (!onShow(state_) || from >= pages_.size() || to >= pages_.size() || from == to) return;
    const auto at = [&](std::size_t i) { return pages_.begin() + static_cast<std::ptrdiff_t>(i); };
    if (from < to)
        std::rotate(at(from), at(from + 1), at(to + 1));
    else
        std::rotate(at(to), at(from), at(from + 1));
    become(state_);
}

void PapersFlow::remove(std::size_t page) {
    if (!onShow(state_) || page >= pages_.size()) return;
    pages_.erase(pages_.begin() + static_cast<std::ptrdiff_t>(page));
    settle();
}

void PapersFlow::makePdf() {
    if (!onShow(state_) || pages_.empty()) return;
    // Copies, so that pages are whole here whatever becomes of it; wiped when it is done.
    struct Copies {
        std::vector<base::SecretBytes> jpegs;
        std::vector<paper::ScannedPage> pages;
    };
    auto copies = std::make_shared<Copies>();
    copies->jpegs.reserve(pages_.size());
    for (const auto& page : pages_) {
        copies->jpegs.push_back(page.jpeg.copy());
        copies->pages.push_back({&copies->jpegs.back(), page.quarters});
    }
    become(situation::Binding{});
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), copies] {
        auto pdf = std::make_shared<Result<paper::Pdf>>(paper::bindPages(copies->pages));
        copies->jpegs.clear();
        ui.onUi(token, [this, pdf] {
            if (!*pdf) return become(situation::Failed{pdf->error(), pages_.size()});
            pdf_ = std::move(**pdf);
            become(situation::Bound{pdf_->pages(), pdf_->bytes().size()});
        });
    });
}

base::SecretBytes PapersFlow::takePdf() {
    if (!std::holds_alternative<situation::Bound>(state_)) return {};
    auto bytes = std::move(*pdf_).take();
    clear();
    return bytes;
}

void PapersFlow::backToPages() {
    if (!std::holds_alternative<situation::Bound>(state_)) return;
    pdf_.reset();
    settle();
}

void PapersFlow::clear() {
    lifetime_.renew();
    pages_.clear();
    captured_.reset();
    pdf_.reset();
    become(situation::Empty{});
}

}  // namespace tram::papers
