#include "account/RightsFlow.h"

#include "base/VietnameseText.h"
#include "feedback/KeepReport.h"

namespace tram::account {

using base::Result;
using feedback::KeptReport;
using wire::Right;
using wire::RightsRequest;

RightsFlow::RightsFlow(feedback::ReceiptFollower::Sources sources, Settings settings,
                       base::Scheduler& scheduler, const base::Clock& clock, const base::SecretText& subject,
                       std::string about)
    : sources_(std::move(sources)),
      settings_(std::move(settings)),
      scheduler_(scheduler),
      clock_(clock),
      about_(std::move(about)),
      aboutKnown_(!about_.empty()),
      subject_(subject.copy()) {}

void RightsFlow::become(RightsState state) {
    state_ = std::move(state);
    if (onChange) onChange();
}

RightsFlow::Progress RightsFlow::progress() const {
    const int words = right_ == Right::Correct ? 1 : 0, about = asksAbout() ? 1 : 0;
    Progress progress{1, 2 + about + words};
    if (at<asking::About>()) progress.step = 2;
    if (at<asking::Words>()) progress.step = 2 + about;
    if (!at<asking::Right>() && !at<asking::About>() && !at<asking::Words>()) progress.step = progress.steps;
    return progress;
}

void RightsFlow::choose(Right right) {
    if (!at<asking::Right>()) return;
    right_ = right;
    if (asksAbout()) return become(asking::About{});
    afterAbout();
}

void RightsFlow::chooseAbout(std::string about) {
    if (!at<asking::About>()) return;
    about_ = std::move(about);
    afterAbout();
}

void RightsFlow::afterAbout() {
    if (right_ == Right::Correct) return become(asking::Words{});
    become(asking::Check{});
}

bool RightsFlow::wordsFit() const {
    const auto text = base::clean(words_.reveal(), true);
    return !text.empty() && base::characters(text) <= RightsRequest::kMostWords;
}

void RightsFlow::next() {
    if (at<asking::Words>() && wordsFit()) become(asking::Check{});
}

bool RightsFlow::back() {
    if (at<asking::About>()) return become(asking::Right{}), true;
    if (at<asking::Words>()) {
        if (asksAbout())
            become(asking::About{});
        else
            become(asking::Right{});
        return true;
    }
    if (at<asking::Check>() || at<asking::KeepFailed>()) {
        if (right_ == Right::Correct)
            become(asking::Words{});
        else if (asksAbout())
            become(asking::About{});
        else
            become(asking::Right{});
        return true;
    }
    return at<asking::Keeping>();  // it is on its way to the disk: a moment
}

void RightsFlow::send(const Who& who) {
    if (!at<asking::Check>() && !at<asking::KeepFailed>()) return;
    const bool same = who && who->subject.reveal() == subject_.reveal();
    if (!same || !who->tokenIsGood(clock_.boot())) return become(asking::Over{});
    become(asking::Keeping{});
    keep(*who);
}

void RightsFlow::resume(const Who& who) {
    if (!at<asking::Over>() || !who) return;
    if (subject_.reveal() == who->subject.reveal()) return become(asking::Check{});
    subject_ = who->subject.copy();
    words_ = base::SecretText();
    about_.clear();
    aboutKnown_ = false;  // it was the other's report
    become(asking::Right{});
}

void RightsFlow::keep(const identity::ResidentSession& who) {
    auto request = std::make_shared<RightsRequest>();
    request->right = right_;
    request->about = about_;
    if (right_ == Right::Correct) request->words = base::SecretText(base::clean(words_.reveal(), true));
    request->subject = who.subject.copy();
    request->language = settings_.language;
    const auto now = base::toRfc3339(clock_.wall());
    scheduler_.background(
        [this, &ui = scheduler_, token = lifetime_.token(), outbox = sources_.outbox, request, now] {
            request->receiptSecret = feedback::freshReceiptSecret();
            const auto make = [&](const base::TrackingCode& code) {
                request->trackingCode = code.symbols();
                outbox::NewAction action;
                action.kind = RightsRequest::kKind;
                action.createdAt = now;
                action.fieldsJson = request->toJson();
                return action;
            };
            auto kept = std::make_shared<Result<KeptReport>>(
                feedback::keepUnderFreshCode(*outbox, request->receiptSecret, make));
            ui.onUi(token, [this, kept] {
                if (!*kept) return become(asking::KeepFailed{kept->error()});
                auto& done = **kept;
                words_ = base::SecretText();  // it is sealed now
                receipt_ = feedback::Receipt{
                    done.code, feedback::receiptUrl(settings_.phoneBaseUrl, done), done.kept.at, {}, {}, ""};
                follower_ = std::make_unique<feedback::ReceiptFollower>(
                    sources_, scheduler_, done.kept.id, done.receiptSecret.copy(), *receipt_, [this] {
                        if (onChange) onChange();
                    });
                follower_->start();
                become(asking::Kept{});
            });
        });
}

}  // namespace tram::account
