#include "rating/RatingFlow.h"

#include "base/VietnameseText.h"

namespace tram::rating {

using base::Result;
using Kept = outbox::Outbox::Kept;

namespace {

/// Code points, as wire::Rating counts them: what looks like one character may be several.
std::string fit(std::string_view text, std::size_t most) {
    auto points = base::toUtf32(base::clean(text, true));
    if (points.size() > most) points.resize(most);
    return base::toUtf8(points);
}

}  // namespace

RatingFlow::RatingFlow(wire::Rating subject, std::shared_ptr<const Asked> asked,
                       std::shared_ptr<outbox::Outbox> outbox, base::Scheduler& scheduler,
                       const base::Clock& clock)
    : rating_(std::move(subject)),
      asked_(std::move(asked)),
      outbox_(std::move(outbox)),
      scheduler_(scheduler),
      clock_(clock) {}

std::vector<const Reason*> RatingFlow::reasons() const {
    return asked_ && rating_.stars > 0 ? asked_->of(rating_.about, rating_.stars)
                                       : std::vector<const Reason*>();
}

void RatingFlow::moveTo(RatingState state) {
    state_ = std::move(state);
    if (onChange) onChange();
}

void RatingFlow::choose(int stars) {
    if (!std::holds_alternative<situation::Faces>(state_) || stars < 1 || stars > wire::Rating::kMostStars)
        return;
    rating_.stars = stars;
    moveTo(reasons().empty() ? RatingState(situation::Words{}) : situation::Reasons{});
}

void RatingFlow::toggle(const std::string& reason) {
    if (!std::holds_alternative<situation::Reasons>(state_)) return;
    if (chosen_.erase(reason) == 0) chosen_.insert(reason);
    if (onChange) onChange();
}

void RatingFlow::setWords(std::string_view text) {
    rating_.words = base::SecretText(fit(text, wire::Rating::kMaxWords));
}

void RatingFlow::next() {
    if (std::holds_alternative<situation::Reasons>(state_)) moveTo(situation::Words{});
}

bool RatingFlow::back() {
    if (std::holds_alternative<situation::Reasons>(state_)) return moveTo(situation::Faces{}), true;
    if (std::holds_alternative<situation::KeepFailed>(state_)) return moveTo(situation::Words{}), true;
    if (!std::holds_alternative<situation::Words>(state_)) return false;
    moveTo(reasons().empty() ? RatingState(situation::Faces{}) : situation::Reasons{});
    return true;
}

/// STANDARDS 14: it names nobody, so it tells the hour only.
void RatingFlow::send() {
    if (!std::holds_alternative<situation::Words>(state_) &&
        !std::holds_alternative<situation::KeepFailed>(state_))
        return;
    rating_.reasons.clear();
    for (const auto* reason : reasons())
        if (chosen_.contains(reason->id)) rating_.reasons.push_back(reason->id);
    auto action = std::make_shared<outbox::NewAction>();
    action->kind = wire::Rating::kKind;
    action->createdAt = base::toRfc3339(base::coarseToHour(clock_.wall()));
    action->fieldsJson = rating_.toJson();
    scheduler_.background([this, &ui = scheduler_, token = lifetime_.token(), box = outbox_, action] {
        const auto kept = std::make_shared<Result<Kept>>(box->keep(*action));
        ui.onUi(token, [this, kept] {
            if (!*kept) return moveTo(situation::KeepFailed{kept->error()});
            rating_.words = base::SecretText();
            rating_.proof = base::SecretText();
            chosen_.clear();
            moveTo(situation::Done{(*kept)->at});
        });
    });
    moveTo(situation::Keeping{});
}

}  // namespace tram::rating
