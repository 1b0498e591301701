// The second half of FeedbackFlow: what runs in the background, pictures and *Gửi*.
#include <fmt/format.h>

#include <algorithm>

#include "feedback/FeedbackFlow.h"
#include "feedback/KeepReport.h"
#include "feedback/ReceiptFollower.h"
#include "wire/Pdf.h"

namespace tram::feedback {

using base::ProblemKind;
using base::Result;

namespace {

constexpr int kMostPaperPages = 60;
constexpr int kMostPictures = static_cast<int>(wire::kMaxAttachments) - 1;  // and the papers

/// Only what the receipt shows; the rest is sealed now and has no business in memory.
Draft withoutContent(Draft draft) {
    Draft left;
    left.fieldId = std::move(draft.fieldId);
    left.wardCode = std::move(draft.wardCode);
    left.address = std::move(draft.address);
    left.landmark = std::move(draft.landmark);
    left.disclosure = draft.disclosure;
    return left;
}

}  // namespace

void FeedbackFlow::addPicture(std::filesystem::path file) {
    addPrepared([prepare = services_.preparePicture, file = std::move(file)] {
        auto picture = prepare(file);
        if (picture) picture->source = file;
        return picture;
    });
}

void FeedbackFlow::addPicture(Result<base::SecretBytes> foreign, std::function<void(bool used)> told) {
    auto bytes = std::make_shared<Result<base::SecretBytes>>(std::move(foreign));
    addPrepared(
        [prepare = services_.prepareBytes, bytes] {
            return *bytes ? prepare(**bytes) : Result<DraftPicture>(tl::unexpected(bytes->error()));
        },
        std::move(told));
}

void FeedbackFlow::addPicture(DraftPicture prepared) {
    auto picture = std::make_shared<DraftPicture>(std::move(prepared));
    addPrepared([picture] { return Result<DraftPicture>(std::move(*picture)); });
}

template <class Prepare>
void FeedbackFlow::addPrepared(Prepare prepare, std::function<void(bool used)> told) {
    if (!told) told = [](bool) {};
    if (!editing()) return told(false);
    pictureProblem_.reset();
    const int most = std::min(settings_.fields.maxPictures, kMostPictures);
    if (static_cast<int>(draft_.pictures.size()) + pictureBusy_ >= most) {
        pictureProblem_ = base::Problem{ProblemKind::TooManyPictures, {{"expected", std::to_string(most)}}};
        changed();
        return told(false);
    }
    ++pictureBusy_;
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), prepare = std::move(prepare),
                           told, id = fmt::format("picture-{:06}", ++pictureCount_)] {
        auto picture = std::make_shared<Result<DraftPicture>>(prepare());
        ui.onUi(token, [this, id, picture, told] {
            const bool used = picture->has_value();
            pictureReady(id, std::move(*picture));
            told(used);
        });
    });
    changed();
}

void FeedbackFlow::pictureReady(const std::string& id, Result<DraftPicture> picture) {
    --pictureBusy_;
    if (picture) {
        // In the order they were chosen, whichever was prepared first.
        const auto place = std::find_if(draft_.pictures.begin(), draft_.pictures.end(),
                                        [&](const DraftPicture& other) { return other.id > id; });
        picture->id = id;
        draft_.pictures.insert(place, std::move(*picture));
    } else {
        pictureProblem_ = picture.error();
    }
    const bool waited = std::holds_alternative<situation::Keeping>(state_);
    if (waited && !picture)
        state_ = situation::Editing{Step::Check};  // whoever pressed Gửi counted on this picture
    if (waited && picture && pictureBusy_ == 0) keep();
    changed();
}

void FeedbackFlow::removePicture(const std::string& id) {
    if (!editing()) return;
    pictureProblem_.reset();
    std::erase_if(draft_.pictures, [&](const DraftPicture& picture) { return picture.id == id; });
    changed();
}

bool FeedbackFlow::attachPapers(base::SecretBytes pdf, int pages) {
    if (!editing() || pages < 1 || pages > kMostPaperPages || !wire::isPdf(pdf.reveal())) return false;
    draft_.papers = std::move(pdf);
    draft_.paperPages = pages;
    changed();
    return true;
}

void FeedbackFlow::removePapers() {
    if (!editing()) return;
    draft_.papers.clear();
    draft_.paperPages = 0;
    changed();
}

void FeedbackFlow::send() {
    if (!at(Step::Check) && !std::holds_alternative<situation::KeepFailed>(state_)) return;
    if (auto issues = check(Step::Check); !issues.empty()) {
        state_ = situation::Editing{Step::Check};
        refuse(std::move(issues));
        return;
    }
    showIssues_ = false;
    issues_.clear();
    pictureProblem_.reset();
    state_ = situation::Keeping{};
    if (pictureBusy_ == 0) keep();
    changed();
}

void FeedbackFlow::keep() {
    const SendingFacts facts{clock_.wall(), consentAt_.value(), draft_.consentVersion, settings_.language,
                             resident_ ? resident_->subject.copy() : base::SecretText()};
    auto job = std::make_shared<KeepJob>(makeKeepJob(draft_, facts, services_.outbox));
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), job] {
        auto report = std::make_shared<Result<KeptReport>>(keepReport(*job));
        ui.onUi(token, [this, report] {
            if (*report) return kept(std::move(**report));
            state_ = situation::KeepFailed{report->error()};
            changed();
        });
    });
}

void FeedbackFlow::kept(KeptReport report) {
    draft_ = withoutContent(std::move(draft_));
    receipt_ = Receipt{report.code, receiptUrl(settings_.phoneBaseUrl, report), report.kept.at, {}, {}, ""};
    state_ = situation::Kept{};
    followReceipt(report);
    changed();
}

void FeedbackFlow::followReceipt(const KeptReport& report) {
    follower_ = std::make_unique<ReceiptFollower>(
        ReceiptFollower::Sources{services_.outbox, services_.status}, scheduler_, report.kept.id,
        report.receiptSecret.copy(), *receipt_, [this] { changed(); });
    follower_->start();
}

}  // namespace tram::feedback
